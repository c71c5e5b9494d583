"""Packets counted by the distinct values that a measure reads of them, and what those counts come to."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from evals.metrics.columns import Floats
from evals.metrics.divergence import Counts, share_spread, spread, stability_index
from evals.metrics.interval import Interval
from evals.watching.features import Features
from evals.watching.measures import Measure


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of several samples over the same values: a row a sample."""

    measure: Measure
    keys: tuple[Any, ...]
    counts: Counts

    @classmethod
    def of(cls, measure: Measure, *samples: Iterable[Features]) -> Self:
        """Return what a measure reads of each sample; packets that say nothing of it are not counted."""
        tallies = [Counter(key for each in sample if (key := measure.reads(each)) is not None) for sample in samples]
        keys = tuple(sorted({key for tally in tallies for key in tally}, key=str))
        rows = [[tally[key] for key in keys] for tally in tallies]
        return cls(measure, keys, np.array(rows, dtype=np.int64).reshape(len(samples), len(keys)))

    def n(self, sample: int) -> int:
        """Return how many packets of a sample say something."""
        return int(self.counts[sample].sum())

    def value(self, sample: int) -> float | None:
        """Return the measure of a sample; None for a mix, or where there is nothing to measure."""
        if self.measure.form == "mix" or not self.n(sample):
            return None
        found = float(self.statistic(self.counts[sample].astype(np.float64)))
        return None if np.isnan(found) else found

    def interval(self, sample: int) -> Interval | None:
        """Return the 95 % interval of a sample's value; None where it has none."""
        found = self.value(sample)
        if found is None or self.measure.is_danger:
            return None
        if {key[1] for key in self.keys} == {1} and {key[0] for key in self.keys} <= {0, 1}:
            return share_spread(round(found * self.n(sample)), self.n(sample))
        drawn = spread(self.counts[sample], self.statistic)
        if self.measure.form == "share" and drawn.low == drawn.high and found in {0.0, 1.0}:
            # Drawing all or none again shows no doubt, though few packets say little.
            return share_spread(round(found * self.n(sample)), self.n(sample))
        return drawn

    @property
    def statistic(self) -> Callable[[Floats], Floats]:
        """The quotient of sums over rows of counts; of a danger, the sum."""
        parts = np.array([float(key[0]) for key in self.keys])
        wholes = np.array([float(key[1]) for key in self.keys])
        if self.measure.is_danger:
            return lambda counts: counts @ parts

        def quotient(counts: Floats) -> Floats:
            below = counts @ wholes
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.asarray(np.where(below > 0, (counts @ parts) / below, np.nan), dtype=np.float64)

        return quotient

    @property
    def apart(self) -> Callable[[Floats, Floats], Floats]:
        """How far two rows of counts lie apart: the stability index of a mix, else the difference of their values."""
        if self.measure.form == "mix":
            return stability_index
        statistic = self.statistic
        return lambda now, before: statistic(now) - statistic(before)
