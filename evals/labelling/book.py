"""One person's labels of a set of conversations, kept so that nothing is lost whatever ends the program.

Finished conversations stand in the file that the person named, in the format that `assist evals run` reads. What is begun or skipped
stands in a file beside it. Both are replaced whole (written apart, then renamed), at each change.
"""

import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from evals.agreement.labellers import labeller_of
from evals.cases import FileCases, LabelledCase, Labels
from evals.errors import DataMissing
from evals.soundness import Fault, faults

Raw = Mapping[str, Any]
"""Labels as they stand in JSON, with gaps where nobody has answered yet."""


class State(StrEnum):
    """How far a conversation is."""

    NEW = "new"
    BEGUN = "begun"  # also: changed after it was done
    SKIPPED = "skipped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation to label. `answers` are two people's labels that differ in the fields `open`, `begin` what is filled in before."""

    case: LabelledCase
    begin: Raw = field(default_factory=dict)
    answers: tuple[Raw, ...] = ()
    open: tuple[str, ...] = ()
    labellers: tuple[str, ...] = ()


class Progress(NamedTuple):
    """How many conversations are done and skipped, of how many."""

    done: int
    skipped: int
    whole: int


class Book:
    """The labels of one person. Safe to share by threads; one process writes a file."""

    def __init__(
        self,
        entries: Sequence[Entry],
        out: Path,
        *,
        labeller: str,
        begin: Callable[[LabelledCase], Raw] | None = None,
    ) -> None:
        self.entries = tuple(entries)
        self.labeller = labeller
        self.prefills = begin is not None
        self._begin = begin
        self._out = out
        self._aside = out.with_name(f"{out.name}.begun.json")
        self._places = {entry.case.case_id: entry for entry in self.entries}
        self._lock = threading.Lock()
        self._done = self._read_done()
        self._begun = self._read_begun()

    def state(self, case_id: str) -> State:
        """Return how far a conversation is."""
        if case_id in self._begun:
            return State(self._begun[case_id]["state"])
        return State.DONE if case_id in self._done else State.NEW

    @property
    def progress(self) -> Progress:
        """How far the whole is; a conversation that is done and was changed again is still done."""
        done = sum(entry.case.case_id in self._done for entry in self.entries)
        skipped = sum(self.state(entry.case.case_id) is State.SKIPPED for entry in self.entries)
        return Progress(done, skipped, len(self.entries))

    def labels(self, case_id: str) -> dict[str, Any]:
        """Return `labels`, `domain` and `prefilled` as they are now: begun, done, or what is filled in before. May block."""
        if case_id in self._begun:
            return {name: self._begun[case_id][name] for name in ("labels", "domain", "prefilled")}
        if case_id in self._done:
            row = self._done[case_id]
            beside = row.model_extra or {}
            labels = row.labels.model_dump(mode="json", exclude_none=True)
            return {"labels": labels, "domain": row.domain, "prefilled": bool(beside.get("prefilled"))}
        entry = self._places[case_id]
        begin = self._begin(entry.case) if self._begin else entry.begin
        return {"labels": dict(begin), "domain": entry.case.domain, "prefilled": self._begin is not None}

    def keep(self, case_id: str, labels: Raw, *, domain: str | None, prefilled: bool, skipped: bool = False) -> None:
        """Keep what is filled in so far."""
        with self._lock:
            self._begun[case_id] = {
                "state": State.SKIPPED if skipped else State.BEGUN,
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "domain": domain,
                "prefilled": prefilled,
                "labels": labels,
            }
            self._write_begun()

    def finish(self, case_id: str, labels: Raw, *, domain: str | None, prefilled: bool) -> tuple[Fault, ...]:
        """Keep the labels as done; where they cannot be right they are kept as begun, and what is wrong is returned."""
        self.keep(case_id, labels, domain=domain, prefilled=prefilled)
        entry = self._places[case_id]
        try:
            case = entry.case.model_copy(update={"labels": Labels.model_validate(_answered(labels)), "domain": domain})
        except ValidationError as exc:
            return tuple(Fault(".".join(map(str, error["loc"])), error["msg"]) for error in exc.errors())
        wrong = faults(case)
        if wrong:
            return wrong
        beside: dict[str, Any] = {
            "labeller": self.labeller,
            "labelled_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "prefilled": prefilled,
        }
        if entry.labellers:
            beside |= {"labellers": list(entry.labellers), "settled": list(entry.open)}
        with self._lock:
            self._done[case_id] = LabelledCase.model_validate({**dict(case), **beside})
            self._write_done()
            del self._begun[case_id]
            self._write_begun()
        return ()

    def _read_done(self) -> dict[str, LabelledCase]:
        if not self._out.exists():
            return {}
        found = {}
        for case in FileCases(self._out):
            if (case.model_extra or {}).get("open"):
                continue  # of a merge: not settled yet
            other = labeller_of(case)
            settles = bool((case.model_extra or {}).get("labellers"))
            if other not in {None, self.labeller} and not settles:
                message = (
                    f"{self._out} holds labels of {other!r}; give {self.labeller!r} a file of their own with --out"
                )
                raise DataMissing(message)
            found[case.case_id] = case
        return found

    def _read_begun(self) -> dict[str, dict[str, Any]]:
        try:
            found = json.loads(self._aside.read_text("utf-8"))
            return {str(case_id): dict(each) for case_id, each in found["cases"].items() if each["state"] in set(State)}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as exc:
            message = f"{self._aside} is damaged ({exc!r}); move it away: what is done stands in {self._out.name}"
            raise DataMissing(message) from exc

    def _write_begun(self) -> None:
        replaced(
            self._aside, json.dumps({"labeller": self.labeller, "cases": self._begun}, ensure_ascii=False, indent=1)
        )

    def _write_done(self) -> None:
        write_cases(
            self._out, [case for case in self._done.values() if case.case_id not in self._places] + self._mine()
        )

    def _mine(self) -> list[LabelledCase]:
        return [self._done[e.case.case_id] for e in self.entries if e.case.case_id in self._done]


def write_cases(path: Path, cases: Sequence[LabelledCase]) -> None:
    """Write labelled conversations, one a line, all or nothing."""
    lines = [json.dumps(case.model_dump(mode="json", exclude_none=True), ensure_ascii=False) for case in cases]
    replaced(path, "".join(line + "\n" for line in lines))


def replaced(path: Path, text: str) -> None:
    """Write a file so that whatever happens either the old or the new one is there whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name(f"{path.name}.part")
    with passing.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    passing.replace(path)


def _answered(labels: Raw) -> dict[str, Any]:
    """Without what nobody answered: a verification without its status, a mood or a reason without a word."""
    found = {name: value for name, value in labels.items() if value is not None and value != ""}
    if isinstance(checked := found.get("verification"), Mapping) and not checked.get("status"):
        del found["verification"]
    for name in ("sentiment", "escalation"):
        if isinstance(part := found.get(name), Mapping):
            kept = {key: value for key, value in part.items() if value is not None}
            found[name] = kept
            if not any(value != [] for value in kept.values()):
                del found[name]
    return found
