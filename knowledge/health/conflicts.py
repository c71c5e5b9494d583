"""Sentences of different articles on the same matter that differ in a number, a date or a permission. Pure.

Two sentences are held against each other where their words are mostly the same, or where a sentence-embedding model
finds them alike once quantities and denials are taken out. A quantity conflicts where both name the same kind in the
same unit and no value is shared. Sentences that each have words of matter which the other lacks mostly speak of
different cases ("gold card", "silver card"), and count only where they are very alike.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.health.report import Differing
from knowledge.health.sentences import Sentence

WORTH_A_LOOK: Final = 0.25
"""Shared words of matter, as a share of all of both: below it no two sentences are compared by meaning."""

_SAME_WORDS: Final = 0.5
_SAME_MEANING: Final = 0.8
_VERY_ALIKE: Final = 0.92
_DENIED_WORDS: Final = 0.6
_LEAST_DENIED: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two sentences that differ in something comparable."""

    kind: Differing
    one: Sentence
    other: Sentence

    @property
    def shared(self) -> float:
        """The share of words of matter that both have (Jaccard index)."""
        return len(self.one.matter & self.other.matter) / len(self.one.matter | self.other.matter)

    @property
    def is_of_two_cases(self) -> bool:
        """Does each have words of matter that the other lacks?"""
        return bool(self.one.matter - self.other.matter) and bool(self.other.matter - self.one.matter)


def candidates(one: Sequence[Sentence], other: Sequence[Sentence]) -> list[Candidate]:
    """Return the pairs of sentences, one of each side, that differ and are worth a look."""
    return [
        candidate
        for mine in one
        for theirs in other
        if (kind := _difference(mine, theirs)) is not None
        and (candidate := Candidate(kind, mine, theirs)).shared >= WORTH_A_LOOK
    ]


def likeness(candidate: Candidate, meaning: float) -> float | None:
    """Return how alike the two are beside their difference, from 0 to 1; None where they may well speak of two things.

    `meaning` is the cosine similarity of the two, masked.
    """
    shared = candidate.shared
    if candidate.is_of_two_cases and meaning < _VERY_ALIKE:
        return None
    if candidate.kind is Differing.PERMISSION:
        is_alike = shared >= _DENIED_WORDS
    else:
        is_alike = shared >= _SAME_WORDS or meaning >= _SAME_MEANING
    return round((shared + max(meaning, 0.0)) / 2, 3) if is_alike else None


def _difference(one: Sentence, other: Sentence) -> Differing | None:
    mine, theirs = (Counter((each.kind, each.unit) for each in side.quantities) for side in (one, other))
    for kind, unit in mine:
        if (kind, unit) not in theirs:
            continue
        values = [
            {each.value for each in side.quantities if (each.kind, each.unit) == (kind, unit)} for side in (one, other)
        ]
        if not values[0] & values[1] and len(values[0]) == len(values[1]):
            return kind
    says_enough = min(len(one.matter), len(other.matter)) >= _LEAST_DENIED
    if one.denies != other.denies and says_enough and not (one.is_conditional or other.is_conditional):
        return Differing.PERMISSION
    return None
