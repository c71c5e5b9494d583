"""The order of suggestions and how sure they are."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assist.actions.candidates import Candidate, Source
from assist.actions.policies import Permission

_SOURCES = tuple(Source)
_HIGHEST, _LOWEST = 0.95, 0.05


class Judged(NamedTuple):
    """A candidate, what is permitted of it, and how likely it is the next thing an agent would do, from 0.05 to 0.95."""

    candidate: Candidate
    permission: Permission
    confidence: float


def confidence(candidate: Candidate, share: Mapping[str, float], trust: float) -> float:
    """Return how likely the agent would take this action next: the playbook's word and the precedents', by trust in these."""
    likely = (1.0 - trust) * candidate.weight + trust * share.get(candidate.action.id, 0.0)
    return round(min(_HIGHEST, max(_LOWEST, likely)), 2)


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
