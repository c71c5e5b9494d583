"""Database and vectors in step."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from knowledge.articles import Article
from knowledge.errors import ArticleInvalid, VectorStoreUnavailable
from knowledge.indexing import Indexer, IndexReport
from knowledge.library import Library
from knowledge.loaders.files import FileLoader
from knowledge.search import HybridSearch
from tests.fakes.article_store import MemoryArticleStore
from tests.fakes.embedder import CountingEmbedder
from tests.fakes.vector_store import FailingVectorStore

TODAY = date(2026, 11, 20)


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Return noon."""
        return datetime(2026, 11, 20, 12, tzinfo=UTC)


class Shelf:
    """A library over stores in memory."""

    def __init__(self, articles: MemoryArticleStore | None = None) -> None:
        self.articles = articles or MemoryArticleStore(clock=Noon())
        self.vectors = FailingVectorStore()
        self.embedder = CountingEmbedder(256)
        self.library = self.opened()

    def opened(self) -> Library:
        """Return a library over the same stores, as another process would open it."""
        search = HybridSearch(self.vectors, self.embedder)
        return Library(self.articles, self.articles, Indexer(self.vectors, self.embedder), search, loader=FileLoader())

    async def found(self, text: str, tenant: str = "acme") -> list[tuple[str, int]]:
        """Return id and version of the hits."""
        result = await self.library.search(tenant, None, text=text, today=TODAY)
        return [(hit.article_id, hit.version) for hit in result.hits]


@pytest.fixture
def shelf() -> Shelf:
    """Return an empty library."""
    return Shelf()


def an_article(article_id: str = "refunds", **more: object) -> Article:
    """Return a short article."""
    fields: dict[str, object] = {"article_id": article_id, "title": article_id, "body": "Money comes back."}
    return Article.model_validate(fields | more)


async def test_what_is_put_is_found(shelf: Shelf) -> None:
    """An article can be found as soon as the call returns, by its version."""
    stored = await shelf.library.put("acme", an_article())
    assert (stored.version, await shelf.found("money back")) == (1, [("refunds", 1)])


async def test_a_change_replaces_what_is_found(shelf: Shelf) -> None:
    """Only the newest version is found; the older one can still be read."""
    await shelf.library.put("acme", an_article())
    await shelf.library.put("acme", an_article(body="Money never comes back."))
    assert await shelf.found("money back") == [("refunds", 2)]
    old = await shelf.library.get("acme", "refunds", version=1)
    assert old is not None
    assert old.body == "Money comes back."
    assert [each.version for each in await shelf.library.versions("acme", "refunds")] == [1, 2]


async def test_a_retired_article_is_kept_and_not_found(shelf: Shelf) -> None:
    """Retiring is not deleting."""
    await shelf.library.put("acme", an_article())
    await shelf.library.put("acme", an_article(status="retired"))
    assert await shelf.found("money back") == []
    assert [each.article_id for each in await shelf.library.page("acme")] == ["refunds"]


async def test_a_deleted_article_is_gone(shelf: Shelf) -> None:
    """From the database and from the vectors; a second time there is nothing to delete."""
    await shelf.library.put("acme", an_article())
    assert await shelf.library.delete("acme", "refunds") is True
    assert await shelf.library.delete("acme", "refunds") is False
    assert (await shelf.found("money back"), await shelf.library.get("acme", "refunds")) == ([], None)


async def test_an_article_that_says_nothing_is_refused(shelf: Shelf) -> None:
    """A body of blanks is a mistake, and nothing is stored."""
    with pytest.raises(ArticleInvalid, match="'refunds' has no text"):
        await shelf.library.put("acme", an_article(body=" \n "))
    assert await shelf.library.page("acme") == []


