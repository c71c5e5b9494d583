"""Searching articles by meaning and by words."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import numpy as np
import pytest

from knowledge.articles import Article, Audience, ExplainedHit, SearchResult
from knowledge.errors import EmbedderUnavailable
from knowledge.indexing import Indexer
from knowledge.ports import Vectors
from knowledge.search import Habits, HybridSearch, Use
from tests.fakes.embedder import CountingEmbedder
from tests.fakes.vector_store import FailingVectorStore

TODAY = date(2026, 11, 20)


class Shelf:
    """Articles in memory, and the search over them."""

    def __init__(self) -> None:
        self.store = FailingVectorStore()
        self.embedder = CountingEmbedder(256)
        self.indexer = Indexer(self.store, self.embedder)
        self.searching = HybridSearch(self.store, self.embedder)

    def put(self, article_id: str, body: str, **more: object) -> None:
        """Index an article."""
        fields = {"article_id": article_id, "title": article_id.title(), "body": body, "domain": "retail"} | more
        self.indexer.index(str(more.get("tenant", "acme")), [Article.model_validate(fields)])

    def search(self, text: str, domain: str | None = "retail", **more: object) -> SearchResult:
        """Search as an agent of acme, today."""
        asked = {"text": text, "today": TODAY} | more
        return self.searching.search("acme", domain, **asked)  # type: ignore[arg-type]  # checked at run time

    def found(self, text: str, domain: str | None = "retail", **more: object) -> list[str]:
        """Return the ids of the hits."""
        return [hit.article_id for hit in self.search(text, domain, **more).hits]


@pytest.fixture
def shelf() -> Shelf:
    """Return a shelf with three articles."""
    made = Shelf()
    made.put("refunds", "Money comes back to the card within five days.", url="https://example.test/refunds")
    made.put("parcels", "A lost parcel is traced by the courier, code E-4012.")
    made.put("passwords", "Reset the password with a code sent by mail.")
    return made


def test_the_article_that_answers_comes_first(shelf: Shelf) -> None:
    """Words in common bring the right article up, with its best passage."""
    best = shelf.search("when does my money come back to my card").hits[0]
    assert (best.article_id, best.version, best.title) == ("refunds", 1, "Refunds")
    assert best.passage == "Money comes back to the card within five days."
    assert best.url == "https://example.test/refunds"


def test_an_error_code_finds_its_article(shelf: Shelf) -> None:
    """What only the words can know, the words find."""
    assert shelf.found("e-4012", vector=np.zeros(256, dtype=np.float32))[0] == "parcels"


def test_an_article_comes_once_with_its_best_passage(shelf: Shelf) -> None:
    """Passages of one article do not push others off the list."""
    long = "\n\n".join(f"## Part {place}\n" + f"gift card balance item {place} " * 15 for place in range(8))
    shelf.put("gifts", long)
    ids = shelf.found("gift card balance item 7", limit=3)
    assert ids[0] == "gifts"
    assert len(ids) == len(set(ids)) == 3


def test_one_question_is_embedded_once(shelf: Shelf) -> None:
    """All collections share the question's vector."""
    shelf.put("general", "Open from nine to five.", domain=None)
    before = len(shelf.embedder.calls)
    shelf.search("opening hours", None)
    assert len(shelf.embedder.calls) == before + 1


def test_a_vector_handed_in_is_not_made_again(shelf: Shelf) -> None:
    """A conversation whose turns are embedded already costs nothing more."""
    vector = shelf.embedder.embed(["lost parcel"])[0]
    before = len(shelf.embedder.calls)
    assert shelf.found("whatever was said", vector=vector)[0] == "parcels"
    assert len(shelf.embedder.calls) == before


def test_a_long_question_is_read_to_its_end(shelf: Shelf) -> None:
    """What matters may stand after hundreds of words that a model would cut off."""
    shelf.search("filler " * 500 + "lost parcel")
    assert any("lost parcel" in text for text in shelf.embedder.calls[-1])
    assert len(shelf.embedder.calls[-1]) > 1


