"""Dates and times of day, however they are written: "May 6", "6th of May", "2024-05-06", "06/05/2024"; "7 pm", "19:00"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_NAMES: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
_MONTH_FIRST: Final = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?!:){_YEAR}", re.IGNORECASE)
_DAY_FIRST: Final = re.compile(rf"\b{_DAY}\s*(?:of\s+)?{_MONTH}(?![a-z]){_YEAR}", re.IGNORECASE)
_ISO: Final = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)")
_SLASHED: Final = re.compile(
    r"(?<![\d/.])(?P<a>[0-3]?\d)(?P<s>[/.])(?P<b>[0-3]?\d)(?P=s)(?P<year>(?:19|20)?\d\d)(?![\d/])"
)
_CLOCK: Final = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::\d\d)?(?:\s*(?P<half>[ap])\.?m\b\.?)?(?!\d)",
    re.IGNORECASE,
)
_HOUR: Final = re.compile(r"(?<![\d:.])(?P<hour>1[0-2]|[1-9])\s*(?P<half>[ap])\.?m\b\.?", re.IGNORECASE)
_NAMED: Final = {"noon": 12 * 60, "midnight": 0, "midday": 12 * 60}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month; the year is None where it is not said."""

    month: int
    day: int
    year: int | None = None

    def agrees(self, other: "Day") -> bool:
        """Say whether both can be the same day."""
        same = (self.month, self.day) == (other.month, other.day)
        return same and (self.year is None or other.year is None or self.year == other.year)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it stands in a text; a form such as 04/05/2024 can be read two ways."""

    text: str
    start: int
    end: int
    readings: tuple[Day, ...]

    def agrees(self, other: "Dated") -> bool:
        """Say whether some reading of both is the same day."""
        return any(mine.agrees(theirs) for mine in self.readings for theirs in other.readings)


def dates(text: str) -> list[Dated]:
    """Return the dates of a text that name a day and a month."""
    found: list[Dated] = []
    for match, readings in _read(text):
        possible = tuple(day for day in readings if 1 <= day.month <= 12 and 1 <= day.day <= 31)  # noqa: PLR2004 -- a calendar
        if possible and all(match.end() <= other.start or match.start() >= other.end for other in found):
            found.append(Dated(match[0], match.start(), match.end(), possible))
    return sorted(found, key=lambda one: one.start)


def times(text: str) -> dict[str, frozenset[int]]:
    """Return the times of day in a text, each with the minutes after midnight that it can mean."""
    found: dict[str, frozenset[int]] = {}
    for match in (*_CLOCK.finditer(text), *_HOUR.finditer(text)):
        hour = int(match["hour"])
        minute = int(match.groupdict().get("minute") or 0)
        half = (match["half"] or "").lower()
        if half and hour <= 12:  # noqa: PLR2004 -- a clock
            found[match[0]] = frozenset(((hour % 12 + (12 if half == "p" else 0)) * 60 + minute,))
        else:
            # "9:10" may be said of either half of the day; "14:30" of one only.
            found[match[0]] = frozenset((hour * 60 + minute, *(((hour + 12) * 60 + minute,) if 1 <= hour < 12 else ())))  # noqa: PLR2004 -- a clock
    for word, minutes in _NAMED.items():
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            found[word] = frozenset((minutes,))
    return found


def _read(text: str) -> Iterator[tuple[re.Match[str], list[Day]]]:
    for match in _ISO.finditer(text):
        yield match, [Day(int(match["month"]), int(match["day"]), int(match["year"]))]
    for match in _SLASHED.finditer(text):
        a, b, year = int(match["a"]), int(match["b"]), _full(match["year"])
        yield match, [Day(a, b, year), *([Day(b, a, year)] if a != b else [])]
    for match in (*_MONTH_FIRST.finditer(text), *_DAY_FIRST.finditer(text)):
        month = _NAMES.index(match["month"][:3].lower()) + 1
        yield match, [Day(month, int(match["day"]), int(match["year"]) if match["year"] else None)]


def _full(year: str) -> int:
    number = int(year)
    return number if number > 99 else number + (2000 if number < 50 else 1900)  # noqa: PLR2004 -- a two-digit year
