"""Runs tasks through the production code: every case asked, scored and logged, whatever breaks on the way.

Cases run in threads: embedding and numpy let go of the interpreter's lock, so does waiting for a language model, and a second
process would load the models a second time, for a gigabyte of memory. A conversation costs some 0.3 s of processor time without
a language model, two thirds of it in the service.
"""

import importlib.metadata
import logging
import platform
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from assist.analysis.pipeline import Reading
from evals.cases import Dataset, LabelledCase
from evals.errors import DataMissing
from evals.failures import counted
from evals.gathered import Gathered
from evals.judges.asking import FOLDER as JUDGES
from evals.log import (
    CaseEntry,
    Closing,
    DatasetEntry,
    EvalLog,
    Header,
    LogWriter,
    cases_in,
    is_finished,
    read,
    read_header,
)
from evals.mistakes import Mistakes
from evals.production import Analysis, Production
from evals.reliability import corrected, yardstick
from evals.results import confusions, curves, rows, slice_rows
from evals.scorers import Scorer
from evals.slices import slices_of
from evals.tasks import Task
from prompts import locked
from prompts.template import FOLDER as PROMPTS

_log = logging.getLogger(__name__)
_PACKAGES: Final = ("handoff-assist", "sentence-transformers", "torch", "scikit-learn", "chromadb", "numpy", "litellm")
_AHEAD: Final = 2  # cases under way or done for each thread, at most

