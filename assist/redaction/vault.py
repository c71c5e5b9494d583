"""Personal data put under placeholders on the way to a language model, and back on the way home.

Secrets are masked before and stay masked: the vault never holds one.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assist.domain.transcript import RedactedTranscript, Role, Transcript
from assist.redaction.kinds import SECRETS, Kind, Span, settle
from assist.redaction.personal import spoken
from assist.redaction.placeholders import PLACEHOLDER, Numbering
from assist.redaction.structure import leaves, texts
from assist.redaction.texts import find

_KEYS = {
    "first_name": Kind.NAME,
    "last_name": Kind.NAME,
    "full_name": Kind.NAME,
    "customer_name": Kind.NAME,
    "patient_name": Kind.NAME,
    "guest_name": Kind.NAME,
    "account_holder": Kind.NAME,
    "surname": Kind.NAME,
    "email": Kind.EMAIL,
    "phone": Kind.PHONE,
    "phone_number": Kind.PHONE,
    "mobile": Kind.PHONE,
    "dob": Kind.DATE_OF_BIRTH,
    "date_of_birth": Kind.DATE_OF_BIRTH,
    "address1": Kind.ADDRESS,
    "address_line1": Kind.ADDRESS,
    "street": Kind.ADDRESS,
    "street_address": Kind.ADDRESS,
}
_LEAST = 3
_QUOTES = "\\\"' "


class Vault:
    """Hides values under placeholders and restores them; the same value always gets the same placeholder."""

    def __init__(self) -> None:
        self._numbering = Numbering()
        self._known: dict[str, Kind] = {}

    def learn(self, kind: Kind, value: str) -> None:
        """Hide this value from now on, wherever it stands as a word."""
        value = value.strip(_QUOTES)
        if len(value) >= _LEAST and kind not in SECRETS and not PLACEHOLDER.search(value):
            self._known.setdefault(value, kind)

    def reserve(self, text: str) -> None:
        """Take note of placeholders that stand in a text, so that none is given a second meaning."""
        self._numbering.reserve(text)

    def hide(self, text: str) -> str:
        """Return the text with personal data replaced; placeholders that stand in it stay."""
        self.reserve(text)
        taken = [match.span() for match in PLACEHOLDER.finditer(text)]
        spans = [
            span
            for span in (*find(text), *self._recalled(text))
            if all(span.end <= a or span.start >= b for a, b in taken)
        ]
        pieces: list[str] = []
        at = 0
        for span in settle(spans):
            pieces += [text[at : span.start], self._numbering.placeholder(span.type, text[span.start : span.end])]
            at = span.end
        return "".join([*pieces, text[at:]])

    def restore(self, text: str) -> str:
        """Return the text with the values back in the place of their placeholders; those it never gave out stay."""
        originals = self._numbering.originals
        return PLACEHOLDER.sub(lambda match: originals.get(match[0], match[0]), text)

    def _recalled(self, text: str) -> Iterator[Span]:
        for value, kind in self._known.items():
            for match in re.finditer(_pattern(kind, value), text):
                yield Span(type=kind, start=match.start(), end=match.end())


def _pattern(kind: Kind, value: str) -> str:
    """Return the regular expression of a known value; a full name also as part of an id, such as ada_example_17."""
    parts = value.split()
    spelled = r"[\W_]?".join(re.escape(part) for part in parts)
    if kind is Kind.NAME and len(parts) > 1:
        return rf"(?<!\w)(?:{re.escape(value)}|(?i:[\w.]*{spelled}[\w.]*))(?!\w)"
    return rf"(?<!\w){re.escape(value)}(?!\w)"


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """A transcript without personal data, and the vault that can put it back into an answer."""

    transcript: Transcript
    vault: Vault


def pseudonymise(redacted: RedactedTranscript) -> Pseudonymised:
    """Return the transcript with names, addresses and other personal data under placeholders, in texts and in tool calls."""
    transcript = redacted.transcript
    vault = Vault()
    for text in texts(transcript.model_dump(mode="json")):
        vault.reserve(text)
    for kind, value in sorted(_values(transcript), key=lambda pair: -len(pair[1])):
        vault.learn(kind, value)
    document = transcript.model_dump(exclude_unset=True)
    return Pseudonymised(Transcript.model_validate(_hidden(document, vault)), vault)


_KEPT = frozenset(("role", "at", "channel", "language", "ok", "confidence", "domain", "consent", "conversation_id"))


def _hidden(value: object, vault: Vault, key: str = "") -> Any:  # noqa: ANN401 -- any JSON value comes back
    if isinstance(value, Mapping):
        return {name: inner if name in _KEPT else _hidden(inner, vault, str(name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(inner, vault, key) for inner in value]
    return vault.hide(value) if isinstance(value, str) else value


def _values(transcript: Transcript) -> Iterator[tuple[Kind, str]]:
    """Yield personal data that only its place in the conversation gives away."""
    for text, spans in spoken(transcript):
        for span in spans:
            yield span.type, text[span.start : span.end]
    if transcript.customer is not None and transcript.customer.name:
        yield Kind.NAME, transcript.customer.name
    for turn in transcript.turns:
        if turn.tool is not None and turn.tool.arguments:
            yield from _fields(turn.tool.arguments)
        if turn.role is Role.TOOL:
            try:
                yield from _fields(json.loads(turn.text))
            except ValueError:
                continue


def _fields(value: object) -> Iterator[tuple[Kind, str]]:
    for first, last in _full_names(value):
        yield Kind.NAME, f"{first} {last}"
    for key, leaf in leaves(value):
        if key in _KEYS and isinstance(leaf, str):
            yield _KEYS[key], leaf


def _full_names(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        first, last = value.get("first_name"), value.get("last_name")
        if isinstance(first, str) and isinstance(last, str):
            yield first, last
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for inner in inside:
        yield from _full_names(inner)
