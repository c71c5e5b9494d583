"""All personal data of one text, and the text with it replaced."""

import re
from collections.abc import Mapping
from functools import lru_cache

from assist.domain.frozen import Frozen
from assist.redaction.addresses import addresses
from assist.redaction.contacts import emails, ip_addresses, phones, urls
from assist.redaction.identifiers import ibans
from assist.redaction.kinds import Kind, Span, settle
from assist.redaction.names import names
from assist.redaction.placeholders import PLACEHOLDER, Numbering
from assist.redaction.secrets import secrets

_BIRTH = re.compile(
    r"\b(?:dob|date of birth|birth ?da(?:te|y)|born(?: on)?)\b(?:\W{0,3}(?:is|was|it'?s|on|my|:)){0,3}\W{0,3}"
    r"(?P<date>\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}|\d{1,2}(?:st|nd|rd|th)?(?: of)? [A-Z][a-z]{2,8},? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})",
    re.IGNORECASE,
)


def find(text: str) -> list[Span]:
    """Return all personal data of a text, secrets and the rest, by position; spans do not overlap."""
    return settle([*secrets(text), *_open_to_the_human(text)])


@lru_cache(maxsize=512)
def find_in_masked(text: str) -> tuple[Span, ...]:
    """Return the personal data of a masked text, in which no secret is left; remembered, since several readers ask."""
    return tuple(settle(_open_to_the_human(text)))


def _open_to_the_human(text: str) -> list[Span]:
    """Return what is no secret."""
    places = addresses(text)
    spans = [*places, *emails(text), *urls(text), *ibans(text), *ip_addresses(text), *phones(text)]
    spans += [
        Span(type=Kind.DATE_OF_BIRTH, start=match.start("date"), end=match.end("date"))
        for match in _BIRTH.finditer(text)
    ]
    spans += [name for name in names(text) if all(name.end <= p.start or name.start >= p.end for p in places)]
    hidden = [match.span() for match in PLACEHOLDER.finditer(text)]
    return [span for span in spans if all(span.end <= start or span.start >= end for start, end in hidden)]


class RedactedText(Frozen):
    """A text with placeholders; `spans` are offsets in the original."""

    text: str
    spans: tuple[Span, ...] = ()


def redact_text(text: str, *, counts: Mapping[str, int] | None = None) -> RedactedText:
    """Return a text with all its personal data replaced, secrets and the rest."""
    numbering = Numbering(counts)
    numbering.reserve(text)
    spans = find(text)
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += [text[at : span.start], numbering.name(span.type, text[span.start : span.end])]
        at = span.end
    return RedactedText(text="".join([*pieces, text[at:]]), spans=tuple(spans))