Tick = Callable[[str], None]
"""Called after each case, with the task's name."""
_FIELDS: Final = (
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
    "sections",
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a run needs: the tasks, the code under test, and what to note beside the results."""

    tasks: Sequence[Task]
    production: Production
    configuration: Mapping[str, Any]
    missing: Sequence[str] = ()
    by_domain: bool = False
    workers: int = 2


def run(plan: Run, path: Path, *, tick: Tick = lambda _: None, resume: bool = False) -> EvalLog:
    """Write the log of all tasks and return it. A case on which the code fails is logged as failed, and the run goes on.

    With `resume`, what a broken-off log holds is kept and the rest is run; DataMissing where it is of another run.
    """
    clock = time.perf_counter()
    analysis = plan.production({domain.name: domain for task in plan.tasks for domain in task.dataset.domains})
    header = _header(plan, analysis)
    totals = Totals(plan)
    if resume:
        _check_same(path, header)
        for entry in cases_in(path):
            totals.add(entry)
            tick(entry.task)
    writer = LogWriter.again(path) if resume else LogWriter.new(path, header)
    try:
        with counted() as failures:
            for task in plan.tasks:
                for entry in _entries(task, analysis, workers=plan.workers, done=totals.done):
                    writer.write(entry)
                    totals.add(entry)
                    tick(task.name)
        writer.write(totals.closing(seconds=round(time.perf_counter() - clock, 1), failures=dict(failures)))
    finally:
        writer.close()
    return read(path)


class Totals:
    """All that is kept of the cases while a run goes on."""

    def __init__(self, plan: Run) -> None:
        self._plan = plan
        self._telling = {task.name for task in plan.tasks if task.telling}
        self._gathered = Gathered()
        self._mistakes = Mistakes()
        self.done: set[tuple[str, str]] = set()

    def add(self, entry: CaseEntry) -> None:
        """Take one case."""
        self.done.add((entry.task, entry.case_id))
        self._gathered.add(entry)
        if entry.task in self._telling:
            self._mistakes.add(entry)

    def closing(self, *, seconds: float, failures: Mapping[str, int]) -> Closing:
        """Return what is computed from all cases."""
        tasks, gathered = self._plan.tasks, self._gathered
        checkers = tuple(yardstick([task.name for task in tasks], gathered))
        plain = [row for task in tasks for row in rows(task, gathered, by_domain=self._plan.by_domain)]
        by_slice = [row for task in tasks for row in slice_rows(task, gathered)]
        return Closing(
            seconds=seconds,
            cases=len(self.done),
            rows=tuple(corrected(plain, checkers)),
            slices=tuple(corrected(by_slice, checkers)),
            yardstick=checkers,
            confusions=dict(confusions(tasks, gathered)),
            curves=dict(curves(tasks, gathered)),
            errors=self._mistakes.worst(),
            missing=tuple(self._plan.missing),
            failures=failures,
        )


def _entries(task: Task, analysis: Analysis, *, workers: int, done: set[tuple[str, str]]) -> Iterator[CaseEntry]:
    """Yield the cases in their order, some ahead of it under way, so that a long set needs no more memory than a short one."""
    scorers = task.scorers(analysis)
    waiting = (case for case in task.dataset.cases if (task.name, case.case_id) not in done)
    under_way: deque[Future[CaseEntry]] = deque()
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="evals") as pool:
        try:
            for case in waiting:
                under_way.append(pool.submit(case_entry, task, scorers, analysis, case))
                if len(under_way) >= workers * _AHEAD:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()


def case_entry(task: Task, scorers: Sequence[Scorer], analysis: Analysis, case: LabelledCase) -> CaseEntry:
    """Return what was answered on a case, with its scores; `failure` says how the service broke, if it did."""
    clock, answer, scores, failure = time.perf_counter(), None, [], None
    seconds = 0.0
    try:
        answer = task.ask(analysis, case)
        seconds = time.perf_counter() - clock
        scores = [score for scorer in scorers for score in scorer(case, answer)]
    except Exception as exc:  # noqa: BLE001 -- one broken case must not cost the other thousand
        _log.exception("a case failed", extra={"case": case.case_id})
        failure = f"{type(exc).__name__}: {exc}"
    return CaseEntry(
        task=task.name,
        case_id=case.case_id,
        group=case.group or case.case_id,
        domain=case.domain,
        language=case.language,
        slices=slices_of(case, answer),
        seconds=round(seconds, 4),
        failure=failure,
        turns=tuple(turn.model_dump(mode="json", exclude_none=True) for turn in case.turns),
        expected=case.labels.model_dump(mode="json", exclude_none=True),
        answer=_plain(answer),
        scores=tuple(scores),
    )


def _plain(answer: object) -> dict[str, Any]:
    """The answer as JSON values: the fields of a case that were filled, or the list that a task answers with."""
    if isinstance(answer, Reading):
        sources = {name: _json(source) for name, source in answer.provenance.items()}
        return {**_plain(answer.case), "provenance": sources}
    if isinstance(answer, list | tuple):
        return {"found": [item.model_dump(mode="json") for item in answer if isinstance(item, BaseModel)]}
    return {name: _json(getattr(answer, name)) for name in _FIELDS if hasattr(answer, name)}


def _json(value: object) -> Any:  # noqa: ANN401 -- JSON is any
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    return [_json(item) for item in value] if isinstance(value, list | tuple) else value


def _header(plan: Run, analysis: Analysis) -> Header:
    return Header(
        started_at=datetime.now(UTC),
        configuration=plan.configuration,
        packages=dict(package_versions()),
        prompts={name: digest[:16] for folder in (PROMPTS, JUDGES) for name, digest in locked(folder).items()},
        articles=analysis.articles,
        datasets=tuple(dataset_entry(task.dataset) for task in plan.tasks),
    )


def dataset_entry(dataset: Dataset) -> DatasetEntry:
    """Return what a log says of a set of cases."""
    return DatasetEntry(name=dataset.name, cases=len(dataset.cases), checksum=dataset.checksum, licence=dataset.licence)


def _check_same(path: Path, header: Header) -> None:
    if path.suffix == ".gz":
        message = f"{path} is compressed; only a plain log can be taken up again"
        raise DataMissing(message)
    before = read_header(path)
    for name in ("configuration", "packages", "prompts", "articles", "datasets"):
        if getattr(before, name) != getattr(header, name):
            message = f"{path} is of another run: its {name} differ; start anew with --out"
            raise DataMissing(message)
    if is_finished(path):
        message = f"{path} is finished; read it with `assist evals report {path}`"
        raise DataMissing(message)


def package_versions() -> Iterator[tuple[str, str]]:
    """Yield the packages that a result may depend on, with their versions."""
    yield "python", platform.python_version()
    for name in _PACKAGES:
        try:
            yield name, importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue


def cases_of(tasks: Iterable[Task]) -> int:
    """Return how many cases there are to ask."""
    return sum(len(task.dataset.cases) for task in tasks)
