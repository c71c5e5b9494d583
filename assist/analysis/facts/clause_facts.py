"""Clauses that a human needs word for word: the wish, its reason, the problem, what the customer insists on."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assist.analysis.case import Case
from assist.analysis.speech.clauses import Clause, Said
from assist.analysis.speech.customer_clauses import said
from assist.analysis.speech.values import Found
from assist.analysis.speech.wishes import is_generic

_NAMES = {
    Clause.WISH: "request",
    Clause.THING: "request",
    Clause.HELP: "request",
    Clause.QUESTION: "question",
    Clause.REASON: "reason",
    Clause.PROBLEM: "problem",
    Clause.CLAIM: "claim",
}
_WEIGHTS = {
    Clause.WISH: 6.5,
    Clause.THING: 6.0,
    Clause.HELP: 4.0,
    Clause.QUESTION: 4.0,
    Clause.REASON: 8.0,
    Clause.PROBLEM: 6.5,
    Clause.CLAIM: 6.0,
}
_WORDS_MOST = 18
_EMPTY = re.compile(
    r"(?:this|that|it|the) \w+$|(?:order|place|find|do|get|book) (?:it|that|the order)\b", re.IGNORECASE
)


_JOINT = re.compile(
    r"\s*(?:,\s*)?\b(?:and|but|so)(?: then| now)?\s+(?=(?:i|we|my|some\w*|they|he|she|it|the|there)\b)", re.IGNORECASE
)
_SPLIT = frozenset((Clause.PROBLEM, Clause.CLAIM))
_LEAST = 3


def clause_values(case: Case) -> list[Found]:
    """Return reasons, problems, claims and wishes as values, long ones left out; a complaint of two parts is two."""
    return [
        Found(_NAMES[clause.kind], _as_written(case, clause), clause.turn, _WEIGHTS[clause.kind] + _late(case, clause))
        for clause in _parts(said(case))
        if clause.kind in _NAMES
        and not _EMPTY.match(clause.text)
        and not (clause.kind in {Clause.WISH, Clause.THING} and is_generic(clause.text))
        and 1 < len(clause.text.split()) <= _WORDS_MOST
    ]


def _parts(clauses: Iterable[Said]) -> Iterator[Said]:
    for clause in clauses:
        pieces = _JOINT.split(clause.text) if clause.kind in _SPLIT else []
        if len(pieces) > 1 and all(len(piece.split()) >= _LEAST for piece in pieces):
            yield from (replace(clause, text=piece) for piece in pieces)
        else:
            yield clause


def _as_written(case: Case, clause: Said) -> str:
    """Return the clause with the apostrophes it was typed with."""
    text = case.turns[clause.turn].text
    # A wish may begin with a verb that was not said: "send me a refund" is to get one.
    for wanted in (clause.text, clause.text.partition(" ")[2]):
        at = text.replace("’", "'").find(wanted)
        if at >= 0:
            return text[at : at + len(wanted)]
    return clause.text


_LATE = 2.0


def _late(case: Case, clause: Said) -> float:
    """Return what a wish gains by being said late: the last one counts."""
    return _LATE * clause.turn / len(case.turns) if clause.kind in {Clause.WISH, Clause.THING} else 0.0
