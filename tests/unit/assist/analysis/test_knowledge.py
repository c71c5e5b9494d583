"""Finding articles for a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from assist.analysis.case import Case, Vectors
from assist.analysis.knowledge import KnowledgeStage, Retrieved, direction, question
from assist.domain.business import Domain, IntentDefinition, Playbook, PlaybookAction
from assist.domain.findings import Fact, Intent
from assist.domain.packet import KnowledgeHit
from assist.domain.transcript import Role, Turn
from knowledge import Article, Hit, HybridSearch, Indexer, SearchResult
from knowledge.stores.memory import MemoryVectorStore
from tests.builders import bot, customer, masked, tool
from tests.fakes.embedder import CountingEmbedder

EMBEDDER = CountingEmbedder(256)
SHOP = Domain(
    name="shop",
    title="Shop",
    intents=(IntentDefinition(label="refund", name="Refund"), IntentDefinition(label="other", name="Other")),
    playbooks=(Playbook(intent="refund", article="refunds", actions=(PlaybookAction(id="pay", title="Pay"),)),),
)


@dataclass
class Asked:
    """A search that remembers its question."""

    answer: SearchResult = field(default_factory=SearchResult)
    questions: list[dict[str, Any]] = field(default_factory=list)

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
        """Return the prepared answer."""
        given = {"text": text, "today": today, "vector": vector, "limit": limit, "language": language}
        self.questions.append({"tenant": tenant, "domain": domain, "prefer": prefer} | given)
        return self.answer


def a_case(*turns: Turn, **more: Any) -> Case:  # noqa: ANN401 -- any field of a case
    """Return a case whose spoken turns are embedded."""
    vectors = np.zeros((len(turns), 256), dtype=np.float32)
    for place, turn in enumerate(turns):
        if turn.text.strip() and turn.role is not Role.TOOL:
            vectors[place] = EMBEDDER.embed([turn.text])[0]
    now = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    return replace(Case(masked(*turns), SHOP, vectors, now, tenant="acme"), **more)


def nearness(case: Case, text: str) -> float:
    """Return the cosine between the case's direction and a text."""
    found = direction(case)
    assert found is not None
    return float(found @ EMBEDDER.embed([text])[0])


def test_the_search_is_of_the_cases_tenant_domain_day_and_language() -> None:
    """Nothing is searched across tenants, and what is not valid on the day of the case is not found."""
    search = Asked()
    KnowledgeStage(search, limit=3).by_rules(a_case(customer("My parcel never came"), language="de"))
    [asked] = search.questions
    assert (asked["tenant"], asked["domain"], asked["today"]) == ("acme", "shop", date(2026, 11, 20))
    assert (asked["limit"], asked["language"]) == (3, "de")


def test_hits_become_the_packets_knowledge() -> None:
    """Order, version, passage and score stay."""
    hit = Hit(article_id="refunds", version=3, title="Refunds", url=None, passage="Five days.", score=0.7)
    found = KnowledgeStage(Asked(SearchResult(hits=(hit,)))).by_rules(a_case(customer("Where is my refund?")))
    expected = KnowledgeHit(article_id="refunds", version=3, title="Refunds", passage="Five days.", score=0.7)
    assert found == Retrieved(hits=(expected,), nothing_relevant=False)


def test_nothing_relevant_is_handed_on() -> None:
    """That no article answers is a finding of its own."""
    search = Asked(SearchResult(nothing_relevant=True))
    assert KnowledgeStage(search).by_rules(a_case(customer("What is the capital of Peru?"))).nothing_relevant is True


@pytest.mark.parametrize(
    "turns",
    [pytest.param((customer(""), customer("  ")), id="blank"), pytest.param((tool('{"ok": true}'),), id="tools only")],
)
def test_nothing_said_is_nothing_searched(turns: tuple[Turn, ...]) -> None:
    """A conversation without words finds nothing, and asks nothing."""
    search = Asked()
    assert KnowledgeStage(search).by_rules(a_case(*turns)) == Retrieved((), nothing_relevant=True)
    assert search.questions == []


