"""Which articles the human should have at hand: a question is made of the whole conversation, not of its last line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from assist.analysis.case import Case, Vectors
from assist.domain.packet import KnowledgeHit
from assist.domain.transcript import Role, Turn
from knowledge import SearchResult
from knowledge.keywords import terms

_SPOKEN = (Role.CUSTOMER, Role.BOT, Role.AGENT)
_OTHERS = 0.3
"""What a bot's or an agent's turn weighs beside a customer's: it often says the problem again in the shop's words."""

_LEAST, _MOST = 3, 12
"""Words that carry meaning: a turn with fewer ("hi", a name, a number) says nothing of the matter; more add no weight."""

_SURE = 0.5

_NUMBERS = re.compile(r"\S*[@\d]\S*")


class Search(Protocol):
    """Finds articles within a tenant."""

    def search(
        self,
        tenant: str,
        domain: str | None,
        *,
        text: str,
        today: date,
        vector: Vectors | None = None,
        limit: int = 5,
        language: str | None = None,
        prefer: Mapping[str, float] | None = None,
        intent: str | None = None,
    ) -> SearchResult:
        """Return the best articles."""
        ...


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The articles found, best first, and whether none of them is good enough to answer from."""

    hits: tuple[KnowledgeHit, ...] = ()
    nothing_relevant: bool = True


class KnowledgeStage:
    """Finds articles for a conversation; embeds nothing, the turns' own vectors make the question."""

    name = "knowledge"

    def __init__(self, search: Search, *, limit: int = 5) -> None:
        self._search = search
        self._limit = limit

    def by_rules(self, case: Case) -> Retrieved:
        """Return the articles for the case; nothing where the customer said nothing to go by."""
        text = question(case)
        if not text:
            return Retrieved()
        found = self._search.search(
            case.tenant,
            case.domain.name,
            text=text,
            today=case.now.date(),
            vector=direction(case),
            limit=self._limit,
            language=case.language,
            prefer=_playbook_article(case),
            intent=case.intent.label,
        )
        hits = tuple(KnowledgeHit.model_validate(hit.model_dump()) for hit in found.hits)
        return Retrieved(hits, found.nothing_relevant)


def question(case: Case) -> str:
    """Return the words to search for: all that was said, values that only tools returned, and the intent's name.

    The name says the matter in the words of the shop. It stays out where the intent's playbook names an article, since
    that says more, and since the name of a wide intent pulls towards the wrong one.
    """
    spoken = [turn.text for turn in case.turns if turn.role in _SPOKEN and turn.text.strip()]
    values = [fact.value for fact in case.facts]
    is_sure = case.intent.confidence >= _SURE and case.domain.intent(case.intent.label) is not None
    names = [case.intent.name] if is_sure and not _playbook_article(case) else []
    return "\n".join([*spoken, *values, *names]) if spoken else ""


def direction(case: Case) -> Vectors | None:
    """Return the mean of the turns' vectors, weighted by what each turn says; None where there is no vector at all."""
    usable = case.vectors.any(axis=1)
    weights = np.array([_weight(turn) for turn in case.turns], dtype=np.float32) * usable
    if not weights.any():
        weights = np.asarray(usable, dtype=np.float32)
    mean = np.asarray(weights @ case.vectors, dtype=np.float32)
    length = np.linalg.norm(mean)
    return np.asarray(mean / length, dtype=np.float32) if length else None


def _weight(turn: Turn) -> float:
    if turn.role not in _SPOKEN:
        return 0.0
    said = len({term for term in terms(_NUMBERS.sub(" ", turn.text)) if term.isalpha()})
    if said < _LEAST:
        return 0.0
    return min(said, _MOST) * (1.0 if turn.role is Role.CUSTOMER else _OTHERS)


def _playbook_article(case: Case) -> dict[str, float]:
    """Return the article of the intent's playbook, preferred as far as the intent is sure."""
    playbook = case.domain.playbook(case.intent.label)
    return {playbook.article: case.intent.confidence} if playbook and playbook.article else {}
