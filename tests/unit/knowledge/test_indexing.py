"""Keeping passages in step with articles."""

import pytest

from knowledge.articles import Article
from knowledge.errors import VectorStoreUnavailable
from knowledge.indexing import Indexer, IndexReport
from knowledge.ports import collection_name
from tests.fakes.embedder import CountingEmbedder
from tests.fakes.vector_store import FailingVectorStore

LONG = "\n\n".join(f"## Part {place}\n" + "Some words of this part. " * 20 for place in range(3))


def an_article(article_id: str = "refunds", **more: object) -> Article:
    """Return a short article of the retail domain."""
    fields: dict[str, object] = {"article_id": article_id, "title": "Refunds", "body": "Five days.", "domain": "retail"}
    return Article.model_validate(fields | more)


class Shelf:
    """A store, an embedder and an indexer over both."""

    def __init__(self, *, window: int = 128) -> None:
        self.store = FailingVectorStore()
        self.embedder = CountingEmbedder()
        self.indexer = Indexer(self.store, self.embedder, window=window)

    def index(self, *articles: Article, tenant: str = "acme") -> IndexReport:
        """Index these articles."""
        return self.indexer.index(tenant, articles)

    def ids(self, domain: str | None = "retail", tenant: str = "acme") -> list[str]:
        """Return the ids of all passages of a domain."""
        return [p.passage_id for p in self.store.entries(collection_name(tenant, domain, self.embedder.name))]


@pytest.fixture
def shelf() -> Shelf:
    """Return an empty shelf."""
    return Shelf()


def test_a_new_article_is_added(shelf: Shelf) -> None:
    """Every passage of it is in the collection of its tenant and domain."""
    assert shelf.index(an_article(body=LONG)) == IndexReport(added=("refunds",))
    assert shelf.ids() == ["refunds#0", "refunds#1", "refunds#2"]


def test_indexing_again_changes_and_embeds_nothing(shelf: Shelf) -> None:
    """The second run finds everything unchanged and writes nothing."""
    shelf.index(an_article())
    calls, writes = len(shelf.embedder.texts), shelf.store.writes
    assert shelf.index(an_article()) == IndexReport(unchanged=("refunds",))
    assert (len(shelf.embedder.texts), shelf.store.writes) == (calls, writes)


def test_a_changed_article_replaces_its_passages(shelf: Shelf) -> None:
    """Passages that the new version no longer has are gone."""
    shelf.index(an_article(body=LONG))
    assert shelf.index(an_article(version=2)) == IndexReport(changed=("refunds",))
    [entry] = shelf.store.entries(shelf.store.collections()[0])
    assert (entry.text, entry.metadata["version"]) == ("Five days.", 2)


def test_a_new_version_of_the_same_words_is_a_change(shelf: Shelf) -> None:
    """What a packet cites is the version that is stored now."""
    shelf.index(an_article())
    assert shelf.index(an_article(version=3)).changed == ("refunds",)


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_an_article_that_is_not_published_loses_its_passages(shelf: Shelf, status: str) -> None:
    """A draft or retired article cannot be found."""
    shelf.index(an_article())
    assert shelf.index(an_article(version=2, status=status)) == IndexReport(removed=("refunds",))
    assert shelf.ids() == []


def test_a_draft_that_was_never_there_changes_nothing(shelf: Shelf) -> None:
    """There is nothing to remove."""
    assert shelf.index(an_article(status="draft")) == IndexReport(unchanged=("refunds",))


def test_an_article_that_moves_is_in_its_new_domain_alone(shelf: Shelf) -> None:
    """Nothing of it stays behind."""
    shelf.index(an_article())
    assert shelf.index(an_article(version=2, domain="bank")).changed == ("refunds",)
    assert (shelf.ids("retail"), shelf.ids("bank")) == ([], ["refunds#0"])


def test_tenants_do_not_touch_each_other(shelf: Shelf) -> None:
    """The same id in two tenants is two articles."""
    shelf.index(an_article(), tenant="acme")
    assert shelf.index(an_article(), tenant="other").added == ("refunds",)
    shelf.indexer.remove("acme", ["refunds"])
    assert (shelf.ids(tenant="acme"), shelf.ids(tenant="other")) == ([], ["refunds#0"])


def test_removing_names_what_was_there(shelf: Shelf) -> None:
    """An id without passages is not in the report."""
    shelf.index(an_article(), an_article("fees"))
    assert shelf.indexer.remove("acme", ["refunds", "absent"]) == IndexReport(removed=("refunds",))
    assert shelf.indexer.indexed("acme") == {"fees"}


def test_many_articles_are_embedded_in_few_calls() -> None:
    """Ten articles in windows of four are three calls, not ten."""
    shelf = Shelf(window=4)
    shelf.index(*(an_article(f"a{place}", title=f"T{place}") for place in range(10)))
    assert len(shelf.embedder.calls) == 3


def test_an_id_twice_in_a_window_counts_once(shelf: Shelf) -> None:
    """The later one stands."""
    report = shelf.index(an_article(body="old"), an_article(body="new"))
    assert report.added == ("refunds",)
    assert [p.text for p in shelf.store.entries(shelf.store.collections()[0])] == ["new"]


def test_progress_is_told_after_every_window() -> None:
    """A bar moves while articles load."""
    shelf, told = Shelf(window=2), list[int]()
    shelf.indexer.index("acme", (an_article(f"a{place}") for place in range(5)), progress=told.append)
    assert told == [2, 4, 5]


def test_a_passage_is_embedded_with_its_title_and_heading(shelf: Shelf) -> None:
    """A passage from the middle of an article says what it is about."""
    shelf.index(an_article(body="## Late\nCall us."))
    assert "Refunds\nLate\n## Late\nCall us." in shelf.embedder.texts


def test_passages_of_an_article_lean_towards_its_title(shelf: Shelf) -> None:
    """The same words under two titles have two vectors, each nearer to its own title."""
    shelf.index(an_article("one", title="Refund status"), an_article("two", title="Parcel lost"))
    [direction] = shelf.embedder.embed(["Parcel lost"])
    nearest = shelf.store.nearest(shelf.store.collections()[0], direction, limit=2)
    assert [near.passage_id for near in nearest] == ["two#0", "one#0"]


def test_a_run_that_broke_is_finished_by_the_next() -> None:
    """After a crash in the middle nothing is lost, doubled or left over."""
    whole = Shelf()
    articles = [an_article(f"a{place}", body=LONG, version=2) for place in range(4)]
    whole.index(*articles)
    for fails_from in range(1, 6):
        shelf = Shelf(window=2)
        shelf.index(*(an_article(f"a{place}", body=LONG * 2) for place in range(4)))
        shelf.store.fails_from = shelf.store.writes + fails_from
        try:
            shelf.index(*articles)
        except VectorStoreUnavailable:
            shelf.store.fails_from = 1_000_000
            shelf.index(*articles)
        assert shelf.ids() == whole.ids()
        assert shelf.index(*articles).unchanged == ("a0", "a1", "a2", "a3")


def test_another_model_is_another_index(shelf: Shelf) -> None:
    """Vectors of two models are never in one collection."""
    shelf.index(an_article())
    other = Indexer(shelf.store, CountingEmbedder(32, name="other"))
    assert other.index("acme", [an_article()]).added == ("refunds",)
    assert shelf.ids() == ["refunds#0"]
    assert len(shelf.store.collections()) == 2


def test_reports_add_up() -> None:
    """Two windows make one report."""
    assert (IndexReport(added=("a",)) + IndexReport(added=("b",), removed=("c",))).total == 3
