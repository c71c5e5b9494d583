"""The two stretches of time that are held against each other, or a log in place of the earlier one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from evals.errors import DataMissing
from evals.log import CaseEntry, cases_in, read_header
from evals.metrics import Amount, Pair
from evals.watching.drift import Sample
from evals.watching.features import Features

CURRENT: Final = timedelta(days=7)
REFERENCE: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` on, and before `until`, in UTC."""

    since: datetime
    until: datetime

    @property
    def name(self) -> str:
        """Its bounds, fit to show."""
        return f"{self.since:%Y-%m-%d %H:%M} to {self.until:%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True, slots=True)
class Windows:
    """What is looked at, and what it is held against: a stretch of time, or the log of a run."""

    now: Window
    before: Window | Path

    @property
    def whole(self) -> Window:
        """Both stretches of time together, where they are two that meet; else the one looked at."""
        before = self.before
        if isinstance(before, Window) and before.until == self.now.since:
            return Window(before.since, self.now.until)
        return self.now


def windows(
    now: datetime, *, since: str | None = None, until: str | None = None, against: str | None = None
) -> Windows:
    """Return the windows that texts name: dates such as 2026-11-01 or times with a zone; `against` is FROM..TO or a log.

    The last 7 days, and the 28 days before them, where nothing is named. DataMissing says what cannot be used.
    """
    end = moment(until, "--to", is_end=True) if until else now
    start = moment(since, "--from") if since else end - CURRENT
    current = _window(start, end)
    if against is None:
        return Windows(current, Window(start - REFERENCE, start))
    first, dots, last = against.partition("..")
    if dots:
        return Windows(current, _window(moment(first, "--against"), moment(last, "--against", is_end=True)))
    path = Path(against)
    if not path.is_file():
        message = f"--against is {against!r}; give two dates such as 2026-10-01..2026-10-28, or the log of a run"
        raise DataMissing(message)
    return Windows(current, path)


def logged(path: Path) -> Sample:
    """Return the packets of a run as a window; one without answers, as the baseline is, keeps what its scores say."""
    header = read_header(path)
    return Sample(
        name=f"the run of {header.started_at:%Y-%m-%d %H:%M} UTC ({path.name})",
        features=tuple(_features(entry) for entry in _handoffs(path)),
    )


def _handoffs(path: Path) -> Iterator[CaseEntry]:
    for entry in cases_in(path):
        if entry.failure is None and any(score.measure == "unsupported_statements" for score in entry.scores):
            yield entry


def _features(entry: CaseEntry) -> Features:
    pairs = {
        score.measure: score.records[0].guess
        for score in entry.scores
        if len(score.records) == 1 and isinstance(score.records[0], Pair)
    }
    amounts = {
        score.measure: score.records[0].value
        for score in entry.scores
        if len(score.records) == 1 and isinstance(score.records[0], Amount)
    }
    answer: dict[str, Any] = dict(entry.answer)
    lines = (answer.get("summary") or {}).get("lines")
    labels = {
        "intent": _label(answer, "intent", "label") or pairs.get("intent"),
        "sentiment": _label(answer, "sentiment", "label") or pairs.get("sentiment"),
        "verification": _label(answer, "verification", "status") or pairs.get("verification"),
        "escalation": _label(answer, "escalation", "reason") or pairs.get("escalation"),
    }
    words = amounts.get("summary_words")
    return Features(
        domain=entry.domain or entry.slices.get("domain", "none"),
        language=(entry.slices.get("language") or entry.language or "unknown").partition("-")[0],
        channel=entry.slices.get("channel", "unknown"),
        words=None if words is None else round(words),
        checks=None if lines is None else {"unsupported": round(amounts.get("unsupported_statements", 0))},
        statements=len(lines or ()),
        **labels,
    )


def _label(answer: dict[str, Any], field: str, name: str) -> str | None:
    found = answer.get(field)
    return str(found[name]) if isinstance(found, dict) and name in found else None


def _window(since: datetime, until: datetime) -> Window:
    if since >= until:
        message = (
            f"the window begins at {since:%Y-%m-%d %H:%M} and ends at {until:%Y-%m-%d %H:%M} UTC; let it end later"
        )
        raise DataMissing(message)
    return Window(since, until)


def moment(text: str, name: str, *, is_end: bool = False) -> datetime:
    """Return a time in UTC; a date alone is its beginning, or its end where it ends a window."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as exc:
        message = f"{name} is {text!r}; give a date such as 2026-11-01, or a time such as 2026-11-01T09:30Z"
        raise DataMissing(message) from exc
    if len(text.strip()) <= len("2026-11-01"):
        return datetime.combine(found.date(), time(tzinfo=UTC)) + timedelta(days=int(is_end))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
