"""Against a statement: it gives a value to one thing which the turns give to another."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from assist.analysis.tools.names import name_words
from assist.domain.transcript import Role
from assist.grounding.claim import Claim, is_id, vague
from assist.grounding.grammar import Status
from assist.grounding.values import Kind, Source, Value, values
from assist.grounding.words import concept, concepts, holds, shipped_lexicon, stemmed

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
            (cell, [(v.kind, v.text) for v in values(cell.text) if v.kind in _KINDS]) for cell in claim_cells(claim)
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
        there = [cell for cell in claim_cells(claim) if Source(cell.text).holds(mine[0])]
        if there and not any(about & cell.concepts for cell in there):
            return 1.0
    return 0.0


def kind_rebound(claim: Claim) -> float:
    """Names a weekday, a material, a relative … of one thing which the turns name of another: as `value_rebound` for words."""
    worst = 0.0
    line = stemmed(claim.text)
    for listed in shipped_lexicon().kinds.values():
        mine = [word for word in listed if holds(word, line)]
        if len(mine) != 1 or not holds(mine[0], claim.stems):
            continue
        about = claim.concepts - set(concepts(mine[0]))
        others = [word for word in listed if word != mine[0] and holds(word, claim.stems)]
        if others and about:
            worst = max(worst, _nearer(about, [(c, _has(mine[:1], c), _has(others, c)) for c in claim_cells(claim)]))
    return worst


def name_rebound(claim: Claim) -> float:
    """Says of one name what the turns say of another: the larger share of the statement's words stands beside that one."""
    mine = _names(claim.text, claim)
    if len(mine) != 1:
        return 0.0
    about = claim.concepts - {concept(word) for word in mine}
    if not about:
        return 0.0
    cells = [(cell, _names(cell.text, claim)) for cell in claim_cells(claim)]
    return _nearer(about, [(cell, bool(mine & there), bool(there - mine)) for cell, there in cells])


def id_rebound(claim: Claim) -> float:
    """Says that something was done with one id which the turns show as done with another."""
    ids = [value for value in values(claim.text) if is_id(value)]
    verbs = {act.verb for clause in claim.clauses for act in clause.acts if act.status is Status.DONE}
    if not ids or not verbs:
        return 0.0
    done: list[str] = []
    for sentence in claim.sentences:
        if sentence.tool is not None and verbs & sentence.performed:
            done.append(" ".join(sentence.tool.arguments.values()) + " " + sentence.text)
        elif sentence.tool is None and sentence.role is not Role.CUSTOMER:
            done += [clause.text for clause in sentence.clauses if clause.verbs(Status.DONE) & verbs]
    if any(Source(text).holds(value) for text in done for value in ids):
        return 0.0
    return float(any(is_id(value) for text in done for value in values(text)))


def _nearer(about: AbstractSet[str], cells: Iterable[tuple[Cell, bool, bool]]) -> float:
    """Return by how much more of the words stands beside another one than beside the one that is named."""
    own = other = 0.0
    for cell, is_mine, is_other in cells:
        share = len(about & cell.concepts) / len(about)
        if is_mine:
            own = max(own, share)
        elif is_other:
            other = max(other, share)
    return max(0.0, other - own)


def _has(listed: Iterable[str], cell: Cell) -> bool:
    line = stemmed(cell.text)
    return any(holds(word, line) for word in listed)


def _names(text: str, claim: Claim) -> set[str]:
    """Return the words of a text that the conversation writes with a capital only: names, wherever they stand."""
    return {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", text)} & claim.evidence.names


def _is_bindable(value: Value) -> bool:
    """Say whether a value is an amount, a date or a time: an id names a thing by itself."""
    is_amount = value.kind is Kind.NUMBER and re.search(r"[$€£]|\.\d", value.text) is not None
    return is_amount or (value.kind in _KINDS and not is_id(value))


def claim_cells(claim: Claim) -> Iterator[Cell]:
    """Yield the places of the cited turns where values stand: clauses, entries of answers, parts of lines."""
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
