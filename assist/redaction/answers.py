"""Which words of an answer are what was asked for.

A question may ask for several things at once ("your account number and PIN"); the answer may give them by name, in that
order, or not at all. Words beside a value win over the order, and the order over the shape.
"""

import re
from collections.abc import Iterator, Sequence

from assist.redaction.addresses import addresses
from assist.redaction.digits import Run, runs
from assist.redaction.kinds import Kind, Span
from assist.redaction.questions import Topic

_SIZES = {
    Topic.CARD_NUMBER: (5, 25),
    Topic.CVV: (3, 4),
    Topic.PIN: (3, 8),
    Topic.ONE_TIME_CODE: (4, 10),
    Topic.NATIONAL_ID: (3, 25),
    Topic.PHONE: (6, 16),
}
_ALONE_LEAST = 2  # where nothing else was asked for, any number is the answer, however short
_COUNTED = frozenset(
    (*_SIZES, Topic.ACCOUNT, Topic.ORDER, Topic.POSTCODE, Topic.DATE_OF_BIRTH, Topic.EXPIRY, Topic.AMOUNT)
)
_SAID = (Topic.PASSWORD, Topic.SECURITY_ANSWER, Topic.NAME, Topic.EMAIL, Topic.ADDRESS)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_OTHER_BEFORE = re.compile(
    r"\b(?:account|acct|ac|a/c|order|reservation|booking|confirmation|policy|claim|user|customer|member(?:ship)?|zip|room|flight|amount|transfer|item|case|ticket|id|"
    rf"date|time|year|born|expir\w*|ending|ends|last (?:four|4)(?: digits)?|on|at|{_MONTH})(?: ?(?:number|no|id|code|num|date))?\.?"
    r"(?:\s+(?:is|was|are|of|to|in|with|it'?s|my|the|card|credit|debit|used?))*\s*[:=#-]?\s*$|[$€£#@]\s?$",
    re.IGNORECASE,
)
_OTHER_AFTER = re.compile(
    rf"\s?(?:st|nd|rd|th|am|pm|days?|weeks?|months?|years?|hours?|minutes?|times?|dollars?|bucks|usd|eur|%|/\d|of {_MONTH}|{_MONTH})\b|/\d|:\d\d|\.\d\d\b",
    re.IGNORECASE,
)
_REFUSAL = re.compile(
    r"\b(?:forgot(?:ten)?|don'?t|do not|can'?t|cannot|won'?t|didn'?t|no idea|not sure|unable|lost|why|what|how|who|when|never|sorry|help|want|need|remember|"
    r"you|human|agent|reset|my stomach|know|already|wait|is this|are|have|anything)\b|\?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:\s*(?:(?:sure|ok(?:ay)?|yes|yeah|yep|of course|certainly|alright|right|hi|hello|well|um+|uh+|oh|and|so|no problem|here you go|thanks?|thank you)\b[\s,.!:-]*|"
    r"(?:i'?m|i am|it(?:'?s| is| was| would be| should be| might be)|that(?:'?s| is| would be)|this is|here(?:'?s| is| it is)|i think|i believe|they called her|"
    r"the|my|her|his|maiden|mother'?s?|mom'?s?|pet'?s?|dog'?s?|cat'?s?|gerbil'?s?|childhood|first|last|full|old|new|current|e-?mail|mail|address|name|answer|pass ?w[ao]r?d?r?d|"
    r"passowrd|pwd|pw|id|number|no|phone|contact|mobile|cell|was|is|are|were|its|named|called|please|as|:|-)\s*(?=\W|\w))(?!\w)[\s,:=.-]*)+",
    re.IGNORECASE,
)
_ACK = (
    r"yes|no|ok(?:ay)?|sure|thanks?|thank you|hello|hi|right|correct|fine|good|great|bye|nope|yep|yeah|none|nothing|both|either|same|not really|"
    r"just a (?:moment|second|minute)|one (?:moment|second|minute)|hold on|wait|please|sir|madam|that'?s (?:it|all|fine|right|correct)|(?:yes )?i (?:do|did|can|will)|"
    r"it is|of course|go ahead|proceed|very much|thing|so much|no problem"
)
_ACKNOWLEDGED = re.compile(rf"^\W*(?:{_ACK})(?:\W+(?:{_ACK}))*\W*$", re.IGNORECASE)
_PART = re.compile(r"\s*(?:,|;|/|\n|\band\b|&)\s*", re.IGNORECASE)
_WORDS_MOST = {Topic.ADDRESS: 14, Topic.EMAIL: 6}
_FEW = 4
_CREATURE = re.compile(
    r"\b(?:(?:pet|dog|cat|gerbil|hamster|fish|maiden(?: name)?)(?:'?s)?(?:\s+name)?|it|she|he|mother)\s+(?:is|was|were|called her|:)\s+(?:named |called |just )?(?P<value>[A-Z][\w'’-]+)"
)
_PASSWORD_LAST = re.compile(r"\bpass\s?\w*d\b\s+(?:is\s+)?(?P<value>\S+)\s*$", re.IGNORECASE)


