"""Numbers that a state or a bank gives to a person, told by their shape and checksum."""

import re
from collections.abc import Callable

from stdnum import iban, luhn
from stdnum.br import cpf
from stdnum.es import dni, nie
from stdnum.fr import nir
from stdnum.it import codicefiscale

from assist.redaction.kinds import Kind, Span

_SOCIAL_SECURITY = re.compile(r"(?<![\w-])(?!000|666)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])")
_INSURANCE = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)")
_CANADIAN = re.compile(r"(?<![\w-])\d{3}-\d{3}-\d{3}(?![\w-])")


def _luhn(value: str) -> bool:
    return bool(luhn.is_valid(value.replace("-", "")))


_CHECKED: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (re.compile(r"(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)"), cpf.is_valid),
    (re.compile(r"(?<!\w)\d{8}[- ]?[A-HJ-NP-TV-Z](?!\w)"), dni.is_valid),
    (re.compile(r"(?<!\w)[XYZ]\d{7}[A-HJ-NP-TV-Z](?!\w)"), nie.is_valid),
    (re.compile(r"(?<!\w)[12] ?\d\d ?\d\d ?\d[\dAB] ?\d{3} ?\d{3} ?\d\d(?!\w)"), nir.is_valid),
    (re.compile(r"(?<!\w)[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z](?!\w)"), codicefiscale.is_valid),
    (_CANADIAN, _luhn),
)
_IBAN = re.compile(r"(?<!\w)[A-Za-z]{2}\d\d(?:[ -]?[A-Za-z0-9]{2,4}){3,8}(?!\w)")
_IBAN_WORD = re.compile(r"\biban\b", re.IGNORECASE)
_IBAN_LEAST = 15


def national_ids(text: str) -> list[Span]:
    """Return ids that a state gives to a person."""
    spans = [
        Span(type=Kind.NATIONAL_ID, start=match.start(), end=match.end())
        for pattern in (_SOCIAL_SECURITY, _INSURANCE)
        for match in pattern.finditer(text)
    ]
    spans += [
        Span(type=Kind.NATIONAL_ID, start=match.start(), end=match.end())
        for pattern, is_valid in _CHECKED
        for match in pattern.finditer(text)
        if is_valid(match[0])
    ]
    return spans


def ibans(text: str) -> list[Span]:
    """Return bank account numbers that hold as IBANs, or that the text calls so."""
    spans: list[Span] = []
    named = bool(_IBAN_WORD.search(text))
    for match in _IBAN.finditer(text):
        value = match[0]
        # "GB29 NWBK 6016 1331 9268 19 and" runs on into the next word: give up pieces until it holds.
        while value and not iban.is_valid(value, check_country=False):
            value = value.rpartition(" ")[0]
        if value:
            spans.append(Span(type=Kind.IBAN, start=match.start(), end=match.start() + len(value)))
        elif named and len(match[0].replace(" ", "")) >= _IBAN_LEAST:
            spans.append(Span(type=Kind.IBAN, start=match.start(), end=match.end()))
    return spans
