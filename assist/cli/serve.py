"""Start the service: database, articles, key, then the server."""

import asyncio
import errno
import ipaddress
import socket

import click

from assist.cli.progress import load_articles
from assist.errors import AssistError, SettingsInvalid
from assist.settings import Settings
from assist.wiring import Assist, build, in_force


@click.command(epilog="Example: assist serve --port 8080")
@click.option("--host", default=None, help="Address to listen on. Beyond 127.0.0.1 a key must exist.  [127.0.0.1]")
@click.option("--port", type=int, default=None, help="Port to listen on.  [8000]")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Server processes.")
@click.option("--no-articles", is_flag=True, help="Do not load the shipped articles.")
def serve(host: str | None, port: int | None, workers: int, *, no_articles: bool) -> None:
    """Start the service, with the shipped domains and articles loaded.

    The first start creates the database and a key for this machine; later starts load nothing twice.
    """
    settings = Settings.read(host=host, port=port)
    _port_is_free(settings.host, settings.port)
    assist = build(settings)
    asyncio.run(_prepare(assist, settings, articles=not no_articles))
    _say_where(settings)
    _serve(assist, settings, workers)


async def _prepare(assist: Assist, settings: Settings, *, articles: bool) -> None:
    """Bring everything that outlives the process into being; connections are closed again, since the server has its own loop."""
    try:
        await assist.migrate()
        await assist.ensure_local_key()
        if not _is_loopback(settings.host) and not await assist.has_own_keys():
            message = (
                f"{settings.host} can be reached from other machines, and no key exists but the local one;"
                " make one first: assist keys create --role agent --name NAME"
            )
            raise SettingsInvalid(message)
        if articles:
            await load_articles(assist)
        await assist.warm()
        # Mends what a crash between database and vectors may have left; changes nothing where they are in step.
        await assist.library.align(assist.tenant)
    finally:
        await assist.close()


def _serve(assist: Assist, settings: Settings, workers: int) -> None:
    import uvicorn  # noqa: PLC0415 -- only a server needs it

    from assist.api.app import create_app  # noqa: PLC0415
    from assist.api.logs import set_up  # noqa: PLC0415

    set_up(settings.log_level)
    common = {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
    }
    if workers == 1:
        uvicorn.run(create_app(assist), **common)  # type: ignore[arg-type]  # one dict for two calls
    else:
        import os  # noqa: PLC0415

        os.environ["ASSIST_HOST"], os.environ["ASSIST_PORT"] = settings.host, str(settings.port)
        uvicorn.run("assist.api.app:asgi", factory=True, workers=workers, **common)  # type: ignore[arg-type]


def _port_is_free(host: str, port: int) -> None:
    """Say at once that a port is taken, not after the model has been loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as exc:
            what = (
                "is in use by another program" if exc.errno == errno.EADDRINUSE else f"cannot be used ({exc.strerror})"
            )
            message = f"port {port} on {host} {what}; stop that, or choose another: assist serve --port {port + 1} (make run PORT={port + 1})"
            raise AssistError(message) from exc


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _say_where(settings: Settings) -> None:
    base = f"http://{settings.host}:{settings.port}"
    key = settings.local_key_file
    promoted = in_force(settings).get("fingerprint", "")
    told = f"\n  Promoted   {promoted[:12]}  (assist evals promotions)" if promoted else ""
    click.echo(
        f"""
  Desktop    {base}/desktop
  API        {base}/docs
  Health     {base}/readyz
  Key        {key}  (role admin, for this machine){told}

  Try:  curl -s {base}/v1/handoffs -H "Authorization: Bearer $(cat {key})" -d '{{"turns": [{{"role": "customer", "text": "I was charged twice for order #W4410973, give me a human"}}]}}'

  Stop with Ctrl-C.
"""
    )
