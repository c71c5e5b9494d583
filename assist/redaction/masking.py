"""The door: secrets of a transcript are replaced by placeholders wherever they stand.

A value that is found once (a PIN after its question, a password under its key) is hidden in the whole conversation: the bot
repeats it, tools receive it, and other platforms copy it into fields of their own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assist.domain.transcript import RedactedTranscript, Role, Transcript, Turn
from assist.redaction.asking import Asking
from assist.redaction.keys import is_secret, kind_of
from assist.redaction.kinds import SECRETS, Kind, Span, settle
from assist.redaction.personal import personal
from assist.redaction.placeholders import PLACEHOLDER, Numbering, same
from assist.redaction.questions import Topic
from assist.redaction.secrets import Memory, secrets
from assist.redaction.structure import key_words, texts

_ROUNDS = 4  # a round that hides something may uncover nothing new; more than two were never seen
_KEPT = frozenset(("role", "at", "channel", "language", "conversation_id", "ok", "confidence", "domain"))
_INNER = re.compile(r"^[\s\\\"'`]*(?:[\w.]+\([\s\[\\\"'`]*)?(?P<value>.*?)[\s\\\"'`\])]*$", re.DOTALL)

_SPREADING_LEAST = 4  # shorter values, such as a CVV, meet other numbers by chance
_YEAR = re.compile(r"(?:19|20)\d\d")


def redact(
    transcript: Transcript, *, counts: Mapping[str, int] | None = None, before: Sequence[Turn] = ()
) -> RedactedTranscript:
    """Return the transcript with every secret masked, in texts, tool calls, attributes and extra fields.

    Equal values get the same placeholder. For turns that are appended to a running conversation, `counts` are the
    redaction counts so far, from which the numbering goes on, and `before` its last turns, so that an answer is
    understood by the question before it. Masking a masked transcript changes nothing.

    `redactions` counts the different values of every kind found: secrets, which are masked here, and the other personal
    data, which stays readable for the human and is pseudonymised toward models and logs only.
    """
    document = transcript.model_dump(exclude_unset=True)
    numbering = Numbering(counts)
    for text in texts(document):
        numbering.reserve(text)
    memory: Memory = {}
    for _ in range(_ROUNDS):
        masked = _Masking(numbering, before, memory).document(document)
        if masked == document:
            break
        document = masked
    result = Transcript.model_validate(document)
    return RedactedTranscript(transcript=result, redactions=_count(document, result))


def _count(document: object, transcript: Transcript) -> dict[str, int]:
    """Count the different values of each kind."""
    found: dict[str, set[str]] = {}
    for text in texts(document):
        for match in PLACEHOLDER.finditer(text):
            if (kind := Kind(match["kind"].lower())) in SECRETS:
                found.setdefault(kind, set()).add(match["number"])
    for kind, value in personal(transcript):
        found.setdefault(kind, set()).add(same(kind, value))
    return {kind: len(found[kind]) for kind in Kind if kind in found}


class _Masking:
    """One round over a conversation: what is found anywhere is hidden everywhere."""

    def __init__(self, numbering: Numbering, before: Sequence[Turn], memory: Memory) -> None:
        self._numbering = numbering
        self._memory = memory
        self._topics = Asking()
        for turn in before:
            self._topics.hear(turn.role, turn.text)
        self._known: dict[str, Kind] = {}

    def document(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return the transcript's fields with secrets masked."""
        turns = document.get("turns") or ()
        asked_at: list[tuple[Topic, ...]] = []
        for turn in turns:
            role, text = Role(turn["role"]), turn["text"]
            asked_at.append(self._topics.asked if role is Role.CUSTOMER else ())
            spans = secrets(text, asked=asked_at[-1], memory=self._memory)
            self._topics.hear(role, text, given=[span.type for span in spans])
            self._learn(text, spans)
            self._learn_from({key: value for key, value in turn.items() if key != "text"})
        self._learn_from({key: value for key, value in document.items() if key != "turns"})
        head = {key: value if key == "turns" else self._walk(key, value) for key, value in document.items()}
        head["turns"] = tuple(
            {key: self._text(value, topics) if key == "text" else self._walk(key, value) for key, value in turn.items()}
            for turn, topics in zip(turns, asked_at, strict=True)
        )
        return head

    def _learn(self, text: str, spans: Sequence[Span]) -> None:
        for span in spans:
            value = text[span.start : span.end]
            if _spreads(span.type, value):
                self._known.setdefault(same(span.type, value), span.type)

    def _learn_from(self, value: object, key: str = "") -> None:
        if isinstance(value, Mapping):
            for name, inner in value.items():
                self._learn_from(inner, _speaking_key(value, key, name))
        elif isinstance(value, list | tuple):
            for inner in value:
                self._learn_from(inner, key)
        elif _is_scalar(value) and key not in _KEPT:
            text = str(value)
            self._learn(text, self._field(key, text))

    def _field(self, key: str, text: str) -> list[Span]:
        """Return the secrets of a field's value; the key speaks for it."""
        kind = kind_of(key)
        if kind is not None and is_secret(kind, text):
            inner = _INNER.match(text)
            start, end = inner.span("value") if inner and inner["value"] else (0, len(text))
            return [Span(type=kind, start=start, end=end)]
        lead = " ".join(key_words(key)) + ": "
        return [
            Span(type=span.type, start=span.start - len(lead), end=span.end - len(lead))
            for span in secrets(lead + text, memory=self._memory)
            if span.start >= len(lead)
        ]

    def _walk(self, key: str, value: object) -> object:
        if isinstance(value, Mapping):
            return {
                self._text(name) if isinstance(name, str) else name: self._walk(_speaking_key(value, key, name), inner)
                for name, inner in value.items()
            }
        if isinstance(value, list | tuple):
            return [self._walk(key, inner) for inner in value]
        if not _is_scalar(value) or key in _KEPT:
            return value
        text = str(value)
        spans = self._field(key, text)
        masked = self._replace(text, [*spans, *self._recalled(text)])
        return value if masked == text else masked

    def _text(self, text: str, topics: Sequence[Topic] = ()) -> str:
        answering = Topic.SECURITY_ANSWER in topics
        return self._replace(
            text, [*secrets(text, asked=topics, memory=self._memory), *self._recalled(text, answering=answering)]
        )

    def _recalled(self, text: str, *, answering: bool = False) -> Iterator[Span]:
        """Yield where a value known to be secret stands in a text."""
        for value, kind in self._known.items():
            if kind is Kind.SECURITY_ANSWER and not answering:
                continue
            for match in re.finditer(_pattern(kind, value), text):
                yield Span(type=kind, start=match.start(), end=match.end())

    def _replace(self, text: str, spans: Sequence[Span]) -> str:
        if not spans:
            return text
        hidden = [match.span() for match in PLACEHOLDER.finditer(text)]
        pieces: list[str] = []
        at = 0
        for span in settle(s for s in spans if all(s.end <= start or s.start >= end for start, end in hidden)):
            pieces += [text[at : span.start], self._numbering.name(span.type, text[span.start : span.end])]
            at = span.end
        return "".join([*pieces, text[at:]])


