"""How many are right, how much of how much, and plain averages."""

from typing import Final

import numpy as np

from evals.metrics.columns import Columns, Floats
from evals.metrics.metric import Metric, WholeMetric, divided, stacked

_UNKNOWN: Final = "unknown"


def _ones(columns: Columns) -> Floats:
    return np.ones(len(columns))


def _ratio(sums: Floats) -> Floats:
    return divided(sums[..., 0], sums[..., 1])


accuracy = Metric(
    "accuracy", lambda c: stacked(np.equal(c.numbers[:, 0], c.numbers[:, 1]).astype(float), _ones(c)), _ratio
)
"""The share of answers that equal their label."""

share = Metric(
    "share",
    lambda c: c.numbers[:, :2],
    _ratio,
    undefined="a share of nothing is not 0; label at least one case",
)
"""All parts over all wholes, so that a long case counts for more than a short one."""

total = Metric("total", lambda c: c.numbers[:, :1], lambda sums: sums[..., 0])
"""The sum; for counts of errors that must not happen."""

mean = Metric("mean", lambda c: stacked(c.numbers[:, 0], _ones(c)), _ratio)
"""The arithmetic mean."""

largest = WholeMetric("largest", lambda c: float(c.numbers[:, 0].max()))
"""The largest value."""


def quantile(part: float) -> WholeMetric:
    """Return a measure: the value below which this part of all values lies."""
    return WholeMetric(f"quantile:{part:g}", lambda c: float(np.quantile(c.numbers[:, 0], part)))


def _called_unknown(columns: Columns) -> Floats:
    unknown = columns.label(_UNKNOWN)
    known = columns.numbers[:, 0] != unknown
    return stacked((known & (columns.numbers[:, 1] == unknown)).astype(float), known.astype(float))


called_unknown = Metric("called_unknown", _called_unknown, _ratio, undefined="no wish is a known one")
"""The share of known wishes that were called unknown."""
