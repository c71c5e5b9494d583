"""The language model: does it answer, and one that needs no key."""

import asyncio

import click

from assist.cli.model_trial import tried
from assist.errors import AssistError
from assist.settings import Settings
from assist.wiring import FAULTS, scripted_server

_FAULT_LIST = "\n".join(f"  {name:<18}{meaning}" for name, meaning in FAULTS.items())


@click.group(
    epilog="Example: assist model fake & ASSIST_MODEL=openai/good ASSIST_MODEL_API_BASE=http://127.0.0.1:4010/v1 assist model check"
)
def model() -> None:
    """Try the language model, or serve a scripted one."""


@model.command(epilog="Example: ASSIST_MODEL=openai/gpt-4o-mini assist model check")
def check() -> None:
    """Make one small call to the configured models and say what they answer; it costs a few hundred tokens."""
    settings = Settings.read()
    reply = asyncio.run(tried(settings))
    cost = "price not known" if reply.cost is None else f"{reply.cost:.6f} US dollars"
    click.echo(f"ok    {reply.model} answered in {reply.ms:.0f} ms, {_times(reply.attempts)}")
    click.echo(f"      {reply.tokens_in} tokens in, {reply.tokens_out} out, {cost}")
    click.echo(f"      {reply.value.model_dump_json()}")


@model.command(epilog="Example: assist model fake --port 4010 --fault stalled")
@click.option("--port", type=click.IntRange(1, 65535), default=4010, show_default=True, help="Port on 127.0.0.1.")
@click.option(
    "--fault",
    type=click.Choice(list(FAULTS)),
    default="good",
    show_default=True,
    help="How it answers.",
    metavar="NAME",
)
@click.option("--faults", is_flag=True, help="List all names of --fault, and end.")
def fake(port: int, fault: str, *, faults: bool) -> None:
    """Serve a scripted model that speaks the OpenAI chat API, so that the whole flow can be seen without a key.

    A model named after a fault fails in that way whatever --fault says: ASSIST_MODEL=openai/rate_limited,openai/good
    """
    if faults:
        click.echo(_FAULT_LIST)
        return
    try:
        server = scripted_server(port=port, fault=fault)
    except OSError as exc:
        message = f"port {port} cannot be used ({exc.strerror}); choose another: assist model fake --port {port + 1}"
        raise AssistError(message) from exc
    click.echo(f"A scripted model ({fault}) listens at {server.url}. In another terminal:\n")
    click.echo(
        f"  ASSIST_MODEL=openai/{fault} ASSIST_MODEL_API_BASE={server.url} assist model check\n\nStop with Ctrl-C."
    )
    server.serve()


def _times(attempts: int) -> str:
    return "at the first call" if attempts == 1 else f"after {attempts} calls"
