"""What the bot asked in order to know the customer, and what the customer answered: the exchanges behind verification."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.details import (
    CREDENTIALS,
    UNMISTAKABLE,
    Detail,
    asked_details,
    declined,
    looks_given,
)
from assist.analysis.speech.phrases import phrase_book
from assist.domain.transcript import Role, Turn
from assist.redaction.menus import without_choices

_BARE_WORDS: Final = 9
_STATES: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|had|found|see|got|will|updated|changed|sent|thanks|thank|verified|confirmed)\b|[:=]",
    re.IGNORECASE,
)
_EITHER: Final = re.compile(r"\bor\b", re.IGNORECASE)
_LISTED: Final = re.compile(r"\s*(?:[-*•]|\d+[.)])\s")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSE: Final = re.compile(
    r"(?<=[.!?;\n])\s{1,9}|,?\s(?:but|however|though|although)\s|,\s(?:and )?(?=i\b|my\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question for details with its answer.

    `declined` is what the customer said they cannot or will not give; `withheld` has besides it the credentials that
    the answer passes over. `for_proof` is set where the bot said that it asks in order to prove identity.
    """

    asked: frozenset[Detail]
    ask: int
    answers: tuple[int, ...] = ()
    given: frozenset[Detail] = frozenset()
    withheld: frozenset[Detail] = frozenset()
    declined: frozenset[Detail] = frozenset()
    for_proof: bool = False
    method: str | None = None

    @property
    def turns(self) -> tuple[int, ...]:
        """The question and its answers."""
        return (self.ask, *self.answers)

    @property
    def credentials(self) -> frozenset[Detail]:
        """What was asked that is meant to check someone."""
        return self.asked & CREDENTIALS


@dataclass(frozen=True, slots=True)
class _Ask:
    asked: frozenset[Detail]
    for_proof: bool
    method: str | None


@dataclass(slots=True)
class _Open:
    ask: _Ask
    turn: int
    answers: list[int] = field(default_factory=list)


def exchanges(case: Case) -> list[Exchange]:
    """Return the questions for identity details with their answers, in order."""
    found: list[Exchange] = []
    pending: _Open | None = None
    for index, turn in enumerate(case.turns):
        if turn.role in {Role.BOT, Role.AGENT}:
            ask = _asking(case, turn)
            if pending and (pending.answers or ask):
                found.append(_closed(case, pending))
                pending = None
            if ask:
                pending = _Open(ask, index)
        elif turn.role is Role.CUSTOMER and pending:
            pending.answers.append(index)
    if pending:
        found.append(_closed(case, pending))
    return found


def clauses(text: str) -> Iterator[str]:
    """Yield the clauses of a text, so that "no order id, but my e-mail is …" is read as two answers."""
    yield from (part for part in _CLAUSE.split(text) if part.strip())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return _SENTENCE.split(text)


def _asking(case: Case, turn: Turn) -> _Ask | None:
    """What a bot turn asks for, read from its asking sentences alone: a list of what was found, or of choices, asks for nothing."""
    request = phrase_book("identity_signs")["request"]
    parts = (part for part in sentences(without_choices(turn.text)) if not _LISTED.match(part))
    asking = [part for part in parts if "?" in part or request.search(part) or _bare_question(part)]
    named = [part for part in asking if asked_details(part)]
    method = next(
        (
            method.name
            for method in case.domain.verification
            for part in asking
            if any(phrase.lower() in part.lower() for phrase in method.ask_phrases)
        ),
        None,
    )
    if not named and method is None:
        return None
    asked = frozenset(detail for part in named for detail in asked_details(part))
    return _Ask(asked, asked != {Detail.ORDER} and _says_why(turn.text), method)


def _bare_question(sentence: str) -> bool:
    """Whether a sentence asks by naming alone, as people do who type: "also your account id and order id"."""
    short = len(sentence.split()) <= _BARE_WORDS
    return short and not _STATES.search(sentence) and bool(asked_details(sentence))


def _says_why(text: str) -> bool:
    """Whether the bot says that it asks in order to prove identity; that it has done so is another matter."""
    signs = phrase_book("identity_signs")
    return any(
        signs["proof_wanted"].search(sentence) and not signs["passed"].search(sentence) for sentence in sentences(text)
    )


def _closed(case: Case, pending: _Open) -> Exchange:
    asked = pending.ask.asked
    given: set[Detail] = set()
    refused: set[Detail] = set()
    for index in pending.answers:
        for clause in clauses(case.turns[index].text):
            named = asked_details(clause)
            if declined(clause):
                refused |= (named or asked) - given
                continue
            given |= {detail for detail in named if looks_given(detail, clause, named=True)}
            # What names one detail does not give another, unless the other can be nothing else.
            open_ones = asked - refused - named
            given |= {d for d in (open_ones & UNMISTAKABLE if named else open_ones) if looks_given(d, clause)}
    # "Your name or your account number": one of the two is an answer.
    enough = bool(given) and bool(_EITHER.search(case.turns[pending.turn].text))
    passed_over = asked & CREDENTIALS if pending.answers and not enough else frozenset()
    return Exchange(
        asked=asked,
        ask=pending.turn,
        answers=tuple(pending.answers),
        given=frozenset(given),
        withheld=frozenset((refused | passed_over) - given),
        declined=frozenset(refused - given),
        for_proof=pending.ask.for_proof,
        method=pending.ask.method,
    )
