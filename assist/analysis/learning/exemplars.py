"""A small linear classifier on sentence embeddings, taught by the example sentences that ship with the service.

Each label gets its own yes-or-no answer, since a turn may do several things at once. Training is a fixed number of
full-batch steps on a few hundred rows: well under a second, and the same on every start.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from assist.analysis.case import Vectors
from knowledge import Embedder

_STEPS: Final = 400
_RATE: Final = 4.0
_PENALTY: Final = 2e-4

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Labels with their weights, the last row the bias; `probabilities` answers for many vectors at once."""

    labels: tuple[str, ...]
    weights: Weights

    def probabilities(self, vectors: Vectors) -> Vectors:
        """Return one row per vector and one column per label, each from 0 to 1; all 0 for a vector of zeros."""
        scores = vectors @ self.weights[:-1] + self.weights[-1]
        answered: Vectors = (1.0 / (1.0 + np.exp(-scores))).astype(np.float32)
        answered[~vectors.any(axis=1)] = 0.0
        return answered


def shipped_examples(name: str) -> dict[str, list[str]]:
    """Return the example sentences of a file in `assist/analysis/examples`, by label."""
    text = (files("assist.analysis") / "examples" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.safe_load(text)
    return loaded


def trained(examples: Mapping[str, Sequence[str]], embedder: Embedder) -> LinearModel:
    """Return a model taught by the examples; a sentence under two labels teaches both."""
    labels = tuple(examples)
    texts = list(dict.fromkeys(text for listed in examples.values() for text in listed))
    rows = embedder.embed(texts).astype(np.float64)
    wanted = np.array([[text in set(examples[label]) for label in labels] for text in texts], dtype=np.float64)
    # A label with few examples must not lose to the many sentences that are not it.
    share = wanted.mean(axis=0)
    balance = np.where(wanted > 0, 0.5 / np.maximum(share, 1e-6), 0.5 / np.maximum(1.0 - share, 1e-6))
    balance = np.minimum(balance, 4.0)
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.zeros((rows.shape[1], len(labels)))
    for _ in range(_STEPS):
        answered = 1.0 / (1.0 + np.exp(-(rows @ weights)))
        slope = rows.T @ ((answered - wanted) * balance) / len(rows)
        slope[:-1] += _PENALTY * weights[:-1]
        weights -= _RATE * slope
    return LinearModel(labels, weights.astype(np.float32))
