"""A labelled conversation, and a set of them. What is not labelled stays None: it is not scored, which is not wrong."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

from pydantic import BaseModel, ConfigDict, Field, SkipValidation, ValidationError

from assist.domain.business import Domain
from assist.domain.transcript import Channel, Role, Transcript, Turn
from evals.errors import DataMissing

UNKNOWN = "unknown"


class _Label(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class VerificationLabel(_Label):
    """What was proven; `failed_before` where the readers know that an attempt failed first."""

    status: str
    turns: tuple[int, ...] = ()
    failed_before: bool | None = None


class StepLabel(_Label):
    """A step that was taken, with its evidence."""

    action: str
    by: str = "bot"
    outcome: str
    turns: tuple[int, ...]


class SentimentLabels(_Label):
    """The customer's mood; `score` where raters gave a number."""

    label: str | None = None
    frustrated: bool | None = None
    trend: str | None = None
    score: float | None = None


class EscalationLabel(_Label):
    """Why a human is needed; `asks_for_human` where that alone is labelled."""

    primary: str | None = None
    secondary: tuple[str, ...] = ()
    asks_for_human: bool | None = None


class FactLabel(_Label):
    """A value that the human will need."""

    name: str
    value: str
    turns: tuple[int, ...] = ()


class Statement(_Label):
    """A statement about the conversation: a nugget (true) or a trap (false)."""

    text: str
    importance: str = "okay"
    turns: tuple[int, ...] = ()


class SpanLabel(_Label):
    """Personal data at `text[start:end]` of a turn, by the labels of the set it comes from."""

    type: str
    start: int
    end: int
    turn: int = 0


class Labels(_Label):
    """What a person said of a conversation; None where nobody labelled it."""

    intent: str | None = None
    other_intents: tuple[str, ...] = ()
    verification: VerificationLabel | None = None
    steps_tried: tuple[StepLabel, ...] | None = None
    sentiment: SentimentLabels | None = None
    escalation: EscalationLabel | None = None
    facts: tuple[FactLabel, ...] | None = None
    nuggets: tuple[Statement, ...] | None = None
    traps: tuple[Statement, ...] | None = None
    reference_summary: str | None = None
    next_actions: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    promises: tuple[str, ...] | None = None
    spans: tuple[SpanLabel, ...] | None = None
    articles: tuple[str, ...] | None = None
    sections: Mapping[str, str] | None = None


class LabelledCase(_Label):
    """A conversation with its labels; `group` keeps together what must not be split when resampling."""

    case_id: str
    domain: str | None = None
    channel: Channel = Channel.CHAT
    language: str | None = None
    turns: tuple[Turn, ...] = Field(min_length=1)
    labels: Labels = Field(default_factory=Labels)
    group: str | None = None

    @property
    def transcript(self) -> Transcript:
        """The conversation as a bot platform would post it; the domain is given by the caller, not by this."""
        return Transcript(
            conversation_id=self.case_id[:200], channel=self.channel, language=self.language, turns=self.turns
        )

    def until(self, *, customer_turns: int) -> "LabelledCase":
        """Return the case cut after that many turns of the customer."""
        seen = 0
        for index, turn in enumerate(self.turns):
            seen += turn.role is Role.CUSTOMER
            if seen == customer_turns:
                return self.model_copy(update={"turns": self.turns[: index + 1]})
        return self


class Dataset(_Label):
    """Cases with their origin; `domains` are lines of business that the service must know to answer them."""

    name: str
    cases: SkipValidation[Sequence[LabelledCase]]
    domains: tuple[Domain, ...] = ()
    licence: str = ""
    note: str = ""

    @property
    def checksum(self) -> str:
        """A SHA-256 over the cases, by which two runs know that they measured the same."""
        digest = hashlib.sha256()
        for case in self.cases:
            digest.update(case.model_dump_json().encode())
        return digest.hexdigest()

    def holding(self, cases: Iterable[LabelledCase], *, name: str | None = None) -> "Dataset":
        """Return the same set with other cases."""
        return self.model_copy(update={"cases": tuple(cases), "name": name or self.name})


class FileCases(Sequence[LabelledCase]):
    """The cases of a JSON-lines file, each read when it is asked for: a long file needs no more memory than a short one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._starts = array("Q")  # where each line begins, in bytes
        self._numbers = array("L")
        at = 0
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    self._starts.append(at)
                    self._numbers.append(number)
                at += len(line)

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[LabelledCase]:
        with self._path.open("rb") as lines:
            for index, start in enumerate(self._starts):
                lines.seek(start)
                yield self._read(lines.readline(), index)

    @overload
    def __getitem__(self, index: int) -> LabelledCase: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LabelledCase]: ...
    def __getitem__(self, index: int | slice) -> LabelledCase | Sequence[LabelledCase]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        with self._path.open("rb") as lines:
            lines.seek(self._starts[index])
            return self._read(lines.readline(), index)

    def _read(self, line: bytes, index: int) -> LabelledCase:
        try:
            return LabelledCase.model_validate_json(line)
        except ValidationError as exc:
            place = ".".join(str(part) for part in exc.errors()[0]["loc"])
            message = f"{self._path.name} line {self._numbers[index]}: {place}: {exc.errors()[0]['msg']}"
            raise DataMissing(message) from exc


def labelled_file(path: Path) -> FileCases:
    """Return the cases of a JSON-lines file, every line checked and none kept; DataMissing names the one that cannot be used."""
    if not path.is_file():
        message = f"{path} is not there; give the file of labelled transcripts"
        raise DataMissing(message)
    cases = FileCases(path)
    seen: set[str] = set()
    for case in cases:
        if case.case_id in seen:
            message = f"{path.name}: case_id {case.case_id!r} comes twice; give each conversation its own"
            raise DataMissing(message)
        seen.add(case.case_id)
    if not seen:
        message = f"{path} holds no case; write one labelled transcript a line"
        raise DataMissing(message)
    return cases


def labelled(path: Path) -> tuple[LabelledCase, ...]:
    """Return the cases of a JSON-lines file; DataMissing names the line that cannot be used."""
    if not path.is_file():
        message = f"{path} is not there; give the file of labelled transcripts"
        raise DataMissing(message)
    return tuple(FileCases(path))


def turn(role: str, text: str, **more: Any) -> Turn:  # noqa: ANN401 -- whatever a set's turn carries beside its text
    """Return a turn from a set's own words."""
    fields: Mapping[str, Any] = {"role": role, "text": text, **more}
    return Turn.model_validate(fields)
