"""The log of a sandbox run: its only artefact. JSON lines: a header, a line a conversation with both packets, a closing line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import DataMissing
from evals.log import CaseEntry, Closing, DatasetEntry, EvalLog, Header
from evals.sandbox.differences import Difference

SCHEMA: Final = 1
_PAIR: Final = '{"kind":"pair"'
Which = Literal["live", "candidate"]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True)


class Configuration(_Entry):
    """What was run: `fingerprint` is a digest over all of `parts`, `file` the candidate's file."""

    name: str
    file: str | None = None
    fingerprint: str
    parts: Mapping[str, str]


class SandboxHeader(_Entry):
    """Both configurations, the conversations, and how they were run; `models` is False where models were left out on purpose."""

    kind: Literal["sandbox"] = "sandbox"
    schema_number: int = SCHEMA
    started_at: datetime
    live: Configuration
    candidate: Configuration
    models: bool
    packages: Mapping[str, str] = Field(default_factory=dict)
    dataset: DatasetEntry

    @property
    def changed(self) -> tuple[str, ...]:
        """The parts in which the two configurations differ."""
        one, other = self.live.parts, self.candidate.parts
        return tuple(name for name in {**one, **other} if one.get(name) != other.get(name))


class Pair(_Entry):
    """One conversation under both configurations."""

    kind: Literal["pair"] = "pair"
    case_id: str
    live: CaseEntry
    candidate: CaseEntry
    differences: tuple[Difference, ...]


class SandboxClosing(_Entry):
    """What was computed of either side."""

    kind: Literal["closing"] = "closing"
    seconds: float
    live: Closing
    candidate: Closing


class SandboxLog(_Entry):
    """A whole run, its conversations still in the file."""

    path: Path
    header: SandboxHeader
    closing: SandboxClosing

    def pairs(self) -> Iterator[Pair]:
        """Yield the conversations one by one, as they stand in the file."""
        return pairs_in(self.path)

    def side(self, which: Which) -> "Side":
        """Return one side as the log of a run, for everything that is made from such a log."""
        configuration = getattr(self.header, which)
        header = Header(
            started_at=self.header.started_at,
            configuration=configuration.parts,
            packages=self.header.packages,
            datasets=(self.header.dataset,),
        )
        return Side(self.path, header, getattr(self.closing, which), which)


@dataclass(frozen=True, slots=True)
class Side(EvalLog):
    """One configuration's part of a sandbox run."""

    which: Which

    def cases(self) -> Iterator[CaseEntry]:
        """Yield this configuration's answers one by one."""
        for pair in pairs_in(self.path):
            yield getattr(pair, self.which)


def read(path: Path) -> SandboxLog:
    """Return a finished log; DataMissing where the file is none, or was broken off."""
    header = read_header(path)
    last = ""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith(_PAIR):
                last = line
    try:
        return SandboxLog(path=path, header=header, closing=SandboxClosing.model_validate_json(last))
    except ValidationError as exc:
        message = f"{path} was broken off before its end; take it up again with the same command and --resume"
        raise DataMissing(message) from exc


def read_header(path: Path) -> SandboxHeader:
    """Return what was run; DataMissing where the file is no log of a sandbox run of this schema."""
    try:
        with path.open(encoding="utf-8") as lines:
            header = SandboxHeader.model_validate_json(lines.readline())
    except (OSError, UnicodeDecodeError, ValidationError) as exc:
        message = f"{path} is not a log of a sandbox run; make one with `assist evals sandbox`"
        raise DataMissing(message) from exc
    if header.schema_number != SCHEMA:
        message = f"{path} has schema {header.schema_number}, expected {SCHEMA}; run the sandbox again"
        raise DataMissing(message)
    return header


def pairs_in(path: Path) -> Iterator[Pair]:
    """Yield the conversations of a log, finished or not; DataMissing names a line that cannot be read."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.startswith(_PAIR):
                continue
            try:
                yield Pair.model_validate_json(line)
            except ValidationError as exc:
                if not line.endswith("\n"):
                    return  # broken off while it was written
                message = f"{path} line {number} is no conversation of a sandbox run: {exc.errors()[0]['msg']}"
                raise DataMissing(message) from exc
