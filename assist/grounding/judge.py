"""From signs to one number: how likely a statement is not supported, taught by examples that ship.

A logistic regression whose weights cannot be negative: no sign ever speaks for a statement, so that nobody can talk the
gate into trust. Its weights stand in `weights.json` and are made by `scripts/teach_gate.py`. Boosted trees with the same restriction
(scikit-learn, monotonic) told worse. Sentence embeddings were tried as
a further sign: whole sentences told one or two more of a hundred false statements, single words (alone or in their sentence) none, since
what is false in a statement is a word or two. That is not worth a model's time for each statement.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from assist.grounding.signs import NAMES, Signs

WEIGHTS: Final = "weights.json"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judge:
    """Weighs signs; `weights` are in the order of `NAMES`."""

    weights: Floats
    bias: float

    @classmethod
    def shipped(cls) -> Self:
        """Return the judge that ships; ValueError where its weights are not those of the signs there are."""
        told = json.loads((files("assist.grounding") / WEIGHTS).read_text(encoding="utf-8"))
        weights: Mapping[str, float] = told["weights"]
        if set(weights) != set(NAMES):
            other = ", ".join(sorted(set(weights) ^ set(NAMES)))
            message = f"{WEIGHTS} and the signs differ in {other}; make it anew: python scripts/teach_gate.py"
            raise ValueError(message)
        return cls(np.array([weights[name] for name in NAMES]), float(told["bias"]))

    def doubt(self, signs: Signs) -> float:
        """Return how likely the statement is not supported, from 0 to 1."""
        return float(1.0 / (1.0 + np.exp(-(signs @ self.weights + self.bias))))
