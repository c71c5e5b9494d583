"""How far a value may be off: a percentile bootstrap over conversations (Efron and Tibshirani 1993, chapter 13)."""

import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from evals.errors import EvalsError, NothingToScore

RESAMPLES = 1000
_TAIL = 0.025


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


def bootstrap(
    groups: Sequence[Sequence[Any]],
    measure: Callable[[Sequence[Any]], float],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """Return the interval of a measure when whole conversations are drawn with replacement.

    Each group holds the records of one conversation. Resamples on which the measure is not defined are left out.
    """
    if not groups:
        message = "there is nothing to draw from; an interval of no data has no bounds"
        raise NothingToScore(message)
    chance = random.Random(seed)  # noqa: S311 -- statistics, not secrets
    values = []
    for _ in range(resamples):
        drawn = chance.choices(groups, k=len(groups))
        try:
            values.append(measure([record for group in drawn for record in group]))
        except EvalsError:
            continue
    if not values:
        message = "the measure is not defined on any resample"
        raise NothingToScore(message)
    values.sort()
    last = len(values) - 1
    return Interval(values[round(_TAIL * last)], values[round((1 - _TAIL) * last)])
