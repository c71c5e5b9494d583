"""How far two samples of labels or numbers lie apart, and whether chance alone does as much.

A sample is a row of counts, one for each distinct value, so that a million packets cost no more than their distinct values.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evals.errors import NothingToScore
from evals.metrics.columns import Floats
from evals.metrics.interval import Interval, bounds, wilson

Counts = NDArray[np.int64]
Statistic = Callable[[Floats], Floats]
"""Rows of counts, shape (..., k), in; numbers of shape (...) out, NaN where they are not defined."""

PERMUTATIONS: Final = 99_999
_ENOUGH: Final = 20
_FIRST: Final = 400
_BATCH: Final = 5_000
_RESAMPLES: Final = 2_000
_SMOOTHED: Final = 0.5
_SLACK: Final = 1e-12


def stability_index(now: Floats, before: Floats) -> Floats:
    """Return the population stability index of two rows of counts: the sum of (p - q) ln(p / q), 0 where they are alike.

    It is the symmetric divergence of Jeffreys (1946), known by this name from credit scoring (Siddiqi 2006), where 0.1 counts as
    worth a look and 0.25 as a shift. Half a packet is added to each count, since a label unseen in one window would make it infinite.
    """
    p, q = _parts(now + _SMOOTHED), _parts(before + _SMOOTHED)
    return np.asarray(((p - q) * np.log(p / q)).sum(axis=-1), dtype=np.float64)


def chance_index(now: Counts, before: Counts) -> float:
    """Return the stability index to expect of two samples of one population: (k - 1)(1/n + 1/m) (Yurdakul and Naranjo 2020)."""
    kinds = int(np.count_nonzero(now + before))
    return (kinds - 1) * (1 / int(now.sum()) + 1 / int(before.sum()))


def jensen_shannon(now: Floats, before: Floats) -> Floats:
    """Return the Jensen-Shannon divergence (Lin 1991) in bits: 0 where two rows of counts are alike, 1 where they share nothing."""
    p, q = _parts(np.asarray(now, dtype=np.float64)), _parts(np.asarray(before, dtype=np.float64))
    middle = (p + q) / 2
    return (_relative(p, middle) + _relative(q, middle)) / 2


def chance(now: Counts, before: Counts, apart: Callable[[Floats, Floats], Floats], *, seed: int = 0) -> float:
    """Return the p-value that two samples of one population lie so far apart: a permutation test (Fisher 1935; Noreen 1989).

    To hand all packets out anew between the two windows is to draw from a multivariate hypergeometric distribution of the counts,
    and that is what is drawn, until 20 draws lay as far apart, or 99,999 were made (Besag and Clifford 1991): so a small p-value is
    exact enough to be raised for hundreds of measures, and a large one costs little. NothingToScore where a window is empty.
    """
    if not now.sum() or not before.sum():
        message = "one of the two windows is empty; there is nothing to hold against each other"
        raise NothingToScore(message)
    seen = abs(float(apart(now.astype(np.float64), before.astype(np.float64))))
    if np.isnan(seen):
        message = "the measure is not defined in one of the windows"
        raise NothingToScore(message)
    whole, drawing = now + before, np.random.default_rng(seed)
    reached = made = 0
    while made < PERMUTATIONS:
        size = min(_BATCH if made else _FIRST, PERMUTATIONS - made)
        drawn = drawing.multivariate_hypergeometric(whole, int(now.sum()), size=size)
        far = np.abs(apart(drawn.astype(np.float64), (whole - drawn).astype(np.float64))) >= seen - _SLACK
        places = np.flatnonzero(far)
        if reached + len(places) >= _ENOUGH:
            return _ENOUGH / (made + int(places[_ENOUGH - reached - 1]) + 1)
        reached, made = reached + len(places), made + size
    return (1 + reached) / (1 + PERMUTATIONS)


def spread(counts: Counts, statistic: Statistic, *, seed: int = 0) -> Interval:
    """Return the 95 % interval of a statistic by bootstrap: packets are drawn with replacement (Efron and Tibshirani 1993)."""
    total = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(total, counts / total, size=_RESAMPLES)
    return bounds(statistic(drawn.astype(np.float64)))


def share_spread(part: int, whole: int) -> Interval:
    """Return the 95 % interval of a share of packets (Wilson 1927), which has a width where all or none are meant."""
    return wilson(part, whole)


def holm(p_values: Sequence[float]) -> list[float]:
    """Return p-values raised for their number after Holm (1979): all of those below a level are right together at that level."""
    raised, highest = [1.0] * len(p_values), 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        highest = max(highest, min(1.0, p_values[index] * (len(p_values) - rank)))
        raised[index] = highest
    return raised


def _parts(counts: Floats) -> Floats:
    whole = counts.sum(axis=-1, keepdims=True)
    return np.asarray(counts / np.where(whole == 0, 1.0, whole), dtype=np.float64)


def _relative(p: Floats, q: Floats) -> Floats:
    terms = np.where(p > 0, p * np.log2(np.where(p > 0, p, 1.0) / np.where(q > 0, q, 1.0)), 0.0)
    return np.asarray(terms.sum(axis=-1), dtype=np.float64)
