"""A packet without a server."""

import asyncio
import sys
from pathlib import Path

import click
from pydantic import ValidationError

from assist.domain.transcript import Transcript
from assist.errors import InvalidInput
from assist.settings import Settings
from assist.wiring import build


@click.command(epilog="Example: assist packet transcript.json | jq .summary.text")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--domain", default=None, help="Line of business; found from the conversation if absent.")
def packet(file: Path, domain: str | None) -> None:
    """Print the handoff packet of the transcript in FILE (`-` reads standard input), as JSON.

    Nothing is stored. Knowledge comes from the articles loaded on this machine.
    """
    transcript = _read(file)
    if domain:
        transcript = transcript.model_copy(update={"domain": domain})
    assist = build(Settings.read())
    try:
        made = assist.packet(transcript)
    finally:
        asyncio.run(assist.close())
    click.echo(made.model_dump_json(indent=2))


def _read(file: Path) -> Transcript:
    name = "standard input" if str(file) == "-" else str(file)
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return Transcript.model_validate_json(raw)
    except OSError as exc:
        message = f"{name} cannot be read: {exc.strerror}"
        raise InvalidInput(message) from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the top"
        message = f"{name} is no transcript, at {place}: {first['msg']}; it needs an object with `turns`, each with `role` and `text`"
        raise InvalidInput(message) from exc
