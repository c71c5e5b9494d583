"""A value that was found, and when two spellings of it are the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_NOISE = re.compile(r"[\s_\-–—,;:.!?\"'“”‘’`*#$€£¥()\[\]]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO_DATE = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:T[\d:.]+Z?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """A value, exactly as it stands in one turn.

    `record` is the id of the back-end record it belongs to, `part` names the entry of a list in it, such as one item.
    """

    name: str
    value: str
    turn: int
    weight: float = 0.0
    record: str = ""
    part: str = ""


def plain(text: str) -> str:
    """Return a text without case, punctuation and thousands separators: "$1,625.00" and "1625.00" become equal."""
    return _NOISE.sub(" ", _THOUSANDS.sub("", text.casefold())).strip()


def spellings(value: str) -> tuple[str, ...]:
    """Return the plain forms under which people speak of a value: a date as it is read aloud, an amount without cents."""
    forms = [plain(value)]
    if date := _ISO_DATE.search(value):
        day, month = int(date["day"]), int(date["month"])
        if 1 <= month <= len(_MONTHS):
            forms += [plain(date[0][:10]), f"{_MONTHS[month - 1]} {day}", f"{day} {_MONTHS[month - 1]}"]
    if re.fullmatch(r"-?\d+\.0+", value):
        forms.append(plain(value.split(".", maxsplit=1)[0]))
    return tuple(dict.fromkeys(form for form in forms if form))


_MONTH_NAMES = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\b"
)
_ORDINALS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")


def speech(text: str) -> str:
    """Return a text in plain form with short months and bare days, to look for spellings in."""
    months_short = _MONTH_NAMES.sub(r"\1", plain(text))
    days_bare = _ORDINALS.sub(r"\1", months_short)
    return f" {days_bare} "


def occurs(value: str, spoken: str) -> bool:
    """Say whether a value stands in a text that `speech` prepared."""
    return any(f" {form} " in spoken for form in spellings(value))


def merged(turns: Iterable[int]) -> tuple[int, ...]:
    """Return turn numbers sorted, each once."""
    return tuple(sorted(set(turns)))
