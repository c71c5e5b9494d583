"""Agreement of any number of people beyond chance, where not all labelled everything."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from evals.errors import NothingToScore, Undefined
from evals.metrics import bounds
from evals.metrics.columns import Floats
from evals.metrics.interval import draws
from evals.metrics.metric import divided

_PAIR = 2  # labels that a conversation needs to say anything of agreement


class Alpha(NamedTuple):
    """The value with its 95 % interval over conversations; `units` are those that at least two people labelled."""

    value: float
    low: float
    high: float
    units: int


def krippendorff_alpha(units: Sequence[Sequence[str]], *, seed: int = 0) -> Alpha:
    """Return alpha for nominal data; each unit holds the labels that one conversation was given, by however many people.

    alpha = 1 - D_o / D_e, the disagreement seen over that expected by chance, from the matrix of coincidences: each ordered pair of
    labels of a unit with m labels counts 1 / (m - 1), so that units with missing labels count by what is there, and units with one
    label not at all. 1 is perfect, 0 is chance. The interval is a percentile bootstrap that draws whole units.

    NothingToScore where no unit has two labels, Undefined where all labels are the same.

    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania, sections A to C.
    """
    paired = [unit for unit in units if len(unit) >= _PAIR]
    if not paired:
        message = "no conversation was labelled by two people; agreement of one is not 1"
        raise NothingToScore(message)
    coincidences = _coincidences(paired)
    value = float(_alpha(coincidences.sum(axis=0)))
    if np.isnan(value):
        message = "everyone gave every conversation the same one label"
        raise Undefined(message)
    drawn = np.concatenate([_alpha(times @ coincidences) for times in draws(len(paired), seed=seed)])
    low, high = bounds(drawn)
    return Alpha(value, low, high, len(paired))


def _coincidences(units: Sequence[Sequence[str]]) -> Floats:
    """Each unit's matrix of coincidences, laid out in a row: shape (units, labels squared)."""
    labels = {label: place for place, label in enumerate(dict.fromkeys(label for unit in units for label in unit))}
    matrices = np.zeros((len(units), len(labels), len(labels)))
    for row, unit in enumerate(units):
        counts = np.zeros(len(labels))
        for label in unit:
            counts[labels[label]] += 1
        matrices[row] = (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return matrices.reshape(len(units), -1)


def _alpha(sums: Floats) -> Floats:
    size = round(sums.shape[-1] ** 0.5)
    matrix = sums.reshape(*sums.shape[:-1], size, size)
    by_label = matrix.sum(axis=-1)
    whole = by_label.sum(axis=-1)
    seen = whole - np.trace(matrix, axis1=-2, axis2=-1)
    expected = np.round(whole**2 - (by_label**2).sum(axis=-1), 9)
    return np.asarray(1 - divided((whole - 1) * seen, expected))
