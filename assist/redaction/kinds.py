"""What personal data is called, which of it is secret, and where it stands in a text."""

from collections.abc import Iterable
from enum import StrEnum

from assist.domain.frozen import Frozen


class Kind(StrEnum):
    """A type of personal data; the first group are secrets."""

    CARD_NUMBER = "card_number"
    CVV = "cvv"
    PIN = "pin"
    PASSWORD = "password"  # noqa: S105 -- the name of a kind, not a password
    SECURITY_ANSWER = "security_answer"  # mother's maiden name, first pet
    ONE_TIME_CODE = "one_time_code"
    NATIONAL_ID = "national_id"  # social security, passport, driving licence, tax number of a person

    EMAIL = "email"
    PHONE = "phone"
    IBAN = "iban"
    IP_ADDRESS = "ip_address"
    URL = "url"
    DATE_OF_BIRTH = "date_of_birth"
    ADDRESS = "address"
    NAME = "name"


SECRETS = frozenset(
    {
        Kind.CARD_NUMBER,
        Kind.CVV,
        Kind.PIN,
        Kind.PASSWORD,
        Kind.SECURITY_ANSWER,
        Kind.ONE_TIME_CODE,
        Kind.NATIONAL_ID,
    }
)
"""Masked before anything is stored, logged or shown; no later step can bring them back."""

_RANK = {kind: rank for rank, kind in enumerate(Kind)}


class Span(Frozen):
    """Personal data at `text[start:end]`."""

    type: Kind
    start: int
    end: int


def settle(spans: Iterable[Span]) -> list[Span]:
    """Return spans that do not overlap, by position: secrets win over the rest, then longer over shorter."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.type not in SECRETS, s.start - s.end, _RANK[s.type], s.start)):
        if span.start < span.end and all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)
