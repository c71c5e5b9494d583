"""Whether a confidence of 0.8 is right in eight of ten: expected calibration error, and the curve behind it.

Guo et al. 2017, "On Calibration of Modern Neural Networks": ten bins of equal width, the mean gap between confidence and
accuracy, each bin weighted by its cases.
"""

from typing import Final, NamedTuple

import numpy as np

from evals.metrics.columns import Columns, Floats
from evals.metrics.metric import Metric, divided

BINS: Final = 10


class Bin(NamedTuple):
    """Cases whose confidence lies between two bounds: how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


def _parts(columns: Columns) -> Floats:
    """Confidence, right and one, each in the place of the record's bin."""
    confidence, right = columns.numbers[:, 0], columns.numbers[:, 1]
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    within = np.eye(BINS)[place]
    return np.concatenate([within * confidence[:, None], within * right[:, None], within], axis=1)


def _error(sums: Floats) -> Floats:
    confidence, right, count = np.split(sums, 3, axis=-1)
    return divided(np.abs(confidence - right).sum(axis=-1), count.sum(axis=-1))


calibration_error = Metric("calibration_error", _parts, _error)
"""The expected calibration error: 0 where confidence tells the share that is right."""


def curve(columns: Columns) -> list[Bin]:
    """Return the bins that hold a case, by confidence."""
    confidence, right, count = np.split(_parts(columns).sum(axis=0), 3)
    return [
        Bin(i / BINS, (i + 1) / BINS, int(count[i]), float(confidence[i] / count[i]), float(right[i] / count[i]))
        for i in range(BINS)
        if count[i]
    ]
