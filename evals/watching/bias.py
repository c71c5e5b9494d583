"""Does quality differ between groups of customers: by language, by channel, by line of business?

Each group is held against all others together, measure by measure. A group that is too small to say anything of is said to be so,
since silence about a small group would pass for fairness.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict

from evals.errors import NothingToScore
from evals.metrics.divergence import Counts, chance, holm
from evals.watching.counting import Counted
from evals.watching.drift import Sample
from evals.watching.features import Features
from evals.watching.measures import MEASURES, Measure
from evals.watching.verdicts import State, verdict

LEAST: Final = 30
"""Packets that a group, and the rest of them, needs before it is judged."""

BY: Final = ("language", "channel", "domain")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class GroupValue(_Value):
    """One measure in one group and in all others; intervals are of 95 %, `p` is raised for all comparisons of the audit."""

    measure: str
    title: str
    form: str
    by: str
    group: str
    state: State
    alert: bool
    n: int
    n_others: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    others: float | None = None
    change: float | None = None
    raw_p: float | None = None
    p: float | None = None
    look: str = ""


class Group(_Value):
    """A group and how many packets it has."""

    by: str
    group: str
    packets: int
    enough: bool


class Audit(_Value):
    """Every group by every measure; `least` packets make a group that is judged."""

    name: str
    since: datetime | None = None
    until: datetime | None = None
    packets: int
    least: int
    groups: tuple[Group, ...]
    values: tuple[GroupValue, ...]


def audit(sample: Sample, *, least: int = LEAST, by: Sequence[str] = BY) -> Audit:
    """Return how every group fares against the others; the worst first."""
    groups = [
        Group(by=way, group=name, packets=count, enough=least <= count)
        for way in by
        for name, count in Counter(getattr(each, way) for each in sample.features).most_common()
    ]
    ways = [way for way in by if sum(group.by == way for group in groups) > 1]
    pairs = [
        (group, counted)
        for measure in MEASURES
        if measure.compared
        for group, counted in _counted(measure, sample.features, [group for group in groups if group.by in ways])
    ]
    tested = {
        place: _p(counted) for place, (_, counted) in enumerate(pairs) if min(counted.n(0), counted.n(1)) >= least
    }
    raised = dict(zip(tested, holm(list(tested.values())), strict=True))
    values = [_value(group, each, tested.get(place), raised.get(place)) for place, (group, each) in enumerate(pairs)]
    order = {State.WORSE: 0, State.BETTER: 1, State.CHANGED: 1, State.SMALL: 2, State.STEADY: 3, State.NOT_ENOUGH: 4}
    return Audit(
        name=sample.name,
        since=sample.since,
        until=sample.until,
        packets=len(sample.features),
        least=least,
        groups=tuple(groups),
        values=tuple(sorted(values, key=lambda value: (order[value.state], value.by))),
    )


def _counted(
    measure: Measure, features: Sequence[Features], groups: Sequence[Group]
) -> Iterator[tuple[Group, Counted]]:
    """Yield each group beside all others; every packet is read once a measure, however many groups there are."""
    read = [measure.reads(each) for each in features]
    keys = tuple(sorted({key for key in read if key is not None}, key=str))
    places = {key: place for place, key in enumerate(keys)}
    for way in dict.fromkeys(group.by for group in groups):
        table: dict[str, Counts] = defaultdict(lambda: np.zeros(len(keys), dtype=np.int64))
        for each, key in zip(features, read, strict=True):
            if key is not None:
                table[getattr(each, way)][places[key]] += 1
        whole = sum(table.values(), np.zeros(len(keys), dtype=np.int64))
        for group in groups:
            if group.by == way:
                yield group, Counted(measure, keys, np.stack([table[group.group], whole - table[group.group]]))


def _p(counted: Counted) -> float:
    try:
        return chance(counted.counts[0], counted.counts[1], counted.apart)
    except NothingToScore:
        return 1.0


def _value(group: Group, counted: Counted, raw_p: float | None, p: float | None) -> GroupValue:
    measure = counted.measure
    value, others, interval = counted.value(0), counted.value(1), counted.interval(0)
    change = value - others if value is not None and others is not None else None
    state = State.NOT_ENOUGH if p is None or change is None else verdict(measure, change=change, p=p)
    return GroupValue(
        measure=measure.name,
        title=measure.title,
        form=measure.form,
        by=group.by,
        group=group.group,
        state=state,
        alert=state.alerts,
        n=counted.n(0),
        n_others=counted.n(1),
        value=value,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        others=others,
        change=change,
        raw_p=raw_p,
        p=p,
        look=measure.look,
    )
