"""Whether one run is better than another on the same conversations, or merely luckier.

The difference gets an interval by a paired bootstrap, and a p-value by approximate randomisation (Noreen 1989; for text,
Riezler and Maxwell 2005): where both runs are equally good, swapping their answers to a conversation changes nothing. Shares of
right answers have McNemar's exact test too: of the conversations that flipped, did more go one way than a coin would have it?
"""

from typing import Final, NamedTuple

import numpy as np

from evals.errors import NothingToScore
from evals.metrics.columns import Columns, Floats
from evals.metrics.interval import bounds, by_unit, draws
from evals.metrics.metric import Metric

PERMUTATIONS: Final = 2000
_SMALL: Final = 1e-12


class Difference(NamedTuple):
    """After minus before, its 95 % interval, and how likely chance alone does as much, from 0 to 1."""

    before: float
    after: float
    low: float
    high: float
    p: float
    units: int

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before


def difference(before: Columns, after: Columns, measure: Metric, *, seed: int = 0) -> Difference:
    """Return how a measure changed over the conversations that both have; NothingToScore where they share none."""
    common = np.intersect1d(before.units, after.units)
    if not len(common):
        message = "the two runs scored no conversation in common; run both on the same data"
        raise NothingToScore(message)
    one, other = _aligned(before, after)
    first = by_unit(one.only(np.isin(one.units, common)), measure)
    second = by_unit(other.only(np.isin(other.units, common)), measure)
    was, became = float(measure.value(first.sum(axis=0))), float(measure.value(second.sum(axis=0)))
    gaps = np.concatenate(
        [measure.value(drawn @ second) - measure.value(drawn @ first) for drawn in draws(len(common), seed=seed)]
    )
    low, high = bounds(gaps)
    return Difference(was, became, low, high, _p_value(first, second, measure, became - was, seed), len(common))


def _p_value(first: Floats, second: Floats, measure: Metric, seen: float, seed: int) -> float:
    if np.array_equal(first, second):
        return 1.0
    swapped = np.random.default_rng(seed).random((PERMUTATIONS, len(first))) < 1 / 2
    kept = ~swapped
    gaps = measure.value(kept @ second + swapped @ first) - measure.value(kept @ first + swapped @ second)
    reached = np.abs(gaps) >= abs(seen) - _SMALL
    return float((1 + np.count_nonzero(reached)) / (1 + PERMUTATIONS))


def mcnemar(gained: int, lost: int) -> float:
    """Return the exact two-sided p-value that so many conversations were gained and so many lost by chance."""
    if not gained + lost:
        return 1.0
    from scipy.stats import binomtest  # noqa: PLC0415 -- slow to import

    return float(binomtest(gained, gained + lost, 0.5).pvalue)


def _aligned(before: Columns, after: Columns) -> tuple[Columns, Columns]:
    """Both with the same index for the same label."""
    labels = tuple(dict.fromkeys((*before.labels, *after.labels)))
    if not labels:
        return before, after
    return _recoded(before, labels), _recoded(after, labels)


def _recoded(columns: Columns, labels: tuple[str, ...]) -> Columns:
    places = np.array([labels.index(label) for label in columns.labels], dtype=np.float64)
    numbers = columns.numbers.copy()
    numbers[:, :2] = places[numbers[:, :2].astype(int)]
    return Columns(numbers, columns.units, labels)
