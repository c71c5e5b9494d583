"""Files of transcripts: one as JSON, several as a JSON list or as JSON lines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from assist.domain.transcript import Transcript
from assist.errors import InvalidInput


class Named(NamedTuple):
    """A transcript and what to call it."""

    name: str
    transcript: Transcript


def read_transcripts(file: Path) -> list[Named]:
    """Return the transcripts of a file; InvalidInput names the line or entry that is none."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        message = f"{file} cannot be read: {exc}"
        raise InvalidInput(message) from exc
    found = [_named(entry, place, file) for place, entry in _entries(text, file)]
    if not found:
        message = f"{file} holds no transcript; it needs an object with `turns`, a list of them, or one a line"
        raise InvalidInput(message)
    return found


def _entries(text: str, file: Path) -> Iterator[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except ValueError:
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                try:
                    yield f"line {number}", json.loads(line)
                except ValueError as exc:
                    message = f"{file}, line {number}: no JSON ({exc})"
                    raise InvalidInput(message) from exc
        return
    if isinstance(whole, list):
        yield from ((f"entry {number}", entry) for number, entry in enumerate(whole, start=1))
    else:
        yield "", whole


def _named(entry: object, place: str, file: Path) -> Named:
    try:
        transcript = Transcript.model_validate(entry)
    except ValidationError as exc:
        first = exc.errors()[0]
        at = ".".join(str(part) for part in first["loc"]) or "the top"
        message = f"{file}{', ' + place if place else ''}, at {at}: {first['msg']}; expected an object with `turns`"
        raise InvalidInput(message) from exc
    told = (
        transcript.conversation_id
        or (transcript.model_extra or {}).get("case_id")
        or (transcript.model_extra or {}).get("id")
    )
    return Named(str(told or (f"{file.stem}, {place}" if place else file.stem)), transcript)
