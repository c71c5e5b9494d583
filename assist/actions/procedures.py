"""The sentences of retrieved articles that tell an agent what to do."""

import re
from collections.abc import Container

from assist.actions.candidates import Candidate, Source
from assist.actions.progress import slug
from assist.actions.situation import Situation
from assist.domain.action import Citation
from assist.domain.business import PlaybookAction

_ITEM = re.compile(r"^\s*(?:\d+[.)]|[-*+]|step \d+[:.])\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")
_MARKUP = re.compile(r"[*_`#]+|\[([^\]]*)\]\([^)]*\)")
# How an instruction opens. Statements and warnings open otherwise.
_IMPERATIVE = re.compile(
    r"^(?:(?:first|then|next|finally|now|always|please)[, ]+)?"
    r"(?:(?:if|when|once|after|before|where|for|to)\b[^,.;]{3,80},\s*)?"
    r"(?:ask|check|confirm|verify|open|look up|find|send|offer|explain|tell|apply|create|cancel|refund|reset|restart"
    r"|escalate|transfer|block|freeze|order|book|rebook|change|update|add|remove|select|choose|enter|record|note|issue"
    r"|arrange|schedule|contact|request|provide|give|inform|run|test|reboot|replace|return|submit|raise|file|report"
    r"|review|compare|advise|guide|have the customer|let the customer|make sure|collect|quote|compute|calculate"
    r"|issue|log|read|set|switch|unblock|unlock|close|register|walk)\b",
    re.IGNORECASE,
)
_FADING = 0.6  # each later sentence is this much less likely to be the very next
_NAMING = 4  # words of a sentence that name its step
_SHORTEST, _LONGEST, _PER_ARTICLE, _ARTICLES = 12, 160, 3, 2


def instructions(passage: str) -> list[str]:
    """Return the sentences of a passage that are instructions, in order, without Markdown."""
    found: list[str] = []
    for line in passage.splitlines():
        if line.lstrip().startswith(("#", "|", ">")):
            continue
        clean = _MARKUP.sub(lambda match: match[1] or "", _ITEM.sub("", line)).strip()
        for sentence in _SENTENCE.split(clean):
            text = sentence.strip().rstrip(".")
            if _SHORTEST <= len(text) <= _LONGEST and _IMPERATIVE.match(text) and text not in found:
                found.append(text)
    return found


def from_articles(situation: Situation) -> list[Candidate]:
    """Return the first instructions of the best articles, each cited; none where nothing relevant was found."""
    if situation.nothing_relevant:
        return []
    found: dict[str, Candidate] = {}
    for hit in situation.knowledge[:_ARTICLES]:
        for order, text in enumerate(instructions(hit.passage)[:_PER_ARTICLE]):
            label = _name(hit.article_id, text, found)
            action = PlaybookAction(id=label, title=text[0].upper() + text[1:])
            cite = Citation(article_id=hit.article_id, version=hit.version)
            why = f"The article “{hit.title}” says so."
            likely = 0.5 * hit.score * _FADING**order
            found.setdefault(label, Candidate(action, Source.ARTICLE, likely, order, why, (cite,)))
    return list(found.values())


def _name(article_id: str, text: str, taken: Container[str]) -> str:
    """The article and the sentence's first words, as many as tell it from the others: the same whichever passage it was found in."""
    words = text.split()
    return next(
        (
            name
            for count in range(_NAMING, len(words))
            if (name := slug(f"{article_id}_{' '.join(words[:count])}")) not in taken
        ),
        slug(f"{article_id}_{text}"),
    )