async def test_a_folder_is_loaded_once(shelf: Shelf, tmp_path: Path) -> None:
    """A second load finds everything as it was; a changed file is a change, a bad one is reported."""
    for name in ("fees", "refunds"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\nAbout {name}.", "utf-8")
    assert (await shelf.library.load("acme", [tmp_path], domain="shop")).added == ("fees", "refunds")
    assert await shelf.library.load("acme", [tmp_path], domain="shop") == IndexReport(unchanged=("fees", "refunds"))
    (tmp_path / "fees.md").write_text("# fees\nMore about fees.", "utf-8")
    (tmp_path / "bad.md").write_text("---\nid: [\n---\n", "utf-8")
    told: list[int] = []
    report = await shelf.library.load("acme", [tmp_path], domain="shop", progress=told.append)
    assert (report.changed, report.unchanged, len(report.failed)) == (("fees",), ("refunds",), 1)
    assert told == [3]


async def test_tenants_have_their_own_articles(shelf: Shelf) -> None:
    """Another tenant's article is neither found nor read."""
    await shelf.library.put("other", an_article())
    assert await shelf.found("money back") == []
    assert await shelf.library.get("acme", "refunds") is None


async def test_aligning_mends_what_a_crash_left(shelf: Shelf) -> None:
    """Vectors that are missing, old or orphaned are put right; where nothing is wrong nothing changes."""
    for name in ("kept", "changed", "orphan"):
        await shelf.library.put("acme", an_article(name))
    await shelf.articles.put("acme", an_article("changed", body="Newer words."))
    await shelf.articles.put("acme", an_article("missing"))
    await shelf.articles.delete("acme", "orphan")
    report = await shelf.library.align("acme")
    assert (report.added, report.changed, report.removed) == (("missing",), ("changed",), ("orphan",))
    assert await shelf.library.align("acme") == IndexReport(unchanged=("changed", "kept", "missing"))


async def test_a_failing_vector_store_loses_no_article(shelf: Shelf) -> None:
    """The article is in the database; aligning makes it findable once the store works again."""
    shelf.vectors.fails_from = 1
    with pytest.raises(VectorStoreUnavailable):
        await shelf.library.put("acme", an_article())
    shelf.vectors.fails_from = 1_000_000
    assert (await shelf.library.align("acme")).added == ("refunds",)
    assert await shelf.found("money back") == [("refunds", 1)]


async def test_a_deletion_that_a_failing_vector_store_missed_is_made_up_for(shelf: Shelf) -> None:
    """The article is gone from the database; its vectors go as soon as the store works again."""
    await shelf.library.put("acme", an_article())
    shelf.vectors.fails_from = shelf.vectors.writes + 1
    with pytest.raises(VectorStoreUnavailable):
        await shelf.library.delete("acme", "refunds")
    shelf.vectors.fails_from = 1_000_000
    assert await shelf.library.get("acme", "refunds") is None
    await shelf.library.catch_up(before=datetime(2026, 11, 21, tzinfo=UTC))
    assert await shelf.found("money back") == []
    assert await shelf.articles.pending("acme") == []


class Overtaken(MemoryArticleStore):
    """A store in which another process puts a newer version right after ours was read to be indexed."""

    overtaken = False

    async def newest(self, tenant: str, article_ids: Sequence[str]) -> Mapping[str, Article]:
        """Return ours; then theirs is stored, indexed and settled."""
        ours = await super().newest(tenant, article_ids)
        if not self.overtaken:
            self.overtaken = True
            await self.put(tenant, ours["refunds"].model_copy(update={"body": "Theirs is newer."}))
            await self.settle(tenant, await self.pending(tenant))
        return ours


async def test_the_newest_version_wins_between_processes() -> None:
    """Whoever indexes last, what is found is what the database holds."""
    shelf = Shelf(Overtaken(clock=Noon()))
    assert (await shelf.library.put("acme", an_article())).version == 1
    assert await shelf.found("theirs newer") == [("refunds", 2)]


async def test_writes_at_the_same_time_end_in_step(shelf: Shelf) -> None:
    """Twenty changes at once: the vectors hold the newest version, and one alone."""
    await asyncio.gather(*(shelf.library.put("acme", an_article(body=f"Body {n}.")) for n in range(20)))
    newest = await shelf.library.get("acme", "refunds")
    assert newest is not None
    assert await shelf.found("body") == [("refunds", newest.version)]


def test_a_library_outlives_an_event_loop(shelf: Shelf) -> None:
    """A command may load in one loop and serve in the next, with writes waiting for each other in both."""

    async def both(*names: str) -> Sequence[Article]:
        return await asyncio.gather(*(shelf.library.put("acme", an_article(name)) for name in names))

    asyncio.run(both("one", "two"))
    assert len(asyncio.run(both("three", "four"))) == 2


async def test_an_earlier_version_is_restored_as_a_new_one(shelf: Shelf) -> None:
    """What was said before is found again, under the name of who brought it back; nothing of history is lost."""
    await shelf.library.put("acme", an_article(author="Ada"))
    await shelf.library.put("acme", an_article(body="Nothing comes back.", author="Ben"))
    restored = await shelf.library.restore("acme", "refunds", 1, author="Cleo")
    assert restored is not None
    assert (restored.version, restored.body, restored.author) == (3, "Money comes back.", "Cleo")
    assert await shelf.found("money back") == [("refunds", 3)]
    assert [each.author for each in await shelf.library.versions("acme", "refunds")] == ["Ada", "Ben", "Cleo"]
    assert await shelf.library.restore("acme", "refunds", 9) is None


@pytest.mark.parametrize(
    "more",
    [{"status": "draft"}, {"status": "retired"}, {"valid_from": "2026-11-21"}, {"valid_until": "2026-11-19"}],
    ids=["draft", "retired", "future", "past"],
)
async def test_what_does_not_hold_today_is_never_found(shelf: Shelf, more: dict[str, str]) -> None:
    """It is kept, and another article is found in its place."""
    await shelf.library.put("acme", an_article(**more))
    await shelf.library.put("acme", an_article("other"))
    assert await shelf.found("money back") == [("other", 1)]


async def test_dates_in_the_wrong_order_are_refused(shelf: Shelf) -> None:
    """An article that ends before it begins would never be found, and nobody would know why."""
    with pytest.raises(ArticleInvalid, match="2026-02-01 until 2026-01-01"):
        await shelf.library.put("acme", an_article(valid_from="2026-02-01", valid_until="2026-01-01"))


async def test_comparing_mends_nothing(shelf: Shelf) -> None:
    """It names what differs, and a second look finds the same."""
    for name in ("kept", "changed", "orphan"):
        await shelf.library.put("acme", an_article(name))
    await shelf.articles.put("acme", an_article("changed", body="Newer words."))
    await shelf.articles.delete("acme", "orphan")
    found = await shelf.library.align("acme", mend=False)
    assert (found.changed, found.removed) == (("changed",), ("orphan",))
    assert await shelf.library.align("acme", mend=False) == found
