"""From signs to one number: how likely a statement is not supported, taught by examples that ship.

A logistic regression whose weights cannot be negative: no sign ever speaks for a statement, so that nobody can talk the
gate into trust. Sentence embeddings were tried as a further sign, whole sentences and single words, and changed nothing
on labelled conversations: what is false in a statement is a word or two, and its vector hardly moves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assist.grounding.claim import Claim
from assist.grounding.examples import Example
from assist.grounding.signs import NAMES, Signs, measured

_PENALTY: Final = 1e-4
_STEPS: Final = 4_000
_RATE: Final = 1.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs signs; `weights` are in the order of `NAMES`."""

    weights: Floats
    bias: float

    def doubt(self, signs: Signs) -> float:
        """Return how likely the statement is not supported, from 0 to 1."""
        return float(1.0 / (1.0 + np.exp(-(signs @ self.weights + self.bias))))


def taught(examples: Sequence[Example]) -> Judge:
    """Return a judge taught by examples; always the same one by the same examples."""
    rows = np.stack([measured(Claim(e.text, e.turns, e.evidence)) for e in examples])
    return fitted(rows, np.array([float(not e.supported) for e in examples]))


def fitted(rows: Floats, wanted: Floats) -> Judge:
    """Return the judge that tells rows of 1 from rows of 0, by a fixed number of steps of gradient descent."""
    weights, bias = np.zeros(len(NAMES)), 0.0
    for _ in range(_STEPS):
        missed = 1.0 / (1.0 + np.exp(-(rows @ weights + bias))) - wanted
        weights = np.maximum(0.0, weights - _RATE * (rows.T @ missed / len(rows) + _PENALTY * weights))
        bias -= _RATE * float(missed.mean())
    return Judge(weights, bias)
