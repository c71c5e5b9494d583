"""Questions that the customer could not answer, other than those about who they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assist.analysis.case import Case
from assist.analysis.speech.questions import indirect
from assist.analysis.speech.sentences import sentences
from assist.analysis.speech.wording import shortened
from assist.domain.transcript import Role
from assist.redaction.questions import requests

_UNKNOWN = re.compile(
    r"\b(?:(?:can(?:no|')?t|don'?t|do not) (?:remember|recall|know)|not sure|no idea|forgot)\b", re.IGNORECASE
)
_SMALL_TALK = re.compile(r"\b(?:help|assist|anything else|do for you)\b", re.IGNORECASE)
_QUESTION_WORDS = ("whether", "what", "when", "where", "which", "how", "who")
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the customer could not say, as an indirect question, with the turns of question and answer."""

    text: str
    turns: tuple[int, int]


def unknowns(case: Case) -> Iterator[Unknown]:
    """Yield the questions that the customer answered with not knowing, in order."""
    for index, turn in case.transcript.of(Role.CUSTOMER):
        before = case.turns[index - 1] if index else None
        if (
            before is None
            or before.role not in {Role.BOT, Role.AGENT}
            or not _UNKNOWN.search(turn.text)
            or requests(before.text)
        ):
            continue
        question = next((s.core for s in reversed(sentences(index - 1, before.text)) if s.is_question), "")
        told = indirect(question, by_customer=False) if question and not _SMALL_TALK.search(question) else ""
        if told.startswith(_QUESTION_WORDS):
            yield Unknown(shortened(told, words=_LONGEST), (index - 1, index))