@pytest.mark.parametrize(
    ("dates", "seen"),
    [
        pytest.param({"valid_from": "2026-11-20"}, True, id="from today"),
        pytest.param({"valid_from": "2026-11-21"}, False, id="from tomorrow"),
        pytest.param({"valid_until": "2026-11-20"}, True, id="until today"),
        pytest.param({"valid_until": "2026-11-19"}, False, id="until yesterday"),
        pytest.param({"status": "retired"}, False, id="retired"),
        pytest.param({"status": "draft"}, False, id="draft"),
    ],
)
def test_only_current_articles_are_found(shelf: Shelf, dates: dict[str, object], seen: bool) -> None:  # noqa: FBT001
    """Future, expired, retired and draft articles do not exist for who searches."""
    shelf.put("winter", "Winter sale of coats and scarves.", **dates)
    assert ("winter" in shelf.found("winter sale of coats")) is seen


def test_closed_passages_do_not_crowd_out_open_ones(shelf: Shelf) -> None:
    """Two hundred expired articles nearer to the question leave room for the one that is valid."""
    for place in range(200):
        shelf.put(f"old{place}", "Winter sale of coats and scarves.", valid_until="2020-01-01")
    shelf.put("current", "Coats: ask the shop.")
    assert "current" in shelf.found("Winter sale of coats and scarves")


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        (Audience.AGENT, {"both", "agents"}),
        (Audience.BOT, {"both", "bots"}),
        (Audience.BOTH, {"both", "agents", "bots"}),
    ],
)
def test_an_article_is_shown_to_its_audience(audience: Audience, seen: set[str]) -> None:
    """What is for agents is not told to customers by a bot."""
    shelf = Shelf()
    shelf.put("both", "Goodwill for late parcels.", audience="both")
    shelf.put("agents", "Goodwill limits for late parcels.", audience="agent")
    shelf.put("bots", "Goodwill wording for late parcels.", audience="bot")
    assert set(shelf.found("goodwill late parcels", audience=audience)) == seen


def test_articles_in_the_asked_language_are_kept_to(shelf: Shelf) -> None:
    """A region does not matter; a language that no article has excludes nothing."""
    shelf.put("erstattung", "Money comes back: Geld kommt in five days.", language="de-AT")
    assert shelf.found("money back", language="de") == ["erstattung"]
    assert "erstattung" not in shelf.found("money back", language="en-GB")
    assert "refunds" in shelf.found("money back", language="fr")


def test_a_domain_sees_its_own_articles_and_those_of_none(shelf: Shelf) -> None:
    """Another domain's articles are left out; without a domain all of the tenant's are searched."""
    shelf.put("hours", "Money questions are answered from nine to five.", domain=None)
    shelf.put("loans", "Money is lent at five per cent.", domain="bank")
    assert set(shelf.found("money five")) >= {"hours", "refunds"}
    assert "loans" not in shelf.found("money five")
    assert set(shelf.found("money five", None)) >= {"hours", "refunds", "loans"}


def test_another_tenants_articles_are_never_found(shelf: Shelf) -> None:
    """There is no way to ask across tenants."""
    shelf.put("secret", "Money secrets of another company.", tenant="other")
    assert "secret" not in shelf.found("money secrets of another company", None)


def test_a_change_is_seen_by_the_next_search(shelf: Shelf) -> None:
    """Words of a new version count at once, those of the old one no longer."""
    assert shelf.found("courier")[0] == "parcels"
    shelf.put("parcels", "Lost: ask the driver, code Z-9.", version=2)
    vector = np.zeros(256, dtype=np.float32)
    assert shelf.found("z-9", vector=vector)[0] == "parcels"
    assert shelf.search("driver", vector=vector).hits[0].version == 2


def test_after_a_change_only_what_changed_is_read(shelf: Shelf) -> None:
    """Of a collection that is known, the next search reads the passages of the edited article alone."""
    shelf.search("courier")
    shelf.store.read.clear()
    shelf.put("parcels", "Lost: ask the driver, code Z-9.", version=2)
    shelf.store.read.clear()
    shelf.search("driver")
    assert shelf.store.read == [["parcels#0"]]


