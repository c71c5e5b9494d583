"""The order of suggestions and how sure they are."""

from collections.abc import Sequence

from assist.actions.candidates import Candidate, Source
from assist.actions.policies import Permission

_SOURCES = tuple(Source)
_FADING = 0.6  # each later step of a playbook is this much less likely to be the very next
_HIGHEST, _LOWEST = 0.95, 0.05

Judged = tuple[Candidate, Permission]


def confidence(candidate: Candidate) -> float:
    """Return how likely it is that the agent would take this action next, from 0.05 to 0.95."""
    return round(min(_HIGHEST, max(_LOWEST, candidate.weight * _FADING**candidate.order)), 2)


def ranked(judged: Sequence[Judged]) -> list[Judged]:
    """Return what may be used before what is blocked, each by confidence.

    Ties go to the more binding source, then to the earlier step, then to the id: the order never depends on chance.
    """
    return sorted(
        judged,
        key=lambda pair: (
            not pair[1].allowed,
            -confidence(pair[0]),
            _SOURCES.index(pair[0].source),
            pair[0].order,
            pair[0].action.id,
        ),
    )
