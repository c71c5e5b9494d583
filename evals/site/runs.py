"""The logs of a folder as runs with a name; what was read of one is kept until its file changes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from assist.errors import NotFound
from evals.errors import DataMissing
from evals.gates import Finding, findings, shipped, thresholds
from evals.log import Row, read, read_header
from evals.promotion import Promotion, promotions
from evals.report import page

_ENDINGS: Final = (".jsonl.gz", ".jsonl")
_HEADLINE: Final = (
    "intent: accuracy",
    "verification: accuracy",
    "facts: recall",
    "steps tried: F1, evidence and outcome",
    "summary: vital nuggets stated",
    "escalation: labelled reason in first two",
)
BASELINE: Final = "baseline"
"""The name of the run that ships, which is always there."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Figure(_Value):
    """One measure of a run, with its 95 % interval; `met` where an aim is set."""

    name: str
    form: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    met: bool | None


class RunOut(_Value):
    """A run: when, on what, with which configuration, and its first figures; `why` where it cannot be read or was broken off."""

    name: str
    started_at: datetime | None = None
    finished: bool = True
    why: str | None = None
    conversations: int = 0
    seconds: float = 0.0
    data: tuple[str, ...] = ()
    configuration: dict[str, Any] = {}
    headline: tuple[Figure, ...] = ()
    dangers: int = 0
    aims: int = 0
    aims_met: int = 0


class GateOut(_Value):
    """What the gates say of a run, held against the baseline that ships."""

    passed: bool
    failed: int
    findings: tuple[Finding, ...]


class Runs:
    """The runs of a folder, and the promotions recorded in another; none at all where None. Reads are blocking.

    Safe to share by threads.
    """

    def __init__(self, folder: Path | None, *, record: Path | None = None) -> None:
        self._folder = folder
        self._record = record
        self._read: dict[tuple[str, int, int], RunOut] = {}
        self._gates: dict[tuple[str, int, int], GateOut] = {}

    def all(self) -> Sequence[RunOut]:
        """Return every run, newest first, the baseline among them; a file that is no log is left out."""
        found = [self._told(name, path) for name, path in self._files().items()]
        return sorted(
            (each for each in found if each is not None),
            key=lambda run: (run.started_at.timestamp() if run.started_at else 0.0, run.name),
            reverse=True,
        )

    def one(self, name: str) -> RunOut:
        """Return a run; NotFound where there is none of that name."""
        found = self._told(name, self.path(name))
        if found is None:
            raise unknown(name)
        return found

    def path(self, name: str) -> Path:
        """Return a run's file: one of the folder's, whatever was asked for."""
        path = self._files().get(name)
        if path is None:
            raise unknown(name)
        return path

    def gate(self, name: str) -> GateOut:
        """Return what the gates say of a finished run, held against the baseline."""
        path = self.path(name)
        mark = _mark(path)
        if mark not in self._gates:
            found = findings(read(path), read(shipped("baseline.jsonl.gz")), thresholds(shipped("gates.yaml")))
            failed = sum(not finding.passed for finding in found)
            self._gates[mark] = GateOut(passed=not failed, failed=failed, findings=found)
        return self._gates[mark]

    def report(self, name: str) -> str:
        """Return the report of a finished run as one page."""
        return page(read(self.path(name)))

    def promotions(self) -> Sequence[Promotion]:
        """Return what went live, newest first; DataMissing where the record was tampered with."""
        return promotions(self._record)[::-1] if self._record else ()

    def _files(self) -> dict[str, Path]:
        if self._folder is None:
            return {}
        found = {BASELINE: shipped("baseline.jsonl.gz")}
        for ending in _ENDINGS:
            for path in sorted(self._folder.glob(f"*{ending}")) if self._folder.is_dir() else ():
                found.setdefault(path.name.removesuffix(ending), path)
        return found

    def _told(self, name: str, path: Path) -> RunOut | None:
        try:
            mark = _mark(path)
            if mark not in self._read:
                self._read[mark] = _run(name, path)
            return self._read[mark]
        except (OSError, DataMissing):
            return None


def _run(name: str, path: Path) -> RunOut:
    header = read_header(path)
    about: dict[str, Any] = {
        "name": name,
        "started_at": header.started_at,
        "data": tuple(f"{entry.name}, {entry.cases} conversations" for entry in header.datasets),
        "configuration": {key: value for key, value in header.configuration.items() if value not in (None, "", [])},
    }
    try:
        log = read(path)
    except DataMissing:
        why = f"{path.name} was broken off before its end; take it up again with `assist evals run --resume` and this file"
        return RunOut(**about, finished=False, why=why)
    whole = [row for row in log.rows if row.part is None]
    aims = [row for row in whole if row.met is not None and row.field != "dangers"]
    return RunOut(
        **about,
        conversations=log.closing.cases,
        seconds=log.closing.seconds,
        headline=tuple(_figure(row) for row in whole if f"{row.field}: {row.name}" in _HEADLINE),
        dangers=round(sum(row.value or 0 for row in whole if row.field == "dangers")),
        aims=len(aims),
        aims_met=sum(bool(row.met) for row in aims),
    )


def _figure(row: Row) -> Figure:
    name = f"{row.field}: {row.name}"
    return Figure(name=name, form=row.form, value=row.value, low=row.low, high=row.high, n=row.n, met=row.met)


def _mark(path: Path) -> tuple[str, int, int]:
    stat = path.stat()
    return str(path), stat.st_mtime_ns, stat.st_size


def unknown(name: str) -> NotFound:
    """Return the error that there is no run of this name."""
    return NotFound(f"there is no run {name!r}; GET /v1/quality/runs lists what there is")
