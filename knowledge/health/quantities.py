"""The amounts, durations, dates and counts of a sentence, in one unit each: "two weeks" and "14 days" are the same.

Working days are no days, and stay by themselves. A number inside an id or a code counts for nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.health.report import Differing

_WORDS: Final = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
} | {
    word: 10 * number
    for number, word in enumerate(["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=3)
}
_NUMBER: Final = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{'|'.join(_WORDS)}))"
_HOURS: Final = {"second": 1 / 3600, "minute": 1 / 60, "hour": 1, "day": 24, "week": 168, "month": 730, "year": 8760}
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)

_KINDS: Final = tuple(
    (kind, re.compile(pattern, re.IGNORECASE | re.VERBOSE))
    for kind, pattern in (
        (Differing.DATE, r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)\b"),
        (Differing.DATE, rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year>(?:19|20)\d\d))?"),
        (Differing.DATE, rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+(?P<year>(?:19|20)\d\d))?"),
        (Differing.AMOUNT, rf"(?P<unit>[$€£]|\b(?:USD|EUR|GBP|CHF))\s?{_NUMBER}(?P<thousand>k\b)?"),
        (Differing.AMOUNT, rf"(?<![\w.]){_NUMBER}\s?(?P<unit>[€£]|(?:dollars?|euros?|pounds?|francs?|USD|EUR|GBP|CHF|cents?)\b)"),
        (Differing.PERCENTAGE, rf"(?<![\w.]){_NUMBER}\s?(?P<unit>%|per\s?cent\b)"),
        (
            Differing.DURATION,
            (rf"(?<![\w.]){_NUMBER}[\s-]+(?:(?:calendar|full|whole|consecutive|more|other)\s+)?(?P<working>(?:business|working|banking)[\s-]+)?"
            r"(?P<unit>second|minute|hour|day|week|month|year)s?\b"),
        ),
        (Differing.NUMBER, rf"(?<![\w.#/-]){_NUMBER}\s+(?P<unit>(?-i:[a-z]{{3,}}))\b(?![./#-]\w)"),
    )
)  # fmt: skip
_CURRENCIES: Final = {
    "$": "usd",
    "dollar": "usd",
    "€": "eur",
    "euro": "eur",
    "£": "gbp",
    "pound": "gbp",
    "franc": "chf",
}
_NO_UNITS: Final = frozenset({"and", "for", "from", "the", "with", "are", "was", "per", "each", "than", "when", "one"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity with its place in the sentence; only those of the same `unit` can be compared."""

    kind: Differing
    unit: str
    value: str
    start: int
    end: int


def quantities(sentence: str) -> tuple[Quantity, ...]:
    """Return the quantities of a sentence, in order; each character belongs to one at most."""
    found: list[Quantity] = []
    for quantity in _read(sentence):
        if all(quantity.end <= other.start or quantity.start >= other.end for other in found):
            found.append(quantity)
    return tuple(sorted(found, key=lambda each: each.start))


def _read(sentence: str) -> Iterator[Quantity]:
    for kind, pattern in _KINDS:
        for match in pattern.finditer(sentence):
            place = (match.start(), match.end())
            if kind is Differing.DATE:
                month = match["month"].lower()
                number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
                yield Quantity(kind, "date", f"{number:02}-{int(match['day']):02}", *place)
                continue
            value, unit = _value(match["number"]), match["unit"].lower()
            if kind is Differing.DURATION:
                is_working = match["working"] is not None
                value = value if is_working else value * _HOURS[unit]
                unit = f"working {unit}" if is_working else "hours"
            elif kind is Differing.AMOUNT:
                value *= 0.01 if unit.startswith("cent") else 1000 if match.groupdict().get("thousand") else 1
                unit = "usd" if unit.startswith("cent") else _CURRENCIES.get(unit.rstrip("s"), unit)
            elif kind is Differing.PERCENTAGE:
                unit = "%"
            elif unit in _NO_UNITS:
                continue
            yield Quantity(kind, unit.rstrip("s") if kind is Differing.NUMBER else unit, f"{value:.6g}", *place)


def _value(number: str) -> float:
    return float(_WORDS.get(number.lower(), 0) or number.replace(",", ""))
