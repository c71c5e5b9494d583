"""The log of a run: its only artefact, from which every report is made."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import DataMissing
from evals.scorers import Score

SCHEMA = 1


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class DatasetEntry(_Entry):
    """What was measured on: enough to see whether another run measured the same."""

    name: str
    cases: int
    checksum: str
    licence: str = ""


class CaseEntry(_Entry):
    """One case: what went in, what was expected, what came out, and its scores; `failure` where nothing came out."""

    task: str
    case_id: str
    group: str
    domain: str | None = None
    language: str | None = None
    seconds: float = 0.0
    failure: str | None = None
    turns: tuple[dict[str, Any], ...] = ()
    expected: Mapping[str, Any] = Field(default_factory=dict)
    answer: Mapping[str, Any] = Field(default_factory=dict)
    scores: tuple[Score, ...] = ()


class Row(_Entry):
    """One line of the table. `value` is None where the measure is not defined; `why` then says so."""

    task: str
    data: str
    field: str
    name: str
    form: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int
    aim: float | None = None
    at_most: bool = False
    met: bool | None = None
    why: str | None = None


class ErrorKind(_Entry):
    """Mistakes that one change would mend, with an example."""

    kind: str
    count: int
    weight: float
    case_id: str
    example: str


class EvalLog(_Entry):
    """A whole run; `missing` says what was left out, `failures` counts what broke inside the service."""

    schema_number: int = SCHEMA
    started_at: datetime
    seconds: float
    configuration: Mapping[str, Any] = Field(default_factory=dict)
    packages: Mapping[str, str] = Field(default_factory=dict)
    datasets: tuple[DatasetEntry, ...] = ()
    rows: tuple[Row, ...] = ()
    confusions: Mapping[str, Mapping[str, Mapping[str, int]]] = Field(default_factory=dict)
    errors: tuple[ErrorKind, ...] = ()
    missing: tuple[str, ...] = ()
    failures: Mapping[str, int] = Field(default_factory=dict)
    cases: tuple[CaseEntry, ...] = ()


def write(log: EvalLog, path: Path) -> None:
    """Write the log as one JSON file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(log.model_dump_json(), encoding="utf-8")
    os.replace(part, path)  # noqa: PTH105 -- the atomic call by its own name


def read(path: Path) -> EvalLog:
    """Return a log; DataMissing where the file is none."""
    try:
        return EvalLog.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError, json.JSONDecodeError) as exc:
        message = f"{path} is not a log of an evaluation run; make one with `assist evals run --out {path}`"
        raise DataMissing(message) from exc
