"""Where a person can be reached: e-mail, phone, web and network addresses."""

import ipaddress
import re
from collections.abc import Iterator

from assist.redaction.kinds import Kind, Span

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@(?:[\w-]+\.)+[A-Za-z]{2,24}(?![\w-])")
_PROVIDER = r"(?:gmail|g ?mail|yahoo|ymail|hotmail|outlook|icloud|aol|proton ?mail|reddiff ?mail|rediff ?mail|gmx)"
# Speech recognition and typing on the run: "jane dot doe at example dot com", "janedoe 21 gmail com".
_SPOKEN_EMAIL = re.compile(
    rf"\b[\w-]+(?:\s*(?:\.|\bdot\b|\bunderscore\b|\bdash\b)\s*[\w-]+)*\s+(?:at|\(at\)|\[at\])\s+(?:[\w-]+\s*(?:\.|\bdot\b)\s*)+(?:com|net|org|edu|co|io|de|uk|us|in|fr)\b"
    rf"|\b[a-z][\w.-]*(?: \d{{1,6}})? ?@? ?{_PROVIDER} ?\.? ?(?:com|co in|net|co uk)\b",
    re.IGNORECASE,
)
_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'|]+[^\s<>\"'|.,;:!?)\]}]", re.IGNORECASE)
_IP = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d)|(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{1,4}(?![\w:])"
)
_VERSION = re.compile(r"\b(?:version|ver|release|build|firmware|v)\.?\s*$", re.IGNORECASE)

_PHONE_WORD = re.compile(
    r"(?<![a-z])(?:(?:tele)?phone|mobile|cell|call(?:ed|ing)?|contact(?:ed)?|tel|fax|desk|office|whats ?app|sms|text(?:ed)?|dial|ring|reach|hotline|"
    r"landline|(?:my|your|his|her|their|whose|this) number|number is|messages? to|answering at|call (?:me|us|him|her|them) (?:on|at)|registered)(?![a-z])",
    re.IGNORECASE,
)
_NOT_PHONE_WORD = re.compile(
    r"(?<![a-z])(?:order|tracking|reference|ref|booking|reservation|confirmation|invoice|ticket|case|claim|policy|account|acct|item|product|sku|"
    r"serial|imei|transaction|card|user|customer|member|flight|ssn|id|room|zip|routing)(?![a-z])",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.])(?P<number>\+?\d{0,3}[ .-]{0,2}(?:\(\+?\d{1,5}\)[ .-]{0,2})?\d[\d ().\u2010-\u2013-]{4,22}\d)(?P<extension>\s?(?:x|ext\.?|extension)\s?\d{1,6})?(?!\w)",
    re.IGNORECASE,
)
_PHONE_WORD_AFTER = re.compile(r"[ -]?(?:office|fax|mobile|cell|home|work|desk|phone)\b", re.IGNORECASE)
_DIGITS_LEAST, _DIGITS_MOST = 7, 15
_NEAR = 40
_DATE = re.compile(
    r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?!\d)|\d{1,2}[-./]\d{1,2}[-./]\d{2}$"
)


def emails(text: str) -> list[Span]:
    """Return e-mail addresses, also as they are spoken."""
    found = [*_EMAIL.finditer(text), *_SPOKEN_EMAIL.finditer(text)]
    return [Span(type=Kind.EMAIL, start=match.start(), end=match.end()) for match in found]


def urls(text: str) -> list[Span]:
    """Return web addresses."""
    return [Span(type=Kind.URL, start=match.start(), end=match.end()) for match in _URL.finditer(text)]


def ip_addresses(text: str) -> list[Span]:
    """Return network addresses that are ones, and not version numbers."""
    spans: list[Span] = []
    for match in _IP.finditer(text):
        if _VERSION.search(text[: match.start()]) or match[0] in {"::", "::1"}:
            continue
        try:
            ipaddress.ip_address(match[0])
        except ValueError:
            continue
        spans.append(Span(type=Kind.IP_ADDRESS, start=match.start(), end=match.end()))
    return spans


def phones(text: str) -> list[Span]:
    """Return phone numbers: by their notation, or by a word that calls them so."""
    return list(_phones(text))


def _phones(text: str) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        number = match["number"]
        digits = sum(c.isdigit() for c in number)
        if not _DIGITS_LEAST <= digits <= _DIGITS_MOST or _DATE.match(number.strip()):
            continue
        before = text[max(0, match.start() - _NEAR) : match.start()]
        named = max((m.end() for m in _PHONE_WORD.finditer(before)), default=-1)
        other = max((m.end() for m in _NOT_PHONE_WORD.finditer(before)), default=-1)
        if other > named:
            continue
        if named >= 0 or _is_written_as_phone(number) or _PHONE_WORD_AFTER.match(text, match.end()):
            lead = len(number) - len(number.lstrip())
            if not _IP.fullmatch(number.strip()):
                yield Span(type=Kind.PHONE, start=match.start() + lead, end=match.end())


_NOTATIONS = (
    re.compile(r"^\+\d"),
    re.compile(r"^\(\d{2,5}\)\s?\d"),
    re.compile(r"^(?:1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}$"),
    re.compile(r"^0\d{1,4}[ -]\d{2,4}(?:[ -]\d{2,4}){1,3}$"),
    re.compile(r"^00\d{2}[ -]?\d"),
    re.compile(r"^\d{2,4}(?:[ .-]\d{2,4}){3,5}$"),
)


def _is_written_as_phone(number: str) -> bool:
    """Say whether spaces, brackets or a leading plus make it a phone number without a word beside it."""
    return any(notation.match(number.strip()) for notation in _NOTATIONS)
