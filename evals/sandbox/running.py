"""Runs every conversation under both configurations, one after the other in the same thread, several conversations at once."""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from evals.cases import Dataset, LabelledCase
from evals.errors import DataMissing
from evals.failures import counted
from evals.log import CaseEntry, LogWriter
from evals.production import Analysis, Production
from evals.runner import Run, Tick, Totals, case_entry, dataset_entry, package_versions
from evals.sandbox.differences import Difference, differences
from evals.sandbox.log import (
    Configuration,
    Pair,
    SandboxClosing,
    SandboxHeader,
    SandboxLog,
    pairs_in,
    read,
    read_header,
)
from evals.scorers import Scorer
from evals.tasks import Task, handoffs

_AHEAD: Final = 2


@dataclass(frozen=True, slots=True)
class Arm:
    """One configuration, and how the service under it is built."""

    configuration: Configuration
    production: Production


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sandbox run needs; `models` is False where models are left out on purpose."""

    dataset: Dataset
    live: Arm
    candidate: Arm
    models: bool = True
    workers: int = 2


def sandbox(plan: Plan, path: Path, *, tick: Tick = lambda _: None, resume: bool = False) -> SandboxLog:
    """Write the log of both configurations over all conversations and return it.

    With `resume`, what a broken-off log holds is kept; DataMissing where it is of another run, or finished.
    """
    clock = time.perf_counter()
    header = _header(plan)
    if resume:
        _check_same(path, header)
    task = handoffs(plan.dataset)
    live, candidate = _Bench(task, plan.live), _Bench(task, plan.candidate)
    done: set[str] = set()
    for pair in pairs_in(path) if resume else ():
        live.totals.add(pair.live)
        candidate.totals.add(pair.candidate)
        done.add(pair.case_id)
        tick(pair.case_id)
    writer = LogWriter.again(path) if resume else LogWriter.new(path, header)
    try:
        with counted() as failures:
            live.warm()
            candidate.warm()
            waiting = [case for case in plan.dataset.cases if case.case_id not in done]
            for pair in _pairs(waiting, lambda case: _pair(case, live, candidate), workers=plan.workers):
                writer.write(pair)
                live.totals.add(pair.live)
                candidate.totals.add(pair.candidate)
                tick(pair.case_id)
        seconds = round(time.perf_counter() - clock, 1)
        closings = [bench.totals.closing(seconds=seconds, failures=dict(failures)) for bench in (live, candidate)]
        writer.write(SandboxClosing(seconds=seconds, live=closings[0], candidate=closings[1]))
    finally:
        writer.close()
    return read(path)


class _Bench:
    """One configuration at work."""

    def __init__(self, task: Task, arm: Arm) -> None:
        self.totals = Totals(Run(tasks=[task], production=arm.production, configuration={}))
        self._task = task
        self._production = arm.production
        self._built: tuple[Analysis, Sequence[Scorer]] | None = None

    def warm(self) -> None:
        """Build the service now."""
        analysis = self._production({})
        self._built = analysis, self._task.scorers(analysis)

    def entry(self, case: LabelledCase) -> CaseEntry:
        """Return what this configuration answers."""
        if self._built is None:
            message = "warm() comes first"
            raise RuntimeError(message)
        analysis, scorers = self._built
        return case_entry(self._task, scorers, analysis, case)


def _pair(case: LabelledCase, live: _Bench, candidate: _Bench) -> Pair:
    one, other = live.entry(case), candidate.entry(case)
    found = differences(one.answer, other.answer)
    if one.failure != other.failure:
        broke = Difference(field="packet", before=(_course(one),), after=(_course(other),))
        found = (broke, *found)
    return Pair(case_id=case.case_id, live=one, candidate=other, differences=found)


def _course(entry: CaseEntry) -> str:
    return f"broke: {entry.failure}" if entry.failure else "was made"


def _pairs(cases: Sequence[LabelledCase], work: Callable[[LabelledCase], Pair], *, workers: int) -> Iterator[Pair]:
    """Yield the pairs in order, some ahead of it under way."""
    under_way: deque[Future[Pair]] = deque()
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="sandbox") as pool:
        try:
            for case in cases:
                under_way.append(pool.submit(work, case))
                if len(under_way) >= workers * _AHEAD:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()


def _header(plan: Plan) -> SandboxHeader:
    if plan.live.configuration.fingerprint == plan.candidate.configuration.fingerprint:
        message = f"candidate {plan.candidate.configuration.name!r} is the configuration in force; change something in it first"
        raise DataMissing(message)
    return SandboxHeader(
        started_at=datetime.now(UTC),
        live=plan.live.configuration,
        candidate=plan.candidate.configuration,
        models=plan.models,
        packages=dict(package_versions()),
        dataset=dataset_entry(plan.dataset),
    )


def _check_same(path: Path, header: SandboxHeader) -> None:
    before = read_header(path)
    for name in ("live", "candidate", "dataset", "packages", "models"):
        if getattr(before, name) != getattr(header, name):
            message = f"{path} is of another run: its {name} differs; start anew with another --out"
            raise DataMissing(message)
    try:
        read(path)
    except DataMissing:
        return
    message = f"{path} is finished; there is nothing to take up again"
    raise DataMissing(message)
