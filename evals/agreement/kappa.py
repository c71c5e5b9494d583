"""Agreement of two people beyond chance."""

import numpy as np

from evals.metrics import Metric
from evals.metrics.columns import Columns, Floats
from evals.metrics.metric import divided


def _cells(columns: Columns) -> Floats:
    """Each record as its cell of the square table of labels, laid out in a row."""
    size = len(columns.labels)
    cells = (columns.numbers[:, 0] * size + columns.numbers[:, 1]).astype(int)
    return np.asarray(np.eye(size * size)[cells], dtype=np.float64)


def _kappa(sums: Floats) -> Floats:
    size = round(sums.shape[-1] ** 0.5)
    table = sums.reshape(*sums.shape[:-1], size, size)
    whole = table.sum(axis=(-2, -1))
    seen = np.trace(table, axis1=-2, axis2=-1) / whole
    by_chance = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1) / whole**2
    # Rounded: where all chose one label, what is left over is a digit of the machine, not a doubt.
    return divided(np.round(seen - by_chance, 12), np.round(1 - by_chance, 12))


cohen_kappa = Metric("cohen_kappa", _cells, _kappa, undefined="both gave every conversation the same one label")
"""Cohen's kappa of pairs of labels: (p_o - p_e) / (1 - p_e), with p_o the share of pairs that are equal and p_e the share that
would be if each person drew from their own labels at random. 1 is perfect, 0 is chance.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1), 37-46.
"""
