"""Numbers, however they are written: "two hundred dollars" is 200, "1,000" is 1000, "25th" is 25."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

UNITS: Final = {
    word: number
    for number, word in enumerate(
        [
            "zero",
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
        ]
    )
}
TENS: Final = {
    word: number * 10
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"thirtieth": 30}
_MONTH_NAMES: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTHS: Final = "|".join(_MONTH_NAMES)
_ORDINAL_AFTER: Final = re.compile(
    rf"\b(?P<tens>twenty|thirty)[ -](?P<unit>{'|'.join(list(_ORDINALS)[:9])})\b",
    re.IGNORECASE,
)
_BARE_ORDINAL: Final = re.compile(
    rf"\b(?:{'|'.join(list(_ORDINALS)[3:])})\b|(?<!\w)(?:first|second|third)(?=\s+(?:of\s+)?(?:{_MONTHS})\b)"
    rf"|(?:{'|'.join(f'(?<={month} )' for month in _MONTH_NAMES)})(?:first|second|third)\b",
    re.IGNORECASE,
)
_ANY: Final = "|".join((*UNITS, *TENS, *_SCALES))
_SPELT: Final = re.compile(
    rf"\b(?:(?:a|an)[ -](?={'|'.join(_SCALES)}))?(?:{_ANY})(?:(?:[ -]and)?[ -](?:{_ANY}))*\b", re.IGNORECASE
)
_DIGITS: Final = re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:st|nd|rd|th|k)?(?![\w])", re.IGNORECASE)
_THOUSAND_COMMA: Final = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")


def spelt_as_digits(text: str) -> str:
    """Return the text with number words as digits: "two hundred and five" becomes "205"; "one" alone stays."""

    def digits(match: re.Match[str]) -> str:
        number = _value(re.split(r"[ -]+", match[0].lower()))
        return match[0] if number is None or number == 1 else str(number)

    return _SPELT.sub(digits, text)


def ordinals_as_digits(text: str) -> str:
    """Return the text with ordinals in words as digits: "the twenty-eighth" is "the 28th"; "second" alone may be anything and stays."""

    def digits(match: re.Match[str]) -> str:
        return f"{TENS.get((match['tens'] or '').lower(), 0) + _ORDINALS[match['unit'].lower()]}th"

    return _BARE_ORDINAL.sub(lambda match: f"{_ORDINALS[match[0].lower()]}th", _ORDINAL_AFTER.sub(digits, text))


def numbers(text: str) -> set[Decimal]:
    """Return every number that stands in a text, in digits or in words; digits inside ids do not count."""
    found: set[Decimal] = set()
    for match in _DIGITS.finditer(spelt_as_digits(text)):
        number = plain_number(f"{match[1]}{match[2] or ''}")
        if number is not None:
            found.add(number * 1_000 if match[0][-1] in "kK" else number)
    return found


def plain_number(text: str) -> Decimal | None:
    """Return the value of digits with or without thousands commas; None where it is not a number."""
    try:
        return Decimal(_THOUSAND_COMMA.sub("", text)).normalize()
    except InvalidOperation:
        return None


def _value(words: list[str]) -> int | None:
    """Return the number that the words spell; None where they are a list of digits, such as a code read aloud."""
    total = part = 0
    last = 1_000
    for word in words:
        if word in {"a", "an"}:
            part = 1
        elif word == "hundred":
            part, last = (part or 1) * 100, 100
        elif word in _SCALES:
            total, part, last = total + (part or 1) * _SCALES[word], 0, _SCALES[word]
        elif word in TENS or word in UNITS:
            size = TENS.get(word, UNITS.get(word, 0))
            rank = 10 if word in TENS else 1
            if rank >= last or (rank == 1 and last == 10 and size > 9):  # noqa: PLR2004 -- "twenty eleven" is no number
                return None
            part, last = part + size, rank
    return total + part
