"""Has anything moved between two stretches of time?

A mix of labels is held against the earlier one by the population stability index, a share or mean by its change; both are tested
by permutation, all p-values are raised together after Holm, and a change has to be large enough to matter as well. So small
numbers do not cry wolf, and neither do large ones over trifles.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict

from evals.errors import NothingToScore
from evals.metrics.divergence import chance, chance_index, holm, jensen_shannon, stability_index
from evals.watching.counting import Counted
from evals.watching.features import Features
from evals.watching.measures import MEASURES
from evals.watching.verdicts import State, verdict

_LABELS: Final = 12


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class LabelShare(_Value):
    """A label of a mix, and its share in both windows."""

    label: str
    now: float
    before: float


class Shift(_Value):
    """One measure in both windows. `n` counts packets; `p` is raised for all measures; intervals are of 95 %.

    `index`, `by_chance` (the index that two samples of one population show) and `divergence` (bits) are a mix's alone.
    """

    measure: str
    title: str
    form: str
    state: State
    alert: bool
    n: int
    n_before: int
    now: float | None = None
    low: float | None = None
    high: float | None = None
    before: float | None = None
    change: float | None = None
    raw_p: float | None = None
    p: float | None = None
    index: float | None = None
    by_chance: float | None = None
    divergence: float | None = None
    labels: tuple[LabelShare, ...] = ()
    look: str = ""
    sampled: bool = False


class Stretch(_Value):
    """A window as it was used: a name, its bounds where it has any, and how many packets it holds."""

    name: str
    since: datetime | None = None
    until: datetime | None = None
    packets: int
    checked: int


class Drift(_Value):
    """Everything that was held against each other, alerts first."""

    now: Stretch
    before: Stretch
    shifts: tuple[Shift, ...]


class Sample(_Value):
    """Packets of a window."""

    name: str
    features: tuple[Features, ...]
    since: datetime | None = None
    until: datetime | None = None

    @property
    def told(self) -> Stretch:
        """The window without its packets."""
        checked = sum(each.checks is not None for each in self.features)
        return Stretch(name=self.name, since=self.since, until=self.until, packets=len(self.features), checked=checked)


def drift(now: Sample, before: Sample) -> Drift:
    """Return how every measure moved; with too few packets a measure says that, and nothing else."""
    counted = [Counted.of(measure, now.features, before.features) for measure in MEASURES]
    tested = {index: _p(each) for index, each in enumerate(counted) if _enough(each) and not each.measure.is_danger}
    raised = dict(zip(tested, holm(list(tested.values())), strict=True))
    shifts = [_shift(each, tested.get(index), raised.get(index)) for index, each in enumerate(counted)]
    order = {State.WORSE: 0, State.CHANGED: 1, State.BETTER: 2, State.SMALL: 3, State.STEADY: 4, State.NOT_ENOUGH: 5}
    return Drift(now=now.told, before=before.told, shifts=tuple(sorted(shifts, key=lambda shift: order[shift.state])))


def _enough(counted: Counted) -> bool:
    return min(counted.n(0), counted.n(1)) >= counted.measure.least


def _p(counted: Counted) -> float:
    try:
        return chance(counted.counts[0], counted.counts[1], counted.apart)
    except NothingToScore:
        return 1.0


def _shift(counted: Counted, raw_p: float | None, p: float | None) -> Shift:
    measure = counted.measure
    now, before, interval = counted.value(0), counted.value(1), counted.interval(0)
    change = now - before if now is not None and before is not None else None
    shift = Shift(
        measure=measure.name,
        title=measure.title,
        form=measure.form,
        state=State.NOT_ENOUGH,
        alert=False,
        n=counted.n(0),
        n_before=counted.n(1),
        now=now,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        before=before,
        change=change,
        raw_p=raw_p,
        p=p,
        look=measure.look,
        sampled=measure.sampled,
    )
    if measure.form == "mix":
        shift = shift.model_copy(update=_mixed(counted))
    if measure.is_danger:
        state = State.NOT_ENOUGH if not counted.n(0) else State.WORSE if now else State.STEADY
    elif p is None:
        state = State.NOT_ENOUGH
    else:
        state = verdict(measure, change=(shift.index if measure.form == "mix" else change) or 0.0, p=p)
    return shift.model_copy(update={"state": state, "alert": state.alerts})


def _mixed(counted: Counted) -> dict[str, object]:
    now, before = counted.counts[0], counted.counts[1]
    if not now.sum() or not before.sum():
        return {}
    p, q = now / now.sum(), before / before.sum()
    largest: Sequence[int] = [int(each) for each in np.argsort(-(np.abs(p - q) + np.maximum(p, q)), kind="stable")]
    shares = [LabelShare(label=str(counted.keys[i]), now=float(p[i]), before=float(q[i])) for i in largest[:_LABELS]]
    return {
        "index": float(stability_index(now.astype(np.float64), before.astype(np.float64))),
        "by_chance": chance_index(now, before),
        "divergence": float(jensen_shannon(now.astype(np.float64), before.astype(np.float64))),
        "labels": tuple(shares),
    }