def answers(text: str, topics: Sequence[Topic]) -> list[Span]:
    """Return the personal data in an answer to a question that asked for these topics, secret or not."""
    spans = list(_numbers(text, topics))
    refused = bool(_ACKNOWLEDGED.match(text) or _REFUSAL.search(text))
    for topic in _SAID:
        if topic in topics:
            spans += _named(text, topic)
            if not refused:
                spans += _said(text, topics, topic)
    return spans


def _named(text: str, topic: Topic) -> Iterator[Span]:
    """Yield answers that a word in the answer itself points out."""
    pattern = {Topic.SECURITY_ANSWER: _CREATURE, Topic.PASSWORD: _PASSWORD_LAST}.get(topic)
    for match in pattern.finditer(text) if pattern else ():
        yield Span(type=Kind(topic), start=match.start("value"), end=match.end("value"))


def _candidates(text: str) -> list[Run]:
    """Return the numbers of an answer that no word beside them calls something else."""
    places = [(span.start, span.end) for span in addresses(text)]
    found: list[Run] = []
    for run in runs(text):
        split = any(len(piece.digits) > 1 for piece in run.pieces) and re.search(r", ?", text[run.start : run.end])
        found += [
            part
            for part in (run.pieces if split else (run,))
            if not _OTHER_BEFORE.search(text[: part.start])
            and not _OTHER_AFTER.match(text, part.end)
            and all(part.end <= start or part.start >= end for start, end in places)
        ]
    return found


def _numbers(text: str, topics: Sequence[Topic]) -> Iterator[Span]:
    wanted = [topic for topic in topics if topic in _SIZES]
    if not wanted:
        return
    found = _candidates(text)
    counted = [topic for topic in topics if topic in _COUNTED]
    if len(found) == len(counted):
        paired = list(zip(found, counted, strict=True))
        if all(topic not in _SIZES or _fits(run, topic, topics) for run, topic in paired):
            yield from (_span(text, run, Kind(topic)) for run, topic in paired if topic in _SIZES)
            return
    for run in found:
        topic = next((topic for topic in wanted if _fits(run, topic, topics)), None)
        if topic is not None:
            yield _span(text, run, Kind(topic))


def _fits(run: Run, topic: Topic, topics: Sequence[Topic]) -> bool:
    least, most = _SIZES[topic]
    if len(topics) == 1 and topic in {Topic.CARD_NUMBER, Topic.NATIONAL_ID}:
        least = _ALONE_LEAST
    return least <= len(run.digits) <= most


def _span(text: str, run: Run, kind: Kind) -> Span:
    """Return the span of a number, with the letters that are glued to it."""
    start, end = run.start, run.end
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return Span(type=kind, start=start, end=end)


def _said(text: str, topics: Sequence[Topic], topic: Topic) -> Iterator[Span]:
    """Yield an answer that is words: the whole of a short one, or the part that stands where it was asked."""
    parts = _parts(text)
    most = _WORDS_MOST.get(topic, _FEW)
    chosen: list[tuple[int, int]] = []
    if len(parts) == len(topics) > 1:
        chosen = [part for part, asked in zip(parts, topics, strict=True) if asked is topic]
    elif len(topics) == 1 and parts:
        chosen = [(parts[0][0], parts[-1][1])]
    elif topic is Topic.PASSWORD:
        yield from _with_digits(text)
        return
    elif topic is Topic.NAME and topics[0] is Topic.NAME and parts:
        chosen = parts[:1]
    for start, end in chosen:
        inner = text[start:end]
        lead = _LEAD.match(inner)
        inner = inner[lead.end() if lead else 0 :]
        offset = end - len(inner)
        value = inner.strip(" \t\r\n.!,;:'\"“”")
        if topic is Topic.NAME:
            value = re.split(
                r"\s*(?:\d|\[|\bssn\b|\bpass|\be-?mail|\bbooking|\bconfirmation|\bphone|\baccount|[.!(])",
                value,
                maxsplit=1,
            )[0].strip()
        if value and len(value.split()) <= most and "[" not in value and len(value) > 1:
            at = offset + inner.index(value)
            yield Span(type=Kind(topic), start=at, end=at + len(value))


def _parts(text: str) -> list[tuple[int, int]]:
    """Return where the parts of an answer stand that commas, slashes or "and" divide."""
    lead = _LEAD.match(text)
    at = lead.end() if lead else 0
    parts: list[tuple[int, int]] = []
    for cut in (*_PART.finditer(text, at), None):
        end = cut.start() if cut else len(text)
        if text[at:end].strip(" .!,'\""):
            parts.append((at, end))
        at = cut.end() if cut else at
    return parts


def _with_digits(text: str) -> Iterator[Span]:
    """Yield the words with digits in them: what is left of an answer that also gives a name."""
    for word in re.finditer(r"\S*\d\S*", text):
        if "@" in word[0] or "[" in word[0] or _OTHER_BEFORE.search(text[: word.start()]):
            continue
        stripped = word[0].rstrip(".,;!?")
        yield Span(type=Kind.PASSWORD, start=word.start(), end=word.start() + len(stripped))
