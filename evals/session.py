"""One run as a person sees it: what is left out, a progress bar, the tables, and where the log is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evals.cases import Dataset, labelled_file
from evals.errors import DataMissing
from evals.log import EvalLog
from evals.production import Configured, Production
from evals.report import confusion_tables, error_table, quality_table, yardstick_table
from evals.runner import Run, cases_of, run
from evals.tasks import SHIPPED, SUITES, Task, handoffs, shipped, suite


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure: `suites` empty means all for which `data` is given, and the shipped cases.

    `model` names language models, `replay` a folder of recorded replies, `record` one to write them to; `resume` is a log that was
    broken off.
    """

    data: Path | None = None
    suites: Sequence[str] = ()
    out: Path | None = None
    resume: Path | None = None
    by_domain: bool = False
    workers: int = 2
    model: str | None = None
    replay: Path | None = None
    record: Path | None = None

    @property
    def production(self) -> Configured:
        """The service as these wishes want it."""
        return Configured(model=self.model, replay=self.replay, record=self.record)

    @property
    def path(self) -> Path:
        """Where the log goes."""
        return self.resume or self.out or Path("var") / "evals" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.jsonl"

    @property
    def configuration(self) -> dict[str, object]:
        """What the log says of how it was run; paths that are this machine's own business stay out of comparisons."""
        return {
            "suites": list(self.suites),
            "data": str(self.data or ""),
            "model": self.model,
            "replay": str(self.replay or ""),
            "seed": 0,
        }


def measure(wanted: Wanted, production: Production, console: Console) -> EvalLog:
    """Run the suites, print what they found, write the log; DataMissing where a suite has no such name."""
    tasks, missing = _tasks(wanted)
    for sentence in missing:
        console.print(sentence, style="yellow", markup=False, highlight=False)
    plan = Run(
        tasks=tasks,
        production=production,
        configuration=wanted.configuration,
        missing=missing,
        by_domain=wanted.by_domain,
        workers=wanted.workers,
    )
    path = wanted.path
    with _bar(console) as progress:
        bar = progress.add_task("loading models", total=cases_of(tasks))

        def tick(name: str) -> None:
            progress.update(bar, advance=1, description=name)

        log = run(plan, path, tick=tick, resume=wanted.resume is not None)
    _show(log, console)
    console.print(
        f"{log.closing.cases} conversations in {log.closing.seconds:.0f} s. Log: {path}",
        highlight=False,
        soft_wrap=True,
    )
    console.print(f"A page to read: assist evals report {path}", highlight=False, soft_wrap=True)
    return log


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


def _tasks(wanted: Wanted) -> tuple[list[Task], list[str]]:
    """The tasks of the suites asked for, and a sentence for each whose data is not there."""
    if wanted.data and wanted.data.is_file():
        return [handoffs(Dataset(name=wanted.data.stem, cases=labelled_file(wanted.data)))], []
    names = wanted.suites or ((SHIPPED, *SUITES) if wanted.data else (SHIPPED,))
    unknown = [name for name in names if name not in (SHIPPED, *SUITES)]
    if unknown:
        message = f"{unknown[0]!r} is not a suite; there are {', '.join((SHIPPED, *SUITES))}"
        raise DataMissing(message)
    found: list[Task] = []
    missing: list[str] = []
    for name in names:
        if name == SHIPPED:
            found += shipped()
            continue
        try:
            found += suite(name, _folder(wanted.data))
        except DataMissing as exc:
            missing.append(f"Suite {name} is left out: {exc}.")
    if not found:
        missing.append("The labelled conversations that ship with the project are used instead.")
        found = shipped()
    elif wanted.data is None:
        missing.append("No --data folder was given: only the labelled conversations that ship are used.")
    return found, missing


def _folder(data: Path | None) -> Path:
    if data is None:
        message = "no --data folder was given"
        raise DataMissing(message)
    return data


def _show(log: EvalLog, console: Console) -> None:
    console.print(quality_table(log))
    console.print(error_table(log))
    if log.closing.yardstick:
        console.print(yardstick_table(log))
    for table in confusion_tables(log):
        console.print(table)
    for sentence, count in log.closing.failures.items():
        console.print(f"{count} times: {sentence}", style="bold red", markup=False)
    failed = [case for case in log.cases() if case.failure]
    if failed:
        text = f"{len(failed)} cases failed; the first is {failed[0].case_id}: {failed[0].failure}"
        console.print(text, style="bold red", markup=False)