def test_the_words_are_those_of_the_whole_conversation() -> None:
    """Customer and bot, not the back end; not the last line alone."""
    case = a_case(customer("My parcel is lost"), bot("Which order?"), tool('{"secret": 1}'), customer("The second one"))
    assert question(case) == "My parcel is lost\nWhich order?\nThe second one"


def test_values_that_only_a_tool_returned_are_searched_for() -> None:
    """An error code is an exact term, wherever it comes from."""
    code = Fact(name="error_code", value="E-4012", turns=(1,))
    case = a_case(customer("It does not work"), tool('{"error": "E-4012"}', ok=False), facts=(code,))
    assert question(case).splitlines() == ["It does not work", "E-4012"]


@pytest.mark.parametrize(
    ("label", "confidence", "named"),
    [
        pytest.param("other", 0.9, True, id="sure"),
        pytest.param("other", 0.4, False, id="not sure"),
        pytest.param("refund", 0.9, False, id="its playbook names an article"),
        pytest.param("unknown", 0.9, False, id="unknown"),
    ],
)
def test_a_sure_intent_is_searched_for_by_name(label: str, confidence: float, named: bool) -> None:  # noqa: FBT001
    """The name says the matter in the words of the shop."""
    intent = Intent(label=label, name="Other matters", confidence=confidence)
    words = question(a_case(customer("It is about something else"), intent=intent))
    assert ("Other matters" in words.splitlines()) is named


def test_turns_that_say_more_weigh_more() -> None:
    """Greetings, names and numbers do not turn the question away from the matter."""
    matter = "My suitcase was lost between Rome and Lisbon yesterday evening"
    case = a_case(customer("hello"), customer(matter), customer("Ada Example"), customer("ada@example.com 0611223344"))
    assert nearness(case, matter) == pytest.approx(1.0, abs=1e-5)


def test_the_customer_weighs_more_than_the_bot() -> None:
    """What the customer wants decides; what the bot repeats helps."""
    mine, its = "broken screen replacement under warranty", "gift voucher balance transfer between accounts"
    case = a_case(customer(mine), bot(its))
    assert nearness(case, mine) > nearness(case, its) > 0.1


def test_short_turns_count_where_there_is_nothing_else() -> None:
    """A customer who writes one word is answered by that word."""
    assert nearness(a_case(customer("refund")), "refund") == pytest.approx(1.0, abs=1e-5)


def test_without_vectors_there_is_no_direction() -> None:
    """Where the model is down the words are left to the search."""
    assert direction(a_case(customer("Where is my refund?"), vectors=np.zeros((1, 256), dtype=np.float32))) is None


def test_the_playbooks_article_is_preferred_as_far_as_the_intent_is_sure() -> None:
    """An intent that is known well brings its article forward; one without a playbook brings none."""
    search = Asked()
    for label in ("refund", "other", "unknown"):
        intent = Intent(label=label, confidence=0.75)
        KnowledgeStage(search).by_rules(a_case(customer("I want my money"), intent=intent))
    assert [asked["prefer"] for asked in search.questions] == [{"refunds": 0.75}, {}, {}]


def test_the_right_article_is_found_for_a_conversation() -> None:
    """Put together: a conversation about a lost parcel finds the article on lost parcels."""
    store = MemoryVectorStore()
    articles = [
        Article(
            article_id="parcels", title="Lost parcels", body="A lost parcel is traced by the courier.", domain="shop"
        ),
        Article(article_id="refunds", title="Refunds", body="Money comes back within five days.", domain="shop"),
    ]
    Indexer(store, EMBEDDER).index("acme", articles)
    stage = KnowledgeStage(HybridSearch(store, EMBEDDER))
    case = a_case(
        customer("hi"), bot("How can I help?"), customer("my parcel is lost, can the courier trace the parcel")
    )
    calls = len(EMBEDDER.calls)
    assert [hit.article_id for hit in stage.by_rules(case).hits] == ["parcels", "refunds"]
    assert len(EMBEDDER.calls) == calls
