"""Runs tasks through the production code: every case asked, scored and logged, whatever breaks on the way."""

import importlib.metadata
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel

from evals.failures import counted
from evals.log import CaseEntry, DatasetEntry, EvalLog
from evals.production import Analysis, Production
from evals.results import confusions, rows, worst
from evals.tasks import Task

_log = logging.getLogger(__name__)
_PACKAGES = ("handoff-assist", "sentence-transformers", "torch", "scikit-learn", "chromadb", "numpy")

Tick = Callable[[str], None]
"""Called before each case, with the task's name."""
_FIELDS = (
    "intent",
    "verification",
    "steps_tried",
    "summary",
    "sentiment",
    "facts",
    "escalation",
    "missing",
    "promises",
    "knowledge",
    "actions",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run needs: the tasks, the code under test, and what to note beside the results."""

    tasks: Sequence[Task]
    production: Production
    configuration: Mapping[str, Any]
    missing: Sequence[str] = ()
    by_domain: bool = False


def run(plan: Run, *, tick: Tick = lambda _: None) -> EvalLog:
    """Return the log of all tasks. A case on which the code fails is logged as failed, and the run goes on."""
    started, clock = datetime.now(UTC), time.perf_counter()
    extra = {domain.name: domain for task in plan.tasks for domain in task.dataset.domains}
    analysis = plan.production(extra)
    with counted() as failures:
        entries = [entry for task in plan.tasks for entry in _entries(task, analysis, tick)]
    telling = {task.name for task in plan.tasks if task.telling}
    return EvalLog(
        started_at=started,
        seconds=round(time.perf_counter() - clock, 1),
        configuration=plan.configuration,
        packages=dict(_versions()),
        datasets=tuple(
            DatasetEntry(
                name=task.dataset.name,
                cases=len(task.dataset.cases),
                checksum=task.dataset.checksum,
                licence=task.dataset.licence,
            )
            for task in plan.tasks
        ),
        rows=tuple(row for task in plan.tasks for row in rows(task, entries, by_domain=plan.by_domain)),
        confusions=dict(confusions(plan.tasks, entries)),
        errors=worst([entry for entry in entries if entry.task in telling]),
        missing=tuple(plan.missing),
        failures=dict(failures),
        cases=tuple(entries),
    )


def _entries(task: Task, analysis: Analysis, tick: Tick) -> Iterator[CaseEntry]:
    scorers = task.scorers(analysis)
    for case in task.dataset.cases:
        tick(task.name)
        clock, answer, scores, failure = time.perf_counter(), None, [], None
        try:
            answer = task.ask(analysis, case)
            scores = [score for scorer in scorers for score in scorer(case, answer)]
        except Exception as exc:  # noqa: BLE001 -- one broken case must not cost the other thousand
            _log.exception("a case failed", extra={"case": case.case_id})
            failure = f"{type(exc).__name__}: {exc}"
        yield CaseEntry(
            task=task.name,
            case_id=case.case_id,
            group=case.group or case.case_id,
            domain=case.domain,
            language=case.language,
            seconds=round(time.perf_counter() - clock, 4),
            failure=failure,
            turns=tuple(turn.model_dump(mode="json", exclude_none=True) for turn in case.turns),
            expected=case.labels.model_dump(mode="json", exclude_none=True),
            answer=_plain(answer),
            scores=tuple(scores),
        )


def _plain(answer: object) -> dict[str, Any]:
    """The answer as JSON values: the fields of a case that were filled, or the list that a task answers with."""
    if isinstance(answer, list | tuple):
        return {"found": [item.model_dump(mode="json") for item in answer if isinstance(item, BaseModel)]}
    return {name: _json(getattr(answer, name)) for name in _FIELDS if hasattr(answer, name)}


def _json(value: object) -> Any:  # noqa: ANN401 -- JSON is any
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return [_json(item) for item in value] if isinstance(value, list | tuple) else value


def _versions() -> Iterator[tuple[str, str]]:
    for name in _PACKAGES:
        try:
            yield name, importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue


def cases_of(tasks: Iterable[Task]) -> int:
    """Return how many cases there are to ask."""
    return sum(len(task.dataset.cases) for task in tasks)
