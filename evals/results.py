"""From gathered records to the lines of the table, the matrices and the curves."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from evals.errors import EvalsError
from evals.gathered import Gathered
from evals.log import CurvePoint, Row
from evals.metrics import Interval, Pair, confusion, curve, interval, wilson
from evals.metrics.columns import Columns
from evals.tasks import Measure, Task

_UNBOUNDED = ("count",)  # a count of errors has no interval by resampling: none seen is not none possible
_UNUSED = ("effort", "dangers")  # fields that are not taken apart by slice


def rows(task: Task, gathered: Gathered, *, by_domain: bool = False) -> Iterator[Row]:
    """Yield a line for each measure of the task, and with `by_domain` one more for each domain."""
    domains = [part for part in gathered.slices(task.name, least=1) if part.startswith("domain: ")] if by_domain else []
    for measure in task.measures:
        yield _row(task, measure, gathered)
        for part in domains:
            yield _row(task, measure, gathered, part=part)


def slice_rows(task: Task, gathered: Gathered) -> Iterator[Row]:
    """Yield a line for each measure that has an interval, and each slice of the task's conversations."""
    for part in gathered.slices(task.name):
        for measure in task.measures:
            if measure.form not in _UNBOUNDED and measure.field not in (*_UNUSED, "yardstick"):
                row = _row(task, measure, gathered, part=part)
                if row.value is not None:
                    yield row


def _row(task: Task, measure: Measure, gathered: Gathered, *, part: str | None = None) -> Row:
    columns = gathered.columns(task.name, measure.score, part=part)
    aim, value, low, high, why = measure.aim, None, None, None, None
    try:
        value = measure.metric.of(columns)
        if measure.form not in _UNBOUNDED:
            low, high = _interval(columns, measure, value)
    except EvalsError as exc:
        why = str(exc)
    return Row(
        task=task.name,
        data=f"{task.dataset.name}: {part.partition(': ')[2]}" if part else task.dataset.name,
        field=measure.field,
        name=measure.name,
        form=measure.form,
        score=measure.score,
        metric=measure.metric.name,
        part=part,
        value=value,
        low=low,
        high=high,
        n=len(np.unique(columns.units)),
        aim=aim.bound if aim else None,
        at_most=bool(aim and aim.at_most),
        lower=measure.lower,
        met=aim.met(value) if aim and value is not None and part is None else None,
        why=why,
    )


def _interval(columns: Columns, measure: Measure, value: float) -> Interval:
    """Where all or none are right, drawing them again shows no doubt, though few say little: then the score interval."""
    found = interval(columns, measure.metric)
    units = len(np.unique(columns.units))
    if measure.form == "share" and found.low == found.high and value in {0.0, 1.0}:
        return wilson(round(value * units), units)
    return found


def confusions(tasks: Sequence[Task], gathered: Gathered) -> Iterator[tuple[str, Mapping[str, Mapping[str, int]]]]:
    """Yield the matrices that the tasks ask for, by name."""
    for task in tasks:
        for score in task.confusion:
            pairs = _pairs(gathered.columns(task.name, score))
            if pairs:
                yield f"{score}, {task.dataset.name}", confusion(pairs, labels=task.labels.get(score, ()))


def curves(tasks: Sequence[Task], gathered: Gathered) -> Iterator[tuple[str, tuple[CurvePoint, ...]]]:
    """Yield the calibration curves that the tasks ask for, by name."""
    for task in tasks:
        columns = gathered.columns(task.name, task.curve) if task.curve else None
        if columns is not None and len(columns):
            yield f"intent, {task.dataset.name}", tuple(CurvePoint(**each._asdict()) for each in curve(columns))


def _pairs(columns: Columns) -> list[Pair]:
    labels = columns.labels
    return [Pair(truth=labels[int(a)], guess=labels[int(b)]) for a, b, _ in columns.numbers]
