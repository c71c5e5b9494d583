"""Against a statement: it gives a value to one thing which the turns give to another."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assist.analysis.tools.names import name_words
from assist.grounding.claim import Claim, is_id, vague
from assist.grounding.values import Kind, Source, Value, values
from assist.grounding.words import concepts

_KINDS: Final = frozenset([Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.CODE])
_LONGEST: Final = 60  # entries of a tool's answer that are read
_MOST: Final = 8  # values of a statement; more are a list, not a claim on one thing


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the turns where values stand, and the content words around them."""

    text: str
    concepts: frozenset[str]


def value_rebound(claim: Claim) -> float:
    """Gives a value to what another value of the kind stands beside: the larger share of its words is there."""
    worst = 0.0
    cells: list[tuple[Cell, list[tuple[Kind, str]]]] = []
    for clause in claim.clauses:
        mine = [value for value in values(clause.text) if _is_bindable(value)]
        about = {word for word in clause.concepts - vague() if not any(sign.isdigit() for sign in word)}
        if not about or not mine or len(mine) > _MOST:
            continue
        cells = cells or [
            (cell, [(v.kind, v.text) for v in values(cell.text) if v.kind in _KINDS]) for cell in _cells(claim)
        ]
        for value in mine:
            own = other = 0.0
            for cell, found in cells:
                share = len(about & cell.concepts) / len(about)
                if Source(cell.text).holds(value):
                    own = max(own, share)
                elif any(kind is value.kind for kind, _ in found):
                    other = max(other, share)
            worst = max(worst, other - own)
    return worst


def value_apart(claim: Claim) -> float:
    """Gives a value to a thing of which no word stands beside it in the turns."""
    for clause in claim.clauses:
        mine = [value for value in values(clause.text) if _is_bindable(value)]
        about = {word for word in clause.concepts - vague() if not any(sign.isdigit() for sign in word)}
        if len(about) < 2 or len(mine) != 1:  # noqa: PLR2004 -- one word fits anywhere
            continue
        there = [cell for cell in _cells(claim) if Source(cell.text).holds(mine[0])]
        if there and not any(about & cell.concepts for cell in there):
            return 1.0
    return 0.0


def _is_bindable(value: Value) -> bool:
    """Say whether a value is an amount, a date or a time: an id names a thing by itself."""
    is_amount = value.kind is Kind.NUMBER and re.search(r"[$€£]|\.\d", value.text) is not None
    return is_amount or (value.kind in _KINDS and not is_id(value))


def _cells(claim: Claim) -> Iterator[Cell]:
    for sentence in claim.sentences:
        if sentence.tool is None:
            yield from (Cell(clause.text, clause.concepts) for clause in sentence.clauses)
        elif sentence.tool.data is not None:
            entries = list(_entries(sentence.tool.data, ()))[:_LONGEST]
            yield from (Cell(text, frozenset(concepts(f"{around} {text}"))) for around, text in entries)
            called = " ".join(sentence.tool.words)
            yield from (
                Cell(f"{key} {value}", frozenset(concepts(f"{called} {' '.join(name_words(key))} {value}")))
                for key, value in sentence.tool.arguments.items()
            )
        else:
            yield from (Cell(part, frozenset(concepts(part))) for part in re.split(r"[|;\n,]", sentence.text))


def _entries(data: object, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the scalars of a tool's answer with the words of their keys and of the texts that stand beside them."""
    if isinstance(data, Mapping):
        beside = " ".join(str(value) for value in data.values() if isinstance(value, str))
        for key, value in data.items():
            words = (*path, " ".join(name_words(str(key))))
            if isinstance(value, Mapping | list):
                yield from _entries(value, words)
            else:
                yield f"{' '.join(words)} {beside}", f"{' '.join(words[-1:])} {value}"
    elif isinstance(data, list):
        for value in data:
            yield from _entries(value, path) if isinstance(value, Mapping | list) else [(" ".join(path), str(value))]
