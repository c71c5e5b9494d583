"""From labelled signs to weights: how the judge of the grounding gate is taught, and how it does on what it has not seen."""

import hashlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assist.grounding.judge import Judge

Floats = NDArray[np.float64]
_PENALTY: Final = (
    3e-5  # a sign that is seldom there must be able to weigh much: of 3e-6 to 3e-3 the best on conversations not seen
)
_FOLDS: Final = 10


def fitted(rows: Floats, wanted: Floats) -> Judge:
    """Return the judge that tells rows of 1 from rows of 0, both as heavy: a logistic regression without negative weights."""
    heaviness = np.where(wanted == 1, 0.5 / wanted.mean(), 0.5 / (1 - wanted).mean())

    def loss(point: Floats) -> tuple[float, Floats]:
        weights, score = point[:-1], rows @ point[:-1] + point[-1]
        missed = heaviness * (1.0 / (1.0 + np.exp(-score)) - wanted) / len(rows)
        value = float(
            (heaviness * (np.logaddexp(0.0, score) - wanted * score)).mean() + _PENALTY / 2 * weights @ weights
        )
        return value, np.append(rows.T @ missed + _PENALTY * weights, missed.sum())

    count = rows.shape[1]
    bounds = [(0.0, None)] * count + [(None, None)]
    found = minimize(loss, np.zeros(count + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return Judge(found.x[:-1], float(found.x[-1]))


def unseen(rows: Floats, wanted: Floats, conversations: Sequence[str]) -> Floats:
    """Return the doubt of each row, judged by weights taught without its conversation (ten folds)."""
    fold = np.array([int(hashlib.sha256(name.encode()).hexdigest(), 16) % _FOLDS for name in conversations])
    doubt = np.zeros(len(fold))
    for number in range(_FOLDS):
        judge = fitted(rows[fold != number], wanted[fold != number])
        doubt[fold == number] = [judge.doubt(row) for row in rows[fold == number]]
    return doubt
