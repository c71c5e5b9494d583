"""Answers of a back end that are lines of text, such as "return_status RET-31108 | received" or 'lookup "B4E9XQ": no reservation'.

A platform that names no tool still writes what was called, or what it was about, at the head of the line.
"""

import re
from dataclasses import dataclass
from typing import Final

_HEAD: Final = re.compile(
    r"^\W{0,3}(?P<words>[A-Za-z]{2,20}(?:[_ .-][a-z]{2,20}){0,3})(?=\W)"
    r"(?:[ =]{1,3}[\"'#]?(?P<subject>(?=[\w.@+-]{0,60}\d)[\w.@+-]{3,60}|[^\s\"']{1,40}(?=[\"'])))?[\"']?\s{0,3}(?P<end>[:|=]|$)?"
)
_SAYS_NOTHING: Final = frozenset(
    {"error", "errors", "status", "result", "message", "warning", "note", "unable", "no", "failed", "ok"}
)
_FIRST: Final = re.compile(r"[^.,;:|\n]{3,80}")
_FEW: Final = 6


@dataclass(frozen=True, slots=True)
class Heading:
    """The words at the head of a line, in small letters, and the id or value that stands behind them, "" where none does."""

    words: tuple[str, ...] = ()
    subject: str = ""


NO_HEADING: Final = Heading()


def heading_of(text: str) -> Heading:
    """Return the heading of a line of text; an empty one for a sentence, JSON, or anything else."""
    found = _HEAD.match(text)
    if found is None or not (found["subject"] or found["end"] or "_" in found["words"]):
        return NO_HEADING
    words = tuple(re.split(r"[_ .-]", found["words"].lower()))
    if words[0] in _SAYS_NOTHING:
        return NO_HEADING
    return Heading(words, found["subject"] or "")


def first_clause(text: str) -> tuple[str, ...]:
    """Return the words of a line's first clause where it is short: "claim CLM-1177 created for 69.90" without what follows."""
    found = _FIRST.match(text.strip())
    words = tuple(found[0].split()) if found else ()
    return words if len(words) <= _FEW else ()
