"""What the answer to a question must look like: a code has a digit, a name is no "obviously", an amount is a number.

A value that has not the shape of what was asked for is no value, whatever stands in the answer; one that has it is cut out
of the words around it.
"""

import re
from collections.abc import Callable

from assist.analysis.speech.shapes import AMOUNT, CLOCK, DATE, PERIOD, WEEKDAY
from assist.analysis.speech.spoken_numbers import SPOKEN_AMOUNT, SPOKEN_DATE, spelled
from assist.redaction.people import is_word_first, name_lists

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_POSTCODE = re.compile(r"\b\d{4,5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)
_PHONE = re.compile(r"\(?\+?\d[\d\s().-]{5,16}\d")
_CODE = re.compile(r"#?(?<![\w@])(?=[\w-]*\d)[A-Za-z0-9][\w-]{2,}(?![\w@])|(?<![\w@])[A-Z]{5,7}(?![\w@])")
_LONG_CODE = re.compile(
    r"(?<![\w@$€£.,/:-])(?:(?=[\w-]*\d)(?=[\w-]*[A-Za-z])#?[A-Za-z0-9][\w-]{4,}|\d{2,}-\d{4,}|#?\d{6,})(?![\w@]|[.,:/]\d)"
)
_TIMED = re.compile(r"\d+(?:st|nd|rd|th|am|pm|min|hrs?|[hmsk])|\d{4}-\d\d-\d\d|\d+-\w+", re.IGNORECASE)
_LOGIN = re.compile(r"(?<![\w@])[A-Za-z][\w.-]*\d+(?:[._-]\w+)*|(?<![\w@])[a-z]+(?:[_.][a-z]+)+(?![\w@])")
_NUMBER = re.compile(r"[-+]?[$€£]?\d[\d,]*(?:\.\d+)?")
_PERSON = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[-'’.][^\W\d_]*)*")
_NAME_MOST = 4
_FREE_MOST = 5
_NOT_FREE = re.compile(
    r"^(?:actually|also|already|and|back|but|both|dude|even|ever|fine|get|give|human|let|look|maybe|no|none|not|now|obviously|of|oh|only|really|same|so|still|the same|then|"
    r"there|to|too|unbelievable|very|yes|yet|\w+ly)\b|\b(?:has|have|had|did|does|want|wants|gave|said|told|posted)\b",
    re.IGNORECASE,
)
_REASON_LEAST = 2


def shaped(name: str, value: str) -> str | None:
    """Return the part of an answer that can be the value of this name; None where there is none."""
    check = _SHAPES.get(name)
    if check is None:
        last = name.rsplit("_", maxsplit=1)[-1]
        check = _SHAPES.get(last) or (_code if last in {"id", "number", "code", "no"} else _free)
    return check(value)


def shaped_within(name: str, text: str) -> str | None:
    """Return the one value of this name in an answer of any length; None where its shape does not tell it apart."""
    last = name.rsplit("_", maxsplit=1)[-1]
    pattern = _TELLING.get(name) or (_LONG_CODE if last in {"id", "number", "code"} else None)
    found = [match[0] for match in pattern.finditer(text) if not _TIMED.fullmatch(match[0])] if pattern else []
    if name == "order_id":
        found = [code for code in found if _order(code)]
    if not found and pattern is _LONG_CODE:
        found = list(spelled(text))
    return found[0].strip() if len(set(found)) == 1 else None


def _first(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    def cut_out(value: str) -> str | None:
        match = pattern.search(value)
        return match[0].strip() if match else None

    return cut_out


def _code(value: str) -> str | None:
    return next((match[0] for match in _CODE.finditer(value)), None) or next(spelled(value), None)


def _order(value: str) -> str | None:
    code = _code(value)
    return None if code is None or re.fullmatch(r"[a-z]+\d{1,4}", code, re.IGNORECASE) else code


def _phone(value: str) -> str | None:
    match = _PHONE.search(value)
    return match[0].strip() if match and sum(c.isdigit() for c in match[0]) >= 7 else None  # noqa: PLR2004 -- shorter numbers are extensions


def _amount(value: str) -> str | None:
    match = AMOUNT.search(value) or SPOKEN_AMOUNT.search(value) or _NUMBER.search(value)
    return match[0] if match else None


def _when(value: str) -> str | None:
    match = next(
        (found for pattern in (SPOKEN_DATE, DATE, CLOCK, PERIOD, WEEKDAY) if (found := pattern.search(value))), None
    )
    if match is None:
        return None
    return value if len(value.split()) <= _FREE_MOST else match[0]


def _birth(value: str) -> str | None:
    match = DATE.search(value) or SPOKEN_DATE.search(value)
    return match[0] if match else None


def _name(value: str) -> str | None:
    """Return a name: several words in capitals, or words that are known names."""
    words = value.split()
    if not 0 < len(words) <= _NAME_MOST or not all(_PERSON.fullmatch(word.strip(".,")) for word in words):
        return None
    if any(_NO_NAME.fullmatch(word) for word in words):
        return None
    capitals = all(word[0].isupper() for word in words) and not (len(words) > 1 and value.isupper())
    lists = name_lists()
    known = sum(lists.knows(word) and not is_word_first(word) for word in words)
    return value if (capitals and len(words) > 1) or 2 * known >= len(words) else None


_NO_NAME = re.compile(
    r"the|an?|my|your|to|not?|it|its|it's|still|same|woman|man|for|oops|sorry|obviously|unbelievable|see|that|this|what|back|human|agent|yes|ok(?:ay)?|as|in|on|of|is|with|"
    r"from|here|please|thanks|well|really|never|wait|spelled|just|one|two|\w+ly",
    re.IGNORECASE,
)


def _free(value: str) -> str | None:
    """Return a short answer in free words; adverbs, replies and sentences are none."""
    if len(value.split()) > _FREE_MOST:
        value = value.split(",", maxsplit=1)[0]
    ends = value.split(" ")[-1].lower()
    if len(value.split()) > _FREE_MOST or _NOT_FREE.search(value) or ends in {"then", "please", "now"}:
        return None
    return value.strip() or None


def _reason(value: str) -> str | None:
    return value if len(value.split()) >= _REASON_LEAST and not _NOT_FREE.search(value) else None


def _never(_: str) -> None:
    """What is asked for in general words, such as a request, has no shape: the customer's own clauses tell it."""


_SHAPES: dict[str, Callable[[str], str | None]] = {
    "name": _name,
    "email": _first(_EMAIL),
    "postcode": _first(_POSTCODE),
    "phone": _phone,
    "date_of_birth": _birth,
    "amount": _amount,
    "balance": _amount,
    "budget": _amount,
    "order_id": _order,
    "username": _first(re.compile(r"^[\w.@+-]+$")),
    "date": _when,
    "time": _when,
    "day": _when,
    "address": lambda value: value if any(c.isdigit() for c in value) else None,
    "reason": _reason,
    "request": _never,
}
_TELLING: dict[str, re.Pattern[str]] = {"email": _EMAIL, "user_id": _LOGIN, "date_of_birth": DATE}
