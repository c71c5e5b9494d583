"""Learning from what agents accept, and re-ranking."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from knowledge.articles import SearchResult
from knowledge.errors import EmbedderUnavailable
from knowledge.ports import Vectors
from knowledge.search import Habits, HybridSearch, Use
from tests.unit.knowledge.search.test_hybrid import TODAY, Shelf

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def uses(
    article_id: str, times: int, *, accepted: bool = True, intent: str = "refund", tenant: str = "acme"
) -> list[Use]:
    """Return so many uses of an article."""
    return [Use(tenant=tenant, intent=intent, article_id=article_id, accepted=accepted, at=NOW)] * times


class Alike(Shelf):
    """Two articles that answer equally well; the first by id comes first."""

    def __init__(self) -> None:
        super().__init__()
        self.habits = Habits()
        self.searching = HybridSearch(self.store, self.embedder, habits=self.habits)
        self.put("cards-a", "A refund comes back to the card.", title="Refund")
        self.put("cards-b", "A refund comes back to the card.", title="Refund")


def test_an_accepted_article_comes_up_sooner_for_its_intent() -> None:
    """Measured as its rank: second before, first after one acceptance; for other intents and tenants nothing changes."""
    shelf = Alike()
    assert shelf.found("refund to card", intent="refund")[:2] == ["cards-a", "cards-b"]
    shelf.habits.learn(uses("cards-b", 1))
    assert shelf.found("refund to card", intent="refund")[:2] == ["cards-b", "cards-a"]
    assert shelf.found("refund to card", intent="other")[:2] == ["cards-a", "cards-b"]
    assert shelf.found("refund to card")[:2] == ["cards-a", "cards-b"]
    shelf.habits.learn(uses("cards-a", 9, tenant="other"))
    assert shelf.found("refund to card", intent="refund")[:2] == ["cards-b", "cards-a"]


def test_a_dismissed_article_loses_what_it_gained() -> None:
    """As many refusals as acceptances give no advance, and never less than none."""
    shelf = Alike()
    shelf.habits.learn(uses("cards-b", 2) + uses("cards-b", 2, accepted=False))
    assert shelf.found("refund to card", intent="refund")[:2] == ["cards-a", "cards-b"]
    assert shelf.habits.advances("acme", "refund") == {}


def test_the_advance_grows_with_the_evidence() -> None:
    """(taken - refused) / (taken + refused + 4): 1/5, 4/8, 20/24, and with refusals (6 - 2) / 12."""
    habits = Habits()
    habits.learn(uses("one", 1) + uses("four", 4) + uses("twenty", 20))
    habits.learn(uses("mixed", 6) + uses("mixed", 2, accepted=False))
    found = habits.advances("acme", "refund")
    assert found == {"one": 1 / 5, "four": 0.5, "twenty": 20 / 24, "mixed": pytest.approx(1 / 3)}


class ByLength:
    """A reranker that likes long passages, or has no model."""

    name = "by length"

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.asked: list[tuple[str, int]] = []

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """Return the lengths."""
        if not self.works:
            message = "no model"
            raise EmbedderUnavailable(message)
        self.asked.append((question, len(passages)))
        return np.array([len(passage) for passage in passages], dtype=np.float32)


def reranked(reranker: ByLength, limit: int) -> tuple[SearchResult, SearchResult]:
    """Return a search without and with a reranker."""
    shelf = Shelf()
    for number in range(30):
        shelf.put(f"fee-{number:02}", "A fee is due" + " every month" * number, title="Fee")
    plain = shelf.search("fee due", limit=limit)
    shelf.searching = HybridSearch(shelf.store, shelf.embedder, reranker=reranker)
    return plain, shelf.search("fee due", limit=limit)


def test_a_reranker_orders_the_best_articles_anew() -> None:
    """It is shown the best twenty with their titles; what counts as relevant stays as it was."""
    reranker = ByLength()
    plain, anew = reranked(reranker, 3)
    assert reranker.asked == [("fee due", 20)]
    lengths = [len(hit.passage) for hit in anew.hits]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > max(len(hit.passage) for hit in plain.hits)
    assert anew.nothing_relevant == plain.nothing_relevant


def test_without_its_model_the_order_of_the_first_search_stands() -> None:
    """A reranker that cannot be loaded costs order, never an answer."""
    plain, anew = reranked(ByLength(works=False), 3)
    assert anew == plain


def test_an_empty_shelf_needs_no_reranker() -> None:
    """Nothing is found, and nothing is asked."""
    reranker = ByLength()
    empty = HybridSearch(Shelf().store, Shelf().embedder, reranker=reranker)
    assert empty.search("nobody", "retail", text="fee", today=TODAY).nothing_relevant
    assert reranker.asked == []
