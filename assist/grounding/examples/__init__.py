"""Invented conversations with true and false statements about them, which teach the gate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import yaml

from assist.domain.findings import Verification, VerificationStatus
from assist.domain.transcript import Role, ToolCall, Turn
from assist.grounding.evidence import Evidence

_STATEMENT: Final = re.compile(r"\[(?P<turns>[\d, ]+)\] (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """A statement with the turns it cites; `conversation` tells which belong together."""

    conversation: str
    text: str
    turns: tuple[int, ...]
    evidence: Evidence
    supported: bool


def shipped_examples() -> list[Example]:
    """Return all examples, always in the same order."""
    folder = files("assist.grounding.examples")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return [
        example
        for name in names
        for number, entry in enumerate(yaml.safe_load((folder / name).read_text(encoding="utf-8")))
        for example in _read(f"{name.removesuffix('.yaml')}-{number}", entry)
    ]


def _read(conversation: str, entry: dict[str, Any]) -> Iterator[Example]:
    evidence = Evidence(
        [_turn(turn) for turn in entry["turns"]],
        verification=Verification(status=VerificationStatus(entry["identity"])),
    )
    for key in ("supported", "unsupported"):
        for line in entry[key]:
            match = _STATEMENT.fullmatch(line)
            if match is None:
                message = f"{conversation}: {line!r} does not read [turns] statement"
                raise ValueError(message)
            turns = tuple(int(turn) for turn in match["turns"].split(","))
            yield Example(conversation, match["text"], turns, evidence, supported=key == "supported")


def _turn(entry: str | dict[str, Any]) -> Turn:
    if isinstance(entry, str):
        role, _, text = entry.partition(": ")
        return Turn(role=Role(role), text=text)
    call = ToolCall(name=entry["tool"], arguments=entry["with"], ok=entry["ok"])
    return Turn(role=Role.TOOL, text=entry["says"], tool=call)
