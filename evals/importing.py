"""Labelled conversations from other tools: a table with one row a turn, or JSON lines with one conversation a line.

A row that cannot be used costs its conversation, since later turns would change their numbers, and no other; each is named with what
to do. `docs/evaluation.md` has the table of columns.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from assist.domain.transcript import Channel
from evals.cases import LabelledCase
from evals.columns import LABELS, TURN, BadCell, cell_of_label, cell_of_turn
from evals.errors import DataMissing
from evals.soundness import faults

NEEDED: Final = ("conversation_id", "role", "text")
CASE: Final = ("domain", "channel", "language")
_LONGEST_CELL: Final = 10_000_000  # characters; Python's own limit is below a long tool result


class Problem(NamedTuple):
    """A place in the file that cannot be used: line and column, what stands there, what to do."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True, slots=True)
class Imported:
    """What could be read, what could not, and which conversations that costs."""

    cases: tuple[LabelledCase, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Gathering:
    """One conversation of a table while its rows come in."""

    first_line: int
    turns: list[dict[str, Any]] = field(default_factory=list)
    head: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    said_at: dict[str, int] = field(default_factory=dict)
    broken: bool = False


def imported(path: Path, *, encoding: str = "utf-8-sig") -> Imported:
    """Return the conversations of a .csv or .jsonl file; DataMissing where nothing of it can be read at all."""
    try:
        text = path.read_text(encoding)
    except UnicodeDecodeError as exc:
        message = f"{path} is no {exc.encoding} text at byte {exc.start}; save it as UTF-8, or name its --encoding, such as cp1252"
        raise DataMissing(message) from exc
    except (OSError, LookupError) as exc:
        message = f"{path} cannot be read: {exc}"
        raise DataMissing(message) from exc
    if path.suffix.lower() in {".csv", ".tsv"}:
        return _table(path, text)
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        return _lines(path, text)
    message = f"{path} ends in {path.suffix or 'nothing'!r}; give a .csv, .tsv or .jsonl file"
    raise DataMissing(message)


def _table(path: Path, text: str) -> Imported:
    csv.field_size_limit(_LONGEST_CELL)
    head = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    columns = [name.strip().lower() for name in next(rows, [])]
    _check_columns(path, columns)
    problems: list[Problem] = []
    talks: dict[str, _Gathering] = {}
    for line, cells in _rows(path, rows, problems):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            problems.append(
                Problem(
                    f"line {line}",
                    f"{len(cells)} cells, the head has {len(columns)}; quote texts that hold the delimiter",
                )
            )
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        name = row.get("conversation_id", "")
        if not name:
            problems.append(Problem(f"line {line}, column conversation_id", "it is empty; give the conversation's id"))
            continue
        talk = talks.setdefault(name, _Gathering(line))
        talk.broken = talk.broken or len(cells) != len(columns)
        _take(talk, row, line, problems)
    return _finished(((name, talk) for name, talk in talks.items()), problems)


def _rows(path: Path, rows: Any, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 -- csv names no type
    """Yield each row with the line it begins on."""
    while True:
        line = rows.line_num + 1
        try:
            yield line, next(rows)
        except StopIteration:
            return
        except csv.Error as exc:
            problems.append(
                Problem(f"line {line}", f"{path.name} is no table from here on ({exc}); look for an open quote")
            )
            return


def _check_columns(path: Path, columns: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        message = f"{path} has no column {', '.join(missing)}; it has {', '.join(columns) or 'none'}, and needs {', '.join(NEEDED)}"
        raise DataMissing(message)
    unknown = [name for name in columns if name not in (*NEEDED, *TURN, *CASE, *LABELS)]
    if unknown:
        known = ", ".join((*NEEDED, *TURN, *CASE, *LABELS))
        message = f"{path} has a column {unknown[0]!r} that is not known; rename it or take it out. Known are {known}"
        raise DataMissing(message)
    twice = [name for name in columns if columns.count(name) > 1]
    if twice:
        message = f"{path} has the column {twice[0]!r} twice; take one out"
        raise DataMissing(message)


def _take(talk: _Gathering, row: Mapping[str, str], line: int, problems: list[Problem]) -> None:
    """Add a row to its conversation; what cannot be used breaks the conversation."""
    try:
        talk.turns.append(cell_of_turn(row))
    except BadCell as exc:
        talk.broken = True
        problems.append(Problem(f"line {line}, column {exc.column}", str(exc)))
    for name in (*CASE, *LABELS):
        value = row.get(name, "")
        if not value:
            continue
        into = talk.head if name in CASE else talk.labels
        if into.setdefault(name, value) != value:
            talk.broken = True
            before = f"{into[name]!r} on line {talk.said_at[name]}"
            problems.append(
                Problem(f"line {line}, column {name}", f"{value!r}, but {before}; say it once a conversation")
            )
        talk.said_at.setdefault(name, line)


def _finished(talks: Iterator[tuple[str, _Gathering]], problems: list[Problem]) -> Imported:
    cases: list[LabelledCase] = []
    left_out: list[str] = []
    for name, talk in talks:
        case = _case(name, talk, problems)
        if case is None or talk.broken:
            left_out.append(name)
        else:
            cases.append(case)
    return Imported(tuple(cases), tuple(problems), tuple(left_out))


def _case(name: str, talk: _Gathering, problems: list[Problem]) -> LabelledCase | None:
    labels: dict[str, Any] = {}
    before = len(problems)
    for column, text in talk.labels.items():
        try:
            cell_of_label(labels, column, text)
        except BadCell as exc:
            problems.append(Problem(f"line {talk.said_at[column]}, column {column}", str(exc)))
    channel = talk.head.get("channel")
    if channel is not None and channel not in {each.value for each in Channel}:
        known = ", ".join(each.value for each in Channel)
        problems.append(
            Problem(
                f"line {talk.said_at['channel']}, column channel", f"{channel!r} is not on the list; use one of {known}"
            )
        )
    if len(problems) > before or not talk.turns:
        return None
    return _checked(
        {"case_id": name, **talk.head, "turns": talk.turns, "labels": labels}, f"line {talk.first_line}", problems
    )


def _lines(path: Path, text: str) -> Imported:
    problems: list[Problem] = []
    cases: dict[str, LabelledCase] = {}
    left_out: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            found = json.loads(line)
        except ValueError as exc:
            problems.append(Problem(place, f"it is no JSON ({exc}); write one conversation a line"))
            left_out.append(place)
            continue
        name = _named(found) or f"{path.stem}, {place}"
        case = _checked({**found, "case_id": name} if isinstance(found, dict) else found, place, problems)
        if case is not None and name in cases:
            problems.append(Problem(place, f"{name!r} comes twice; give each conversation an id of its own"))
            case = None
        if case is None:
            left_out.append(name)
        else:
            cases[name] = case
    return Imported(tuple(cases.values()), tuple(problems), tuple(left_out))


def _named(found: object) -> str | None:
    if not isinstance(found, dict):
        return None
    name = found.get("case_id") or found.get("conversation_id")
    return name if isinstance(name, str) else None


def _checked(found: object, place: str, problems: list[Problem]) -> LabelledCase | None:
    """Return the case; None, and every fault noted, where it cannot be used."""
    try:
        case = LabelledCase.model_validate(found)
    except ValidationError as exc:
        errors = exc.errors()
        within = {error["loc"][0] for error in errors if len(error["loc"]) > 1}
        for error in errors:
            if len(error["loc"]) == 1 and error["loc"][0] in within:
                continue  # only says again that something in it is wrong
            where = ".".join(map(str, error["loc"])) or "the top"
            problems.append(Problem(f"{place}, at {where}", f"{error['msg']} (got {error['input']!r:.60})"))
        return None
    wrong = faults(case)
    problems += [Problem(f"{place}, at labels.{fault.place}", fault.text) for fault in wrong]
    return None if wrong else case