_NAMING = ("name", "key", "field", "label", "id", "question", "entity", "slot")
_VALUES = frozenset(("value", "values", "answer", "text", "data"))


def _speaking_key(mapping: Mapping[Any, Any], above: str, name: object) -> str:
    """Return the key that speaks for a value: its own, the secret one it lies under, or the one that names it.

    Platforms also write pairs as `{"name": "pin", "value": "8912"}`.
    """
    own = str(name)
    if own.lower() in _VALUES:
        named = next((str(mapping[key]) for key in _NAMING if isinstance(mapping.get(key), str)), "")
        if kind_of(named) is not None:
            return named
    return above if kind_of(above) is not None and kind_of(own) is None else own


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _spreads(kind: Kind, value: str) -> bool:
    """Say whether a value is hidden wherever it stands, and not only where it was found."""
    bare = same(kind, value)
    if len(bare) < _SPREADING_LEAST:
        return False
    if kind is Kind.SECURITY_ANSWER:
        return value[:1].isalpha()
    if kind is Kind.PASSWORD:
        return any(not c.isalpha() for c in bare) and " " not in bare
    return any(c.isdigit() for c in bare) and not (kind is Kind.PIN and _YEAR.fullmatch(bare))


def _pattern(kind: Kind, value: str) -> str:
    """Return the regular expression of a known value as a word of its own, in any grouping of its digits."""
    body = re.escape(value) if not value.isdigit() else r"[ \u00a0-]?".join(value)
    flags = "(?i)" if kind is not Kind.PASSWORD else ""
    return rf"{flags}(?<![\w$€£#@])(?<!\d[.,:/-]){body}(?!\w)(?![.,:/-]\d)"
