"""How far a value may be off: a percentile bootstrap over conversations (Efron and Tibshirani 1993, chapter 13)."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from evals.errors import EvalsError, NothingToScore
from evals.metrics.columns import Columns, Filling, Floats
from evals.metrics.metric import Measuring, Metric
from evals.metrics.records import Record

RESAMPLES: Final = 1000
_TAIL: Final = 0.025
_SIGMA: Final = 1.959964
_BATCH: Final = 200_000  # draws held at once: 2 MB
_REMEMBERED: Final = 200  # conversations up to which the draws are kept for the next measure


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def bootstrap(
    groups: Sequence[Sequence[Record]], measure: Measuring, *, resamples: int = RESAMPLES, seed: int = 0
) -> Interval:
    """Return the interval of a measure when whole conversations are drawn with replacement.

    Each group holds the records of one conversation. Resamples on which the measure is not defined are left out.
    """
    filling = Filling()
    for unit, group in enumerate(groups):
        for record in group:
            filling.add(unit, record)
    return interval(filling.columns(), measure, resamples=resamples, seed=seed)


def interval(columns: Columns, measure: Measuring, *, resamples: int = RESAMPLES, seed: int = 0) -> Interval:
    """Return the interval over columns; NothingToScore where there is nothing to draw from."""
    if not len(columns):
        message = "there is nothing to draw from; an interval of no data has no bounds"
        raise NothingToScore(message)
    drawn = resampled(columns, measure, resamples=resamples, seed=seed)
    return bounds(drawn)


def wilson(part: int, whole: int) -> Interval:
    """Return the interval of a share by Wilson's score (1927), which has a width where all or none are right."""
    share, square = part / whole, _SIGMA**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = _SIGMA / (1 + square / whole) * (share * (1 - share) / whole + square / (4 * whole**2)) ** 0.5
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def bounds(values: Floats) -> Interval:
    """Return the middle 95 % of resampled values, NaN left out."""
    kept = np.sort(values[~np.isnan(values)])
    if not len(kept):
        message = "the measure is not defined on any resample"
        raise NothingToScore(message)
    last = len(kept) - 1
    return Interval(float(kept[round(_TAIL * last)]), float(kept[round((1 - _TAIL) * last)]))


def resampled(columns: Columns, measure: Measuring, *, resamples: int = RESAMPLES, seed: int = 0) -> Floats:
    """Return the measure's value on each resample, NaN where it is not defined."""
    if not isinstance(measure, Metric):
        return np.fromiter(_one_by_one(columns, measure.of, resamples=resamples, seed=seed), dtype=np.float64)
    sums = by_unit(columns, measure)
    return np.concatenate([measure.value(drawn @ sums) for drawn in draws(len(sums), resamples=resamples, seed=seed)])


def by_unit(columns: Columns, measure: Metric) -> Floats:
    """Return the measure's summands added up by conversation, one row each."""
    parts = measure.parts(columns)
    _, places = np.unique(columns.units, return_inverse=True)
    sums = np.zeros((int(places.max()) + 1, parts.shape[1]))
    np.add.at(sums, places, parts)
    return sums


def draws(units: int, *, resamples: int = RESAMPLES, seed: int = 0) -> Iterator[Floats]:
    """Yield how often each unit is drawn in each resample, some resamples at a time: shape (resamples, units)."""
    if units <= _REMEMBERED:
        yield _remembered(units, resamples, seed)
        return
    chance = np.random.default_rng(seed)
    step = max(1, _BATCH // units)
    for start in range(0, resamples, step):
        yield _drawn(chance, units, min(step, resamples - start))


@lru_cache(maxsize=16)
def _remembered(units: int, resamples: int, seed: int) -> Floats:
    return _drawn(np.random.default_rng(seed), units, resamples)


def _drawn(chance: np.random.Generator, units: int, resamples: int) -> Floats:
    return chance.multinomial(units, np.full(units, 1 / units), size=resamples).astype(np.float64)


def _one_by_one(columns: Columns, measure: Callable[[Columns], float], *, resamples: int, seed: int) -> Iterator[float]:
    order = np.argsort(columns.units, kind="stable")
    _, starts, counts = np.unique(columns.units[order], return_index=True, return_counts=True)
    chance = np.random.default_rng(seed)
    for _ in range(resamples):
        drawn = chance.integers(0, len(starts), size=len(starts))
        rows = np.concatenate([order[starts[i] : starts[i] + counts[i]] for i in drawn])
        try:
            yield measure(Columns(columns.numbers[rows], columns.units[rows], columns.labels))
        except EvalsError:
            yield float("nan")
