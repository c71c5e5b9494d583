"""How far each automatic checker can be trusted, and what its error does to the scores it makes.

The share that a checker accepts is not the share that is true. With the rates measured on labelled statements, the true share
follows (Rogan and Gladen 1978): (accepted + specificity - 1) / (sensitivity + specificity - 1), cut to 0 and 1. It holds as
far as the labelled statements are like those of the summaries. A checker at chance or worse tells nothing: its scores are taken
out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from evals.errors import EvalsError
from evals.gathered import Gathered
from evals.log import CheckerEntry, Row
from evals.metrics import Columns, balanced_accuracy, interval, rate_of
from evals.scorers import checker_of, passed_measure

CHANCE: Final = 0.5
_LEAST: Final = 5  # statements of each kind, below which nothing is said of a slice


def yardstick(tasks: Iterable[str], gathered: Gathered) -> Iterator[CheckerEntry]:
    """Yield how often each checker is right, on all labelled statements and by slice."""
    measured = [(task, score, name) for task, score in gathered.scores() if (name := checker_of(score)) is not None]
    for task, score, checker in measured:
        if task not in tasks:
            continue
        for part in (None, *gathered.slices(task)):
            columns = gathered.columns(task, score, part=part)
            entry = _entry(task, checker, part, columns)
            if entry is not None:
                yield entry


def _entry(task: str, checker: str, part: str | None, columns: Columns) -> CheckerEntry | None:
    is_true = columns.numbers[:, 0] == columns.label("true")
    true, false = int(np.count_nonzero(is_true)), int(np.count_nonzero(~is_true))
    if min(true, false) < _LEAST:
        return None
    try:
        balanced = balanced_accuracy.of(columns)
        low, high = interval(columns, balanced_accuracy)
        accepted = rate_of("true", "accepted").of(columns)
        rejected = rate_of("false", "rejected").of(columns)
    except EvalsError:
        return None
    return CheckerEntry(
        task=task,
        checker=checker,
        part=part,
        true=true,
        false=false,
        true_accepted=accepted,
        false_rejected=rejected,
        balanced=balanced,
        low=low,
        high=high,
        standing="not used" if balanced <= CHANCE else "unproven" if low <= CHANCE else "used",
    )


def corrected(rows: Sequence[Row], checkers: Sequence[CheckerEntry]) -> Iterator[Row]:
    """Yield the rows, those that a checker made with its error taken out, or with no value where it is not used."""
    known = {(entry.task, passed_measure(entry.checker), entry.part): entry for entry in checkers}
    for row in rows:
        checker = known.get((row.task, row.score, row.part)) or known.get((row.task, row.score, None))
        yield row if checker is None or row.value is None else _judged(row, checker)


def _judged(row: Row, checker: CheckerEntry) -> Row:
    if checker.standing == "not used":
        where = f" on {checker.part}" if checker.part else ""
        why = f"not used: the {checker.checker} is right in {checker.balanced:.0%}{where}, no better than chance"
        return row.model_copy(update={"value": None, "low": None, "high": None, "met": None, "why": why})
    youden = checker.true_accepted + checker.false_rejected - 1
    value = ((row.value or 0.0) + checker.false_rejected - 1) / youden
    return row.model_copy(update={"corrected": min(1.0, max(0.0, value))})


def standings(checkers: Iterable[CheckerEntry]) -> Mapping[tuple[str, str | None], str]:
    """Return how each checker stands, by name and slice."""
    return {(entry.checker, entry.part): entry.standing for entry in checkers}
