"""How many are right."""

from collections.abc import Sequence
from typing import TypeVar

from evals.errors import NothingToScore
from evals.metrics.records import Amount, Pair, Share

R = TypeVar("R")


def accuracy(records: Sequence[Pair]) -> float:
    """Return the share of answers that equal their label."""
    return sum(pair.truth == pair.guess for pair in _some(records)) / len(records)


def share(records: Sequence[Share]) -> float:
    """Return all parts over all wholes, so that a long case counts for more than a short one."""
    whole = sum(record.whole for record in _some(records))
    if not whole:
        message = "a share of nothing is not 0; label at least one case"
        raise NothingToScore(message)
    return sum(record.part for record in records) / whole


def total(records: Sequence[Amount]) -> float:
    """Return the sum; for counts of errors that must not happen."""
    return sum(record.value for record in _some(records))


def mean(records: Sequence[Amount]) -> float:
    """Return the arithmetic mean."""
    return total(records) / len(records)


def largest(records: Sequence[Amount]) -> float:
    """Return the largest value."""
    return max(record.value for record in _some(records))


def _some(records: Sequence[R]) -> Sequence[R]:
    if not records:
        message = "there is nothing to measure; a measure of no data is not 0"
        raise NothingToScore(message)
    return records
