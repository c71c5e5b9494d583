"""Precision, recall and their harmonic mean: over labels, and over sets of things found."""

from collections.abc import Sequence

import numpy as np

from evals.errors import NothingToScore
from evals.metrics.columns import Columns, Floats
from evals.metrics.metric import Metric, divided, stacked
from evals.metrics.records import Pair


def _by_label(columns: Columns) -> Floats:
    """Right, labelled and answered for each label: three summands a label."""
    codes = np.arange(len(columns.labels))
    truth = columns.numbers[:, :1] == codes
    guess = columns.numbers[:, 1:2] == codes
    return np.concatenate([truth & guess, truth, guess], axis=1).astype(np.float64)


def _f1s(sums: Floats) -> Floats:
    right, truth, guess = np.split(sums, 3, axis=-1)
    return divided(2 * right, truth + guess)


def _mean_f1(sums: Floats) -> Floats:
    found = _f1s(sums)
    there = ~np.isnan(found)
    return divided(np.where(there, found, 0.0).sum(axis=-1), there.sum(axis=-1).astype(float))


macro_f1 = Metric("macro_f1", _by_label, _mean_f1)
"""The mean F1 over the labels that occur in truth or answers."""


def f1_by_label(records: Sequence[Pair]) -> dict[str, float]:
    """Return the F1 of each label that occurs, by name."""
    if not records:
        message = "there is nothing to measure; F1 of no data is not 0"
        raise NothingToScore(message)
    columns = Columns.of(records)
    found = _f1s(_by_label(columns).sum(axis=0))
    return {label: float(value) for label, value in sorted(zip(columns.labels, found, strict=True))}


def f1_of(label: str) -> Metric:
    """Return a measure: the F1 of this one label. Undefined where it occurs neither in truth nor in the answers."""

    def parts(columns: Columns) -> Floats:
        code = columns.label(label)
        truth, guess = columns.numbers[:, 0] == code, columns.numbers[:, 1] == code
        return stacked((truth & guess).astype(float), truth.astype(float), guess.astype(float))

    def value(sums: Floats) -> Floats:
        return divided(2 * sums[..., 0], sums[..., 1] + sums[..., 2])

    return Metric(f"f1_of:{label}", parts, value, undefined=f"{label!r} occurs neither among labels nor answers")


def rate_of(truth: str, guess: str) -> Metric:
    """Return a measure: of what is labelled `truth`, the share that was answered `guess`."""

    def parts(columns: Columns) -> Floats:
        there = columns.numbers[:, 0] == columns.label(truth)
        said = columns.numbers[:, 1] == columns.label(guess)
        return stacked((there & said).astype(float), there.astype(float))

    return Metric(
        f"rate_of:{truth}:{guess}",
        parts,
        lambda sums: divided(sums[..., 0], sums[..., 1]),
        undefined=f"nothing is labelled {truth!r}",
    )


def _balance(columns: Columns) -> Floats:
    true, yes = columns.label("true"), columns.label("accepted")
    is_true, accepted = columns.numbers[:, 0] == true, columns.numbers[:, 1] == yes
    return stacked(
        (is_true & accepted).astype(float),
        is_true.astype(float),
        (~is_true & ~accepted).astype(float),
        (~is_true).astype(float),
    )


balanced_accuracy = Metric(
    "balanced_accuracy",
    _balance,
    lambda sums: (divided(sums[..., 0], sums[..., 1]) + divided(sums[..., 2], sums[..., 3])) / 2,
    undefined="it takes both true and false statements",
)
"""The mean of true statements accepted and false ones rejected: 0.5 is chance, whatever there is more of."""

_counted = lambda c: c.numbers  # noqa: E731 -- one line that three measures share

precision = Metric(
    "precision",
    _counted,
    lambda sums: divided(sums[..., 0], sums[..., 0] + sums[..., 1]),
    undefined="nothing was found",
)
"""The share of what was found that is right."""

recall = Metric(
    "recall",
    _counted,
    lambda sums: divided(sums[..., 0], sums[..., 0] + sums[..., 2]),
    undefined="there is nothing to find",
)
"""The share of what is there that was found."""

f1 = Metric(
    "f1",
    _counted,
    lambda sums: divided(2 * sums[..., 0], 2 * sums[..., 0] + sums[..., 1] + sums[..., 2]),
    undefined="nothing was found and nothing is there",
)
"""The F1 over all that was found and all that is there, counted together over the cases."""
