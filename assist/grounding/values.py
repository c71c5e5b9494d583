"""What must stand in the turns to the letter: ids, addresses, amounts, numbers, dates, times and names, in any spelling."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from assist.grounding.dates import Dated, dates, times
from assist.grounding.numerals import numbers, ordinals_as_digits, plain_number, spelt_as_digits
from assist.grounding.spelling import Run, spelled_out, spells

_CONTACT: Final = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:https?://|www\.)\S+[\w/]|\b[\w-]+\.(?:com|net|org|io|example|info|co)\b(?:/\S*)?"
)
_PLACEHOLDER: Final = re.compile(r"\[[A-Z][A-Z_]*_\d+\]")
_CODE: Final = re.compile(
    r"#?\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z_])(?![12]?\d(?:st|nd|rd|th|am|pm|k)\b)[A-Za-z0-9][\w-]*\w\b"
)
_COMPOUND: Final = re.compile(r"\b\d+(?=-[a-z]{3,}\b)")
_UNDERSCORED: Final = re.compile(r"\b[A-Za-z]\w*_\w+\b")
_NUMBER: Final = re.compile(r"(?<![\w.,-])[$€£]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:st|nd|rd|th)?%?(?![\w])")
_PHONE: Final = re.compile(r"\+?\(?\d[\d ()./-]{7,}\d")
_NAME: Final = re.compile(r"(?<![.!?:“\"'] )(?<!^)(?<![\w-])\b[A-Z][\w'’-]*[a-z][\w'’-]*\b")
_PAIR: Final = re.compile(
    r"(?:^|(?<=[.!?] ))(?!(?:The|A|An|In|On|At|For|By|According|No|Neither|Their|His|Her|They|He|She|It)\b)[A-Z][a-z'’-]+(?= [A-Z][a-z])"
)
_TITLE: Final = re.compile(r"\b(Dr|Mr|Mrs|Ms|Prof|St)\.")
_NOT_NAMES: Final = frozenset(["i", "the", "bot", "customer", "dr", "mr", "mrs", "ms", "pin", "id", "e-mail"])


_COUNTABLE: Final = 12


class Kind(StrEnum):
    """A sort of exact value."""

    CONTACT = "contact"  # e-mail address, link
    PLACEHOLDER = "placeholder"
    CODE = "code"  # letters and digits mixed
    NUMBER = "number"
    COUNT = "count"  # a small number, which a summary may have counted itself
    DATE = "date"
    TIME = "time"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Value:
    """One exact value of a statement, as it stands there."""

    kind: Kind
    text: str


class Source:
    """A text to look values up in."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """The text without case."""
        return self.text.casefold().replace("’", "'")

    @cached_property
    def numbers(self) -> set[Decimal]:
        """Its numbers."""
        return numbers(self._counted)

    @cached_property
    def dates(self) -> list[Dated]:
        """Its dates."""
        return dates(self._counted)

    @cached_property
    def spelled(self) -> list[Run]:
        """What is spelled in it letter by letter."""
        return spelled_out(self.text)

    @cached_property
    def _counted(self) -> str:
        return ordinals_as_digits(self.text)

    @cached_property
    def minutes(self) -> set[int]:
        """Its times of day."""
        return {minute for readings in times(self.text).values() for minute in readings}

    def holds(self, value: Value) -> bool:
        """Say whether the value stands there, in this or another spelling."""
        match value.kind:
            case Kind.CONTACT | Kind.PLACEHOLDER:
                return value.text.casefold().strip("./") in self.folded
            case Kind.CODE:
                return self._spelt(value.text)
            case Kind.NUMBER | Kind.COUNT:
                number = plain_number(re.sub(r"[^\d.,]|[.,]$", "", value.text))
                return number in self.numbers or self._spelt(value.text)
            case Kind.DATE:
                return self._has_day(value.text)
            case Kind.TIME:
                return self._has_time(value.text)
            case _:
                return (
                    re.search(
                        rf"(?<!\w){re.escape(value.text.casefold().replace('’', chr(39)).removesuffix(chr(39) + 's'))}",
                        self.folded,
                    )
                    is not None
                )

    def _spelt(self, text: str) -> bool:
        """Say whether the same letters and digits stand there, whatever stands between them."""
        signs = [re.escape(sign) for sign in text.casefold() if sign.isalnum()]
        pattern = r"(?<![^\W_])(?<!\d[.,])" + r"[\s#()./_+-]{0,3}".join(signs) + r"(?![^\W_]|[.,]\d)"
        return bool(signs) and (re.search(pattern, self.folded) is not None or spells(self.spelled, text))

    def _has_day(self, text: str) -> bool:
        wanted = dates(text)
        if any(one.agrees(other) for one in wanted for other in self.dates):
            return True
        # "from the 3rd to the 5th of June": the month stands with one of the two days only.
        months = {day.month for one in self.dates for day in one.readings}
        return any(
            Decimal(day.day) in self.numbers and (day.month in months or not self.dates)
            for one in wanted
            for day in one.readings
            if re.search(rf"(?<!\d)0?{day.day}(?:st|nd|rd|th)?(?!\d)", self._counted.casefold())
        ) and not self._other_days(wanted)

    def _other_days(self, wanted: list[Dated]) -> bool:
        """Say whether the text has full dates of the same month, so that a bare number is not the day."""
        months = {day.month for one in wanted for day in one.readings}
        ordinal = any(
            re.search(rf"(?<!\d){day.day}(?:st|nd|rd|th)", self._counted.casefold())
            for one in wanted
            for day in one.readings
        )
        return not ordinal and any(day.month in months for one in self.dates for day in one.readings)

    def _has_time(self, text: str) -> bool:
        wanted = {minute for readings in times(text).values() for minute in readings}
        if wanted & self.minutes:
            return True
        # "at 5" may stand for 5 pm where no other time of that hour is named
        hours = {minute // 60 % 12 or 12 for minute in wanted if minute % 60 == 0}
        clash = {minute // 60 % 12 or 12 for minute in self.minutes}
        return any(Decimal(hour) in self.numbers and hour not in clash for hour in hours)


def values(text: str) -> list[Value]:
    """Return the exact values of a statement."""
    rest = _Rest(_TITLE.sub(r"\1 ", text))
    found = [Value(Kind.PLACEHOLDER, value) for value in rest.take(_PLACEHOLDER)]
    found += [Value(Kind.CONTACT, value) for value in rest.take(_CONTACT)]
    found += [Value(Kind.NUMBER, value) for value in rest.take(_COMPOUND)]
    for dated in dates(rest.text):
        found.append(Value(Kind.DATE, dated.text))
        rest.blank(dated.start, dated.end)
    for written in times(rest.text):
        if not written.isalpha():
            found.append(Value(Kind.TIME, written))
            at = rest.text.find(written)
            rest.blank(at, at + len(written))
    found += [Value(Kind.NUMBER, value) for value in rest.take(_PHONE)]
    found += [Value(Kind.CODE, value) for pattern in (_CODE, _UNDERSCORED) for value in rest.take(pattern)]
    return [*found, *_numbers(rest.text), *_names(rest.text)]


class _Rest:
    """What is left of a text while values are taken out; places stay the same."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> list[str]:
        taken = list(pattern.finditer(self.text))
        for match in taken:
            self.blank(*match.span())
        return [match[0] for match in taken]

    def blank(self, start: int, end: int) -> None:
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]


def _numbers(text: str) -> Iterator[Value]:
    in_digits = {match[0] for match in _NUMBER.finditer(text)}
    for match in _NUMBER.finditer(spelt_as_digits(text)):
        countable = match[0].isdigit() and int(match[0]) <= _COUNTABLE and match[0] not in in_digits
        yield Value(Kind.COUNT if countable else Kind.NUMBER, match[0])


def _names(text: str) -> Iterator[Value]:
    for pattern in (_NAME, _PAIR):
        for match in pattern.finditer(text):
            if match[0].casefold() not in _NOT_NAMES:
                yield Value(Kind.NAME, match[0])