def test_edits_one_after_another_score_as_a_whole_reading_does(shelf: Shelf) -> None:
    """Added, lengthened, shortened, retired: hits and scores are those of a search that starts afresh."""
    long = "\n\n".join(f"## Part {place}\n" + f"gift card balance item {place} " * 15 for place in range(4))
    edits: list[tuple[str, str, dict[str, object]]] = [
        ("gifts", long, {}),
        ("gifts", "Gift cards: see the back of the card.", {"version": 2}),
        ("parcels", "A lost parcel.", {"status": "retired"}),
        ("refunds", "Money comes back within nine days.", {"version": 2}),
    ]
    for article_id, body, more in edits:
        shelf.put(article_id, body, **more)
        for text in ("gift card balance", "lost parcel money back"):
            fresh = HybridSearch(shelf.store, shelf.embedder).search("acme", "retail", text=text, today=TODAY)
            assert shelf.search(text) == fresh


def test_a_hit_says_why_it_came_up_where_asked(shelf: Shelf) -> None:
    """Its nearness, the words that it shares with the question, and what it gained from use and from a playbook."""
    habits = Habits()
    at = datetime(2026, 11, 19, tzinfo=UTC)
    habits.learn([Use(tenant="acme", intent="lost", article_id="parcels", accepted=True, at=at)] * 4)
    search = HybridSearch(shelf.store, shelf.embedder, habits=habits)
    asked = {"text": "lost parcel E-4012", "today": TODAY, "intent": "lost", "prefer": {"refunds": 0.25}}
    plain = search.search("acme", "retail", **asked)  # type: ignore[arg-type]  # checked at run time
    told = search.search("acme", "retail", **asked, explain=True)  # type: ignore[arg-type]  # likewise
    assert [hit.model_dump(exclude={"why"}) for hit in told.hits] == [hit.model_dump() for hit in plain.hits]
    why = {hit.article_id: hit.why for hit in told.hits if isinstance(hit, ExplainedHit)}
    assert (why["parcels"].from_use, why["parcels"].from_playbook, why["parcels"].advance) == (0.5, 0.0, 0.1)
    assert (why["refunds"].from_use, why["refunds"].from_playbook, why["refunds"].advance) == (0.0, 0.25, 0.05)
    assert {"lost", "parcel", "e-4012", "lost parcel"} <= set(why["parcels"].words)
    assert why["passwords"].words == {}


def test_nothing_there_is_nothing_relevant() -> None:
    """An empty shelf says so."""
    assert Shelf().search("refund", None) == SearchResult(hits=(), nothing_relevant=True)


def test_a_preferred_article_comes_up(shelf: Shelf) -> None:
    """What is known besides the text, such as the playbook of the intent, moves an article forward and its score up."""
    for article_id in ("one", "two"):
        shelf.put(article_id, "Vouchers are valid for a year.", title="Vouchers")
    assert shelf.found("vouchers valid")[:2] == ["one", "two"]
    preferred = shelf.search("vouchers valid", prefer={"two": 0.5})
    assert [hit.article_id for hit in preferred.hits[:2]] == ["two", "one"]
    assert preferred.hits[0].score > shelf.search("vouchers valid").hits[0].score


class Unloadable(CountingEmbedder):
    """A model that is not installed."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Fail."""
        message = "no model here"
        raise EmbedderUnavailable(message)


def test_without_a_model_the_words_still_find(shelf: Shelf) -> None:
    """What they find is not called sure."""
    search = HybridSearch(shelf.store, Unloadable(256))
    result = search.search("acme", "retail", text="courier traced parcel", today=TODAY)
    assert (result.hits[0].article_id, result.nothing_relevant) == ("parcels", True)


def test_preferring_does_not_open_a_closed_article(shelf: Shelf) -> None:
    """A playbook may name an article that is no longer valid."""
    shelf.put("old", "Old rules.", valid_until="2020-01-01")
    assert "old" not in shelf.found("rules", prefer={"old": 1.0, "absent": 1.0})


@pytest.mark.parametrize("text", ["", "   ", "???", "\x00", "🙂", "مرحبا", "the of and"])
def test_a_question_without_words_is_no_error(shelf: Shelf, text: str) -> None:
    """Whatever a customer types, a search answers."""
    assert shelf.search(text).hits
