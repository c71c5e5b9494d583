"""Joins vectors into one, and what two legs of a search found into one order. Pure."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from knowledge.ports import Vectors


def blended(parts: Iterable[tuple[float, Vectors]]) -> Vectors:
    """Return the weighted sum of vectors (or of rows of vectors), each brought back to length one.

    The cosine to a sum is the weighted sum of the cosines to its parts: a question is compared with a passage, its
    title and its article at the price of one.
    """
    total = sum((weight * np.asarray(part, dtype=np.float32) for weight, part in parts), start=np.float32(0))
    lengths = np.linalg.norm(total, axis=-1, keepdims=True)
    return np.asarray(total / np.where(lengths > 0.0, lengths, 1.0), dtype=np.float32)


def weighted(legs: Sequence[tuple[float, Mapping[str, float]]]) -> dict[str, float]:
    """Return for each name the weighted sum of its scores, best first; a leg that lacks a name gives it its least."""
    names = dict.fromkeys(name for _, leg in legs for name in leg)
    scores = dict.fromkeys(names, 0.0)
    for weight, leg in legs:
        least = min(leg.values(), default=0.0)
        for name in names:
            scores[name] += weight * leg.get(name, least)
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))
