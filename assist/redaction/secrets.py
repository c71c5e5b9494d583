"""Every secret in one text, whether its shape, a word beside it, a key, or the question before gives it away."""

import re
from collections.abc import MutableMapping, Sequence

from assist.redaction.answers import answers
from assist.redaction.cards import card_numbers
from assist.redaction.credentials import credentials
from assist.redaction.identifiers import ibans, national_ids
from assist.redaction.keys import pairs
from assist.redaction.kinds import SECRETS, Kind, Span, settle
from assist.redaction.placeholders import PLACEHOLDER
from assist.redaction.questions import Topic

_BEARER = re.compile(
    r"\b(?:bearer|basic)\s+(?P<value>[A-Za-z0-9._~+/=-]{12,})|\b(?P<key>(?:sk|pk|ghp|xox[bp])[-_][A-Za-z0-9_-]{16,})",
    re.IGNORECASE,
)


def _plain(text: str) -> tuple[Span, ...]:
    spans = [*card_numbers(text), *credentials(text), *national_ids(text), *pairs(text)]
    for match in _BEARER.finditer(text):
        group = match.lastgroup or "value"
        spans.append(Span(type=Kind.PASSWORD, start=match.start(group), end=match.end(group)))
    accounts = ibans(text)
    return tuple(span for span in spans if not any(a.start < span.end and span.start < a.end for a in accounts))


Memory = MutableMapping[str, tuple[Span, ...]]


def secrets(text: str, *, asked: Sequence[Topic] = (), memory: Memory | None = None) -> list[Span]:
    """Return the secrets in a text; `asked` is what the turn before asked the speaker for.

    `memory` saves the work on a text that comes again. It holds secrets: the caller lets go of it soon.
    """
    if memory is None:
        spans = list(_plain(text))
    else:
        if text not in memory:
            memory[text] = _plain(text)
        spans = list(memory[text])
    hidden = [match.span() for match in PLACEHOLDER.finditer(text)]
    # What the answer itself names needs no guess by order; what is masked already is given.
    given = {match["kind"].lower() for match in PLACEHOLDER.finditer(text)} | {span.type for span in spans}
    open_topics = [topic for topic in asked if topic not in given]
    if any(topic.kind in SECRETS for topic in open_topics):
        spans += (span for span in answers(text, open_topics) if span.type in SECRETS)
    return settle(span for span in spans if all(span.end <= start or span.start >= end for start, end in hidden))
