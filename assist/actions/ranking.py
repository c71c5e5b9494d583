"""The order of suggestions and how sure they are."""

from collections.abc import Sequence
from typing import NamedTuple

from assist.actions.candidates import Candidate, Source
from assist.actions.policies import Permission

_SOURCES = tuple(Source)


class Judged(NamedTuple):
    """A candidate, what is permitted of it, and how likely it is the next thing an agent would do, from 0 to 1."""

    candidate: Candidate
    permission: Permission
    confidence: float


def ranked(judged: Sequence[Judged]) -> list[Judged]:
    """Return what may be used before what is blocked, each by confidence.

    Ties go to the more binding source, then to the earlier step, then to the id: the order never depends on chance.
    """
    return sorted(
        judged,
        key=lambda each: (
            not each.permission.allowed,
            -each.confidence,
            _SOURCES.index(each.candidate.source),
            each.candidate.order,
            each.candidate.action.id,
        ),
    )


def ties(judged: Sequence[Judged], of: Judged) -> tuple[str, ...]:
    """Return the ids of the others that are as likely and as free to be used: between these the order says nothing."""
    return tuple(
        each.candidate.action.id
        for each in judged
        if each is not of and each.confidence == of.confidence and each.permission.allowed == of.permission.allowed
    )
