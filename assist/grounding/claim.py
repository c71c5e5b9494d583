"""One statement under examination, with what the turns that it cites say."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assist.domain.transcript import Role
from assist.grounding.evidence import Evidence, Sentence
from assist.grounding.grammar import Clause, Status, clauses, is_negated
from assist.grounding.values import Kind, Source, Value, values
from assist.grounding.words import concepts, shipped_lexicon, stemmed, words

_SUBJECT_CUSTOMER: Final = re.compile(r"^\W*(?:the customer|the user|the caller|he|she|they)\b(?!'s)", re.IGNORECASE)
_SUBJECT_BOT: Final = re.compile(r"^\W*(?:the bot|the assistant|the system)\b", re.IGNORECASE)
_BRIEF: Final = 7  # words
_ROOT: Final = 5  # letters
_LONGEST_AMOUNT: Final = 4  # digits
EXACT: Final = (Kind.CODE, Kind.CONTACT, Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.PLACEHOLDER)
_IDS: Final = (Kind.CODE, Kind.CONTACT, Kind.PLACEHOLDER)


@dataclass(frozen=True)
class Claim:
    """One statement with the turns it cites."""

    text: str
    turns: tuple[int, ...]
    evidence: Evidence

    @cached_property
    def sentences(self) -> list[Sentence]:
        """What the cited turns say."""
        return self.evidence.cited(self.turns)

    @cached_property
    def source(self) -> Source:
        """The cited turns as text."""
        return self.evidence.source(self.turns)

    @cached_property
    def clauses(self) -> list[Clause]:
        """The parts of the statement."""
        return clauses(self.text)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Its content words, less those that nearly every statement has."""
        return frozenset(concepts(self.text)) - vague()

    @cached_property
    def stems(self) -> str:
        """The cited turns as stems."""
        return stemmed(self.source.text)

    def said_by(self, *roles: Role) -> list[Sentence]:
        """Return what these said in the cited turns."""
        return [sentence for sentence in self.sentences if sentence.role in roles]

    @cached_property
    def context(self) -> list[Sentence]:
        """What a short answer among the cited turns answers; nothing where the customer speaks in full."""
        spoken = sum(len(words(sentence.text)) for sentence in self.said_by(Role.CUSTOMER))
        before = self.evidence.context(self.turns) if spoken <= _BRIEF else []
        return [sentence for sentence in before if sentence.role is not Role.CUSTOMER]

    @property
    def of_customer(self) -> bool:
        """Whether the customer is the subject."""
        return bool(_SUBJECT_CUSTOMER.match(self.text))

    @property
    def of_bot(self) -> bool:
        """Whether the bot is the subject."""
        return bool(_SUBJECT_BOT.match(self.text))

    @property
    def negated(self) -> bool:
        """Whether something is denied in it."""
        return is_negated(self.text)


def vague() -> frozenset[str]:
    """Return the words that nearly every statement has: whether they stand in the turns tells nothing."""
    return shipped_lexicon().vague


def own_words() -> frozenset[str]:
    """Return the words that a summary brings by itself ("three times", "the second request"), with the vague ones."""
    return shipped_lexicon().vague | shipped_lexicon().narrator


def absent_values(claim: Claim, kinds: Iterable[Kind]) -> list[Value]:
    """Return the values of these kinds that stand in no cited turn."""
    return [value for value in values(claim.text) if value.kind in kinds and not claim.source.holds(value)]


def is_id(value: Value) -> bool:
    """Say whether a value names one thing; an amount is not that long."""
    return value.kind in _IDS or sum(sign.isdigit() for sign in value.text) > _LONGEST_AMOUNT


def holds_id(claim: Claim, text: str) -> bool:
    """Say whether a text has one of the ids of the statement."""
    return any(is_id(value) and Source(text).holds(value) for value in values(claim.text))


def is_absence(clause: Clause) -> bool:
    """Say whether a clause only says that something has not happened: no turn needs to speak of it."""
    return bool(clause.acts) and clause.acts[0].status is Status.NOT_DONE


def is_known(word: str, known: Collection[str]) -> bool:
    """Say whether a content word, or one of the same root, is among the known ones."""
    return word in known or (len(word) >= _ROOT and any(other.startswith(word[:_ROOT]) for other in known))
