"""Offer knowledge and packets to agent frameworks, over the Model Context Protocol."""

import asyncio
import os

import click

from assist.errors import SettingsInvalid
from assist.settings import Settings
from assist.wiring import build

_VARIABLE = "ASSIST_KEY"


@click.command(epilog='Example: assist mcp   (in a framework\'s settings: "command": "assist", "args": ["mcp"])')
def mcp() -> None:
    """Serve knowledge search and packet look-up on standard input and output.

    The key stands in the variable ASSIST_KEY; on this machine the local key does without. Its role and tenant say what
    may be seen.
    """
    asyncio.run(_serve(Settings.read()))


async def _serve(settings: Settings) -> None:
    from assist.tools import tool_server  # noqa: PLC0415 -- after --help has answered

    assist = build(settings)
    try:
        await assist.migrate()
        secret = os.environ.get(_VARIABLE) or _local(settings)
        # A key that opens nothing is said at the start, not at the first call.
        await assist.access.principal(secret)
        await tool_server(assist, secret).run_stdio_async()
    finally:
        await assist.close()


def _local(settings: Settings) -> str:
    try:
        return settings.local_key_file.read_text("ascii").strip()
    except OSError as exc:
        message = (
            f"there is no key: {_VARIABLE} is not set, and {settings.local_key_file} cannot be read;"
            " set the variable, or run `assist serve` once"
        )
        raise SettingsInvalid(message) from exc
