"""From scored cases to the lines of the table, the matrices and the kinds of errors."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evals.errors import EvalsError
from evals.log import CaseEntry, ErrorKind, Row
from evals.metrics import Record, bootstrap, confusion
from evals.tasks import Measure, Task

WORST = 10
_UNBOUNDED = ("count",)  # a count of errors has no interval by resampling: none seen is not none possible


def rows(task: Task, entries: Sequence[CaseEntry], *, by_domain: bool = False) -> Iterator[Row]:
    """Yield a line for each measure of the task, and with `by_domain` one more for each domain."""
    mine = [entry for entry in entries if entry.task == task.name]
    for measure in task.measures:
        yield _row(task, measure, mine, data=task.dataset.name)
        if by_domain:
            for domain in sorted({entry.domain for entry in mine if entry.domain}):
                part = [entry for entry in mine if entry.domain == domain]
                yield _row(task, measure, part, data=f"{task.dataset.name}: {domain}")


def _row(task: Task, measure: Measure, entries: Iterable[CaseEntry], *, data: str) -> Row:
    groups = list(_groups(entries, measure.score).values())
    records = [record for group in groups for record in group]
    aim = measure.aim
    value = low = high = why = None
    try:
        value = measure.metric(records)
        if measure.form not in _UNBOUNDED:
            low, high = bootstrap(groups, measure.metric)
    except EvalsError as exc:
        why = str(exc)
    return Row(
        task=task.name,
        data=data,
        field=measure.field,
        name=measure.name,
        form=measure.form,
        value=value,
        low=low,
        high=high,
        n=len(groups),
        aim=aim.bound if aim else None,
        at_most=bool(aim and aim.at_most),
        met=aim.met(value) if aim and value is not None else None,
        why=why,
    )


def _groups(entries: Iterable[CaseEntry], score: str) -> dict[str, list[Record]]:
    """The records of a score by conversation; conversations that were not scored are left out."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for entry in entries:
        for found in entry.scores:
            if found.measure == score and found.unscored is None:
                groups[entry.group].extend(found.records)
    return dict(groups)


def confusions(tasks: Sequence[Task], entries: Sequence[CaseEntry]) -> Iterator[tuple[str, dict[str, dict[str, int]]]]:
    """Yield the matrices that the tasks ask for, by name."""
    for task in tasks:
        for score in task.confusion:
            mine = [entry for entry in entries if entry.task == task.name]
            pairs: list[Any] = [record for group in _groups(mine, score).values() for record in group]
            if pairs:
                yield f"{score}, {task.dataset.name}", confusion(pairs, labels=task.labels)


def worst(entries: Sequence[CaseEntry], *, most: int = WORST) -> tuple[ErrorKind, ...]:
    """Return the kinds of mistakes that cost most: their number times how bad one is."""
    kinds: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for entry in entries:
        for mistake in (mistake for score in entry.scores for mistake in score.mistakes):
            kinds[mistake.kind].append((mistake.weight, entry.case_id, mistake.detail))
    found = [
        ErrorKind(
            kind=kind,
            count=len(seen),
            weight=sum(weight for weight, _, _ in seen),
            case_id=seen[0][1],
            example=seen[0][2],
        )
        for kind, seen in kinds.items()
    ]
    return tuple(sorted(found, key=lambda kind: (-kind.weight, kind.kind))[:most])
