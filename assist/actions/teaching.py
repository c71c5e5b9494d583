"""Weights of signs learnt from points at which it is known what was done next.

A conditional logit (McFadden, 1974): the action taken is more likely than the others at hand by the weighted sum of its signs.
Few points must not overturn what was known before, so that weights are pulled towards those they start from, the harder the less
a sign varies; then all are scaled by one factor so that the shares hold on conversations left out (temperature scaling, Guo et al., 2017).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assist.actions.candidates import Candidate
from assist.actions.signs import SIGNS, Floats
from assist.actions.weights import Weights

_PULL: Final = 10.0
_FOLDS: Final = 5
_FACTORS: Final = np.geomspace(0.25, 1.5, 20)
_LEAST: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Point:
    """One point: a row of signs per possible action, the row of the one taken, and the conversation it belongs to."""

    signs: Floats
    taken: int
    conversation: str


def point_of(candidates: Sequence[Candidate], signs: Floats, taken: str, conversation: str) -> Point | None:
    """Return the point at which an action was taken, None where it was not among the candidates."""
    names = [candidate.action.id for candidate in candidates]
    return Point(signs, names.index(taken), conversation) if taken in names else None


def taught(points: Sequence[Point], *, start: Weights) -> Weights:
    """Return weights that make what was taken as likely as can be; `start` where there is nothing to learn from."""
    conversations = sorted({point.conversation for point in points})
    if not conversations:
        return start
    fold = {name: number % _FOLDS for number, name in enumerate(conversations)}
    left_out = [
        (point, weights)
        for number in range(min(_FOLDS, len(conversations)))
        for weights in [_fitted([point for point in points if fold[point.conversation] != number], start)]
        for point in points
        if fold[point.conversation] == number
    ]
    factor = min(_FACTORS, key=lambda each: sum(_surprise(point, weights * each) for point, weights in left_out))
    row = _fitted(points, start) * factor
    signs = {name: round(float(value), 4) for name, value in zip(SIGNS, row, strict=True) if abs(value) >= _LEAST}
    return Weights(signs=signs, points=len(points))


def _surprise(point: Point, weights: Floats) -> float:
    scores = point.signs @ weights
    return float(np.logaddexp.reduce(scores) - scores[point.taken])


def _fitted(points: Sequence[Point], start: Weights) -> Floats:
    """The weights of least surprise, by L-BFGS."""
    from scipy.optimize import minimize  # noqa: PLC0415 -- heavy, and only needed to teach

    begin = start.row()
    if not points:
        return begin
    every = np.concatenate([point.signs for point in points])
    scale = every.std(axis=0) + _LEAST
    every = every / scale
    counts = np.array([len(point.signs) for point in points])
    firsts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    taken = firsts + np.array([point.taken for point in points])
    anchor = begin * scale

    def loss(weights: Floats) -> tuple[float, NDArray[np.float64]]:
        scores = every @ weights
        highest = np.maximum.reduceat(scores, firsts)
        odds = np.exp(scores - np.repeat(highest, counts))
        sums = np.add.reduceat(odds, firsts)
        away = weights - anchor
        surprise = float((highest + np.log(sums) - scores[taken]).sum() + _PULL * away @ away)
        slope = every.T @ (odds / np.repeat(sums, counts)) - every[taken].sum(axis=0) + 2.0 * _PULL * away
        return surprise, slope

    best: Floats = minimize(loss, anchor, jac=True, method="L-BFGS-B").x / scale
    return best
