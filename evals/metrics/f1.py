"""Precision, recall and their harmonic mean: over labels, and over sets of things found."""

from collections import Counter
from collections.abc import Callable, Sequence

from evals.errors import NothingToScore, Undefined
from evals.metrics.records import Counts, Pair


def macro_f1(records: Sequence[Pair]) -> float:
    """Return the mean F1 over the labels that occur in truth or answers."""
    per_label = f1_by_label(records)
    return sum(per_label.values()) / len(per_label)


def f1_by_label(records: Sequence[Pair]) -> dict[str, float]:
    """Return the F1 of each label that occurs, by name."""
    if not records:
        message = "there is nothing to measure; F1 of no data is not 0"
        raise NothingToScore(message)
    right = Counter(pair.truth for pair in records if pair.truth == pair.guess)
    truth = Counter(pair.truth for pair in records)
    guess = Counter(pair.guess for pair in records)
    return {label: 2 * right[label] / (truth[label] + guess[label]) for label in sorted(truth | guess)}


def f1_of(label: str) -> Callable[[Sequence[Pair]], float]:
    """Return a measure: the F1 of this one label. Undefined where it occurs neither in truth nor in the answers."""

    def measure(records: Sequence[Pair]) -> float:
        found = f1_by_label(records)
        if label not in found:
            message = f"{label!r} occurs neither among labels nor answers"
            raise Undefined(message)
        return found[label]

    return measure


def precision(records: Sequence[Counts]) -> float:
    """Return the share of what was found that is right; Undefined where nothing was found."""
    hits, false, _ = _sums(records)
    return _over(hits, hits + false, "nothing was found")


def recall(records: Sequence[Counts]) -> float:
    """Return the share of what is there that was found; Undefined where nothing is there."""
    hits, _, missed = _sums(records)
    return _over(hits, hits + missed, "there is nothing to find")


def f1(records: Sequence[Counts]) -> float:
    """Return the F1 over all that was found and all that is there, counted together over the cases."""
    hits, false, missed = _sums(records)
    return _over(2 * hits, 2 * hits + false + missed, "nothing was found and nothing is there")


def _sums(records: Sequence[Counts]) -> tuple[int, int, int]:
    if not records:
        message = "there is nothing to measure; F1 of no data is not 0"
        raise NothingToScore(message)
    return sum(r.hits for r in records), sum(r.false for r in records), sum(r.missed for r in records)


def _over(part: float, whole: float, why: str) -> float:
    if not whole:
        raise Undefined(why)
    return part / whole
