"""What agents did next in labelled transcripts makes suggestions better: as precedents, and as weights of signs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assist.actions.precedents import Precedent, Precedents
from assist.actions.teaching import Point, point_of, taught
from assist.actions.weights import Weights
from assist.analysis.case import Case
from assist.wiring import Analysis

_ENOUGH = 10
_FEW = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """A conversation as it was read, and what the agent did at its end."""

    name: str
    case: Case
    action: str
    intent: str

    @property
    def domain(self) -> str:
        """The line of business."""
        return self.case.domain.name

    @property
    def precedent(self) -> tuple[Precedent, Case]:
        """The same as what is remembered."""
        return Precedent(self.action, self.name, 1.0, self.intent), self.case


@dataclass(frozen=True, slots=True)
class Hits:
    """Of so many conversations, how often the first suggestion was what was done, and how often it was among the first three."""

    first: int
    few: int
    whole: int

    def __str__(self) -> str:
        """Return both as per cent."""
        return f"{self.first / self.whole:.0%} first, {self.few / self.whole:.0%} in the first three"


def remembered(precedents: Precedents, taken: Sequence[Taken], *, tenant: str) -> None:
    """Keep what was done as if agents had accepted it; said again, it counts once."""
    by_domain: dict[str, list[tuple[Precedent, Case]]] = defaultdict(list)
    for each in taken:
        by_domain[each.domain].append(each.precedent)
    for domain, known in by_domain.items():
        precedents.add_all(tenant, domain, known)


def weights_of(analysis: Analysis, taken: Sequence[Taken], start: Mapping[str, Weights]) -> dict[str, Weights]:
    """Return what the signs count for, by domain; a domain with few conversations keeps what it had."""
    points: dict[str, list[Point]] = defaultdict(list)
    for each in taken:
        considered = analysis.actions.considered(each.case, apart=each.name)
        point = point_of(considered.candidates, considered.signs, each.action, each.name)
        if point is not None:
            points[each.domain].append(point)
    return {
        domain: taught(known, start=start.get(domain, Weights.shipped()))
        for domain, known in points.items()
        if len(known) >= _ENOUGH
    }


def hits(analysis: Analysis, taken: Sequence[Taken]) -> Hits:
    """Return how often the suggestions name what was done, by likelihood alone."""
    first = few = 0
    for each in taken:
        order = [a.id for a in sorted(analysis.actions.by_rules(each.case), key=lambda a: -a.confidence)]
        first += each.action in order[:1]
        few += each.action in order[:_FEW]
    return Hits(first, few, len(taken))
