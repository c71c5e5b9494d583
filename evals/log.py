"""The log of a run: its only artefact, from which every report is made.

JSON lines: a header, a line a case as soon as it is done, and a closing line with all that was computed. So a run that is broken
off loses nothing and can be taken up again, and neither writing nor reading holds more than one case. `.gz` is understood.
"""

import gzip
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, Self, TextIO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import DataMissing
from evals.scorers import Score

SCHEMA: Final = 2
_CASE: Final = '{"kind":"case"'


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class DatasetEntry(_Entry):
    """What was measured on: enough to see whether another run measured the same."""

    name: str
    cases: int
    checksum: str
    licence: str = ""


class Header(_Entry):
    """What was run: settings, versions of packages, prompts and articles, and the data."""

    kind: Literal["header"] = "header"
    schema_number: int = SCHEMA
    started_at: datetime
    configuration: Mapping[str, Any] = Field(default_factory=dict)
    packages: Mapping[str, str] = Field(default_factory=dict)
    prompts: Mapping[str, str] = Field(default_factory=dict)
    articles: Mapping[str, str] = Field(default_factory=dict)
    datasets: tuple[DatasetEntry, ...] = ()


class CaseEntry(_Entry):
    """One case: what went in, what was expected, what came out, and its scores; `failure` where nothing came out.

    `slices` says to which groups of cases it belongs, such as `language` → `de`.
    """

    kind: Literal["case"] = "case"
    task: str
    case_id: str
    group: str
    domain: str | None = None
    language: str | None = None
    slices: Mapping[str, str] = Field(default_factory=dict)
    seconds: float = 0.0
    failure: str | None = None
    turns: tuple[dict[str, Any], ...] = ()
    expected: Mapping[str, Any] = Field(default_factory=dict)
    answer: Mapping[str, Any] = Field(default_factory=dict)
    scores: tuple[Score, ...] = ()

    @property
    def weight(self) -> float:
        """How bad its mistakes are together."""
        return sum(mistake.weight for score in self.scores for mistake in score.mistakes)


class Row(_Entry):
    """One line of the table. `value` is None where the measure is not defined; `why` then says so.

    `part` names the slice it is of; where `lower`, less is better. `corrected` is the value with the checker's own error taken out, where a checker made it.
    """

    task: str
    data: str
    field: str
    name: str
    form: str
    score: str = ""
    metric: str = ""
    part: str | None = None
    value: float | None
    low: float | None = None
    high: float | None = None
    corrected: float | None = None
    n: int
    aim: float | None = None
    at_most: bool = False
    lower: bool = False
    met: bool | None = None
    why: str | None = None


class ErrorKind(_Entry):
    """Mistakes that one change would mend, with an example, and what that change may be."""

    kind: str
    count: int
    weight: float
    case_id: str
    example: str
    remedy: str = ""


class CheckerEntry(_Entry):
    """How often a checker is right, on so many true and false statements; `part` names the slice.

    `standing` is `used`, `unproven` (its interval reaches chance) or `not used` (at chance or worse).
    """

    task: str
    checker: str
    part: str | None = None
    true: int
    false: int
    true_accepted: float
    false_rejected: float
    balanced: float
    low: float
    high: float
    standing: Literal["used", "unproven", "not used"]


class CurvePoint(_Entry):
    """Cases of like confidence, and the share of them that is right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


class Closing(_Entry):
    """What was computed from the cases; `missing` says what was left out, `failures` counts what broke in the service."""

    kind: Literal["closing"] = "closing"
    seconds: float
    cases: int
    rows: tuple[Row, ...] = ()
    slices: tuple[Row, ...] = ()
    yardstick: tuple[CheckerEntry, ...] = ()
    confusions: Mapping[str, Mapping[str, Mapping[str, int]]] = Field(default_factory=dict)
    curves: Mapping[str, tuple[CurvePoint, ...]] = Field(default_factory=dict)
    errors: tuple[ErrorKind, ...] = ()
    missing: tuple[str, ...] = ()
    failures: Mapping[str, int] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvalLog:
    """A whole run, its cases still in the file."""

    path: Path
    header: Header
    closing: Closing

    @property
    def started_at(self) -> datetime:
        """When the run began."""
        return self.header.started_at

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines of the table, without slices."""
        return self.closing.rows

    def cases(self) -> Iterator[CaseEntry]:
        """Yield the cases one by one, as they stand in the file."""
        yield from cases_in(self.path)


class LogWriter:
    """Writes a log line by line; what was written stays, whatever happens next."""

    def __init__(self, path: Path, out: TextIO) -> None:
        self._path = path
        self._out = out

    @classmethod
    def new(cls, path: Path, header: BaseModel) -> Self:
        """Return a writer of a new log, the header written."""
        path.parent.mkdir(parents=True, exist_ok=True)
        made = cls(path, opened(path, "w"))
        made.write(header)
        return made

    @classmethod
    def again(cls, path: Path) -> Self:
        """Return a writer that goes on with a log that was broken off; a line without its end is cut away."""
        text = path.read_bytes()
        whole = text[: text.rfind(b"\n") + 1]
        if len(whole) < len(text):
            path.write_bytes(whole)
        return cls(path, path.open("a", encoding="utf-8"))

    def write(self, entry: BaseModel) -> None:
        """Write one entry."""
        self._out.write(entry.model_dump_json(exclude_defaults=False) + "\n")
        self._out.flush()

    def close(self) -> None:
        """Close the file."""
        self._out.close()


def read(path: Path) -> EvalLog:
    """Return a finished log; DataMissing where the file is none, or was broken off."""
    header = read_header(path)
    try:
        return EvalLog(path, header, Closing.model_validate_json(_last(path)))
    except ValidationError as exc:
        message = f"{path} was broken off before its end; take it up again with `assist evals run --resume {path}`"
        raise DataMissing(message) from exc


def is_finished(path: Path) -> bool:
    """Say whether a log has its closing line."""
    last = _last(path)
    return last.startswith('{"kind":"closing"') and last.endswith("\n")


def read_header(path: Path) -> Header:
    """Return what was run; DataMissing where the file is no log of this schema."""
    try:
        with opened(path, "r") as lines:
            header = Header.model_validate_json(lines.readline())
    except (OSError, ValidationError, json.JSONDecodeError, UnicodeDecodeError) as exc:
        message = f"{path} is not a log of an evaluation run; make one with `assist evals run --out {path}`"
        raise DataMissing(message) from exc
    if header.schema_number != SCHEMA:
        message = f"{path} has schema {header.schema_number}, expected {SCHEMA}; run the evaluation again"
        raise DataMissing(message)
    return header


def cases_in(path: Path) -> Iterator[CaseEntry]:
    """Yield the cases of a log, finished or not; DataMissing names a line that cannot be read."""
    for number, line in enumerate(_lines(path), start=1):
        if not line.startswith(_CASE):
            continue
        try:
            yield CaseEntry.model_validate_json(line)
        except ValidationError as exc:
            if not line.endswith("\n"):
                return  # broken off while it was written
            message = f"{path} line {number} is no case of an evaluation: {exc.errors()[0]['msg']}"
            raise DataMissing(message) from exc


def opened(path: Path, mode: Literal["r", "w"]) -> TextIO:
    """Open a log as text, compressed where its name ends in .gz."""
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.GzipFile(path, mode), encoding="utf-8")
    return path.open(mode, encoding="utf-8")


def _last(path: Path) -> str:
    last = ""
    for line in _lines(path):
        if not line.startswith(_CASE):
            last = line
    return last


def _lines(path: Path) -> Iterator[str]:
    with opened(path, "r") as lines:
        yield from lines
