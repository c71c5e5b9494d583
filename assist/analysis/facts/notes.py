"""Values of a back end that answers in prose: "line 5550114 | plan Max | roaming ON since 2026-11-15", "PASSED. Holder: Ada Lark"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assist.analysis.facts.fields import Fields
from assist.analysis.speech.shapes import SHAPES
from assist.analysis.speech.things import things

_SEGMENT = re.compile(r"\s*[|;\n]\s*|(?<=\w)\.\s+(?=[A-Z])|(?<=\d)\.\s*$|\.\s*$")
_PAIR = re.compile(
    r"^(?:[\w ]{2,24}: )?(?P<key>[A-Za-z][A-Za-z_-]{1,24}(?: [A-Za-z]{2,12})?)\s*[:=]\s*(?P<value>\S.{0,60})$"
)
_BARE_PAIR = re.compile(r"^(?P<key>[a-z_]{2,20}) (?P<value>\S.{0,60})$")
_LIST = re.compile(r",\s+")
_ENTRY = re.compile(r"^\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)? \S.{3,50}$")
_EMPTY = re.compile(r"(?:ok|true|false|none|null|yes|no|passed|failed|success|error|not found|n/a|-)\W*", re.IGNORECASE)
_WORDS_MOST = 7
_SHAPED = frozenset(("amount", "date", "code", "address", "time"))
_OF_THINGS = frozenset(("error_code", "reference", "amount", "quantity", "quoted"))
_QUIET = frozenset(("error", "result", "response", "status", "note", "message", "info"))


@dataclass(frozen=True, slots=True)
class Noted:
    """A value in a back end's prose, by its fact name."""

    name: str
    value: str


def noted(fields: Fields, text: str) -> Iterator[Noted]:
    """Yield the values of a prose answer: those with a key before them, then those with a shape of their own."""
    piped = "|" in text
    for segment in filter(None, (part.strip() for part in _SEGMENT.split(text))):
        pair = _PAIR.match(segment) or (_BARE_PAIR.match(segment) if piped else None)
        if pair is not None and len(pair["value"].split()) <= _WORDS_MOST and not _EMPTY.fullmatch(pair["value"]):
            yield from _keyed(fields, pair["key"], pair["value"])
        if _ENTRY.match(segment):
            yield Noted("entry", segment)
    yield from coded(text)
    for name, pattern, _ in SHAPES:
        if name in _SHAPED:
            yield from (Noted(name, match[match.lastgroup or 0]) for match in pattern.finditer(text))


def coded(text: str) -> Iterator[Noted]:
    """Yield error codes, references and amounts in a message of the back end."""
    for name, _, (start, end) in things(text):
        if name in _OF_THINGS:
            yield Noted(name, text[start:end])


def _keyed(fields: Fields, key: str, value: str) -> Iterator[Noted]:
    name = fields.name(key)
    if name is None or name in _QUIET:
        return
    parts = _LIST.split(value)
    single = name.removesuffix("s") if len(parts) > 1 else name
    for part in parts:
        yield Noted("item" if single == "item" else single, part.strip(" ."))
