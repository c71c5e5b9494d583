"""What a measure is: a name, and a number out of records. Most are functions of sums, which makes resampling cheap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evals.errors import NothingToScore, Undefined
from evals.metrics.columns import Columns, Floats
from evals.metrics.records import Record


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure that is a function of sums over records, such as hits over all.

    `parts` gives each record's summands, shape (records, k); `value` turns sums of shape (..., k) into values of shape (...),
    NaN where the measure is not defined; `undefined` then says why.
    """

    name: str
    parts: Callable[[Columns], Floats]
    value: Callable[[Floats], Floats]
    undefined: str = "the measure is not defined on these data"

    def __call__(self, records: Sequence[Record]) -> float:
        """Return the value; NothingToScore of no records, Undefined where these do not define it."""
        return self.of(Columns.of(records))

    def of(self, columns: Columns) -> float:
        """Return the value over columns."""
        if not len(columns):
            message = "there is nothing to measure; a measure of no data is not 0"
            raise NothingToScore(message)
        value = float(self.value(self.parts(columns).sum(axis=0)))
        if np.isnan(value):
            raise Undefined(self.undefined)
        return value


@dataclass(frozen=True, slots=True)
class WholeMetric:
    """A measure that needs all records at once, such as the largest."""

    name: str
    compute: Callable[[Columns], float]

    def __call__(self, records: Sequence[Record]) -> float:
        """Return the value; NothingToScore of no records, Undefined where these do not define it."""
        return self.of(Columns.of(records))

    def of(self, columns: Columns) -> float:
        """Return the value over columns."""
        if not len(columns):
            message = "there is nothing to measure; a measure of no data is not 0"
            raise NothingToScore(message)
        return self.compute(columns)


Measuring = Metric | WholeMetric


def divided(part: Floats, whole: Floats) -> Floats:
    """Return the quotient, NaN where the divisor is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(whole == 0, np.nan, part / np.where(whole == 0, 1.0, whole))


def stacked(*columns: Floats) -> Floats:
    """Return summands side by side."""
    return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=-1)
