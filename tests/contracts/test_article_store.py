"""What every ArticleStore keeps: articles with all their versions."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assist.store import SqlArticleStore
from knowledge.articles import Article, Audience, Status
from knowledge.errors import ArticleChanged
from knowledge.ports import ArticleStore
from tests.contracts.databases import Databases
from tests.fakes.article_store import MemoryArticleStore

TENANT = "acme"
BEGIN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Ticking:
    """A clock that moves a minute each time it is asked."""

    def __init__(self) -> None:
        self._asked = 0

    def now(self) -> datetime:
        """Return the next minute."""
        self._asked += 1
        return BEGIN + timedelta(minutes=self._asked - 1)


@pytest.fixture
def pair(databases: Databases | None) -> tuple[ArticleStore, ArticleStore]:
    """Return two handles on one store."""
    clock = Ticking()
    if databases is None:
        memory = MemoryArticleStore(clock=clock)
        return memory, memory
    return SqlArticleStore(databases.one, clock=clock), SqlArticleStore(databases.two, clock=clock)


@pytest.fixture
def store(pair: tuple[ArticleStore, ArticleStore]) -> ArticleStore:
    """Return the store under test."""
    return pair[0]


def an_article(article_id: str = "returns", **more: object) -> Article:
    """Return a short article."""
    fields: dict[str, object] = {"article_id": article_id, "title": "Returns", "body": "Within 30 days."}
    return Article.model_validate(fields | more)


async def test_an_article_is_kept_with_every_field(store: ArticleStore) -> None:
    """It comes back with its first version and the time it was stored."""
    article = an_article(
        domain="retail",
        url="https://example.com/returns",
        tags=("returns", "30 days"),
        audience=Audience.AGENT,
        language="de",
        status=Status.DRAFT,
        valid_from=date(2026, 1, 1),
        valid_until=date(2027, 1, 1),
        review_by=date(2026, 12, 1),
        author="Zoë",
    )
    stored = await store.put(TENANT, article)
    assert stored == article.model_copy(update={"version": 1, "updated_at": BEGIN})
    assert await store.get(TENANT, "returns") == stored


async def test_the_same_content_makes_no_version(store: ArticleStore) -> None:
    """Loading twice changes nothing, not even the time; what comes back is what is stored."""
    first = await store.put(TENANT, an_article(author="Ada"))
    again = await store.put(TENANT, an_article(author="Ben", version=7, updated_at=BEGIN + timedelta(days=9)))
    assert again == first
    assert list(await store.versions(TENANT, "returns")) == [first]


@pytest.mark.parametrize(
    "change",
    [{"title": "Return"}, {"body": "Within 14 days."}, {"status": "retired"}, {"tags": ["x"]}, {"domain": "retail"}],
    ids=lambda change: next(iter(change)),
)
async def test_a_change_of_content_makes_the_next_version(store: ArticleStore, change: dict[str, Any]) -> None:
    """Both versions are kept, each with its own time."""
    first = await store.put(TENANT, an_article())
    second = await store.put(TENANT, an_article(**change))
    assert (second.version, second.updated_at) == (2, BEGIN + timedelta(minutes=1))
    assert list(await store.versions(TENANT, "returns")) == [first, second]
    assert await store.get(TENANT, "returns") == second
    assert await store.get(TENANT, "returns", version=1) == first


async def test_going_back_is_a_new_version(store: ArticleStore) -> None:
    """History is only added to."""
    await store.put(TENANT, an_article(body="one"))
    await store.put(TENANT, an_article(body="two"))
    assert (await store.put(TENANT, an_article(body="one"))).version == 3


@pytest.mark.parametrize("version", [0, -1, 2, 2**31, 2**70])
async def test_a_version_that_is_not_there_is_none(store: ArticleStore, version: int) -> None:
    """Any number but those stored finds nothing, however large."""
    await store.put(TENANT, an_article())
    assert await store.get(TENANT, "returns", version=version) is None


async def test_an_unknown_article_is_none(store: ArticleStore) -> None:
    """It has no versions either, and cannot be deleted."""
    assert await store.get(TENANT, "nothing") is None
    assert await store.get(TENANT, "no\x00thing\ud800") is None
    assert list(await store.versions(TENANT, "nothing")) == []
    assert not await store.delete(TENANT, "nothing")


async def test_articles_are_listed_by_id_page_by_page(store: ArticleStore) -> None:
    """A page holds the newest versions after an id."""
    for article_id in ("c", "a", "b"):
        await store.put(TENANT, an_article(article_id))
    await store.put(TENANT, an_article("b", body="new"))
    page = await store.page(TENANT, limit=2)
    assert [(article.article_id, article.version) for article in page] == [("a", 1), ("b", 2)]
    assert [article.article_id for article in await store.page(TENANT, after="b", limit=2)] == ["c"]
    assert list(await store.page(TENANT, after="c")) == []


async def test_articles_of_one_domain_are_listed_alone(store: ArticleStore) -> None:
    """The domain that counts is the one of the newest version."""
    await store.put(TENANT, an_article("a", domain="retail"))
    await store.put(TENANT, an_article("b", domain="banking"))
    await store.put(TENANT, an_article("c"))
    await store.put(TENANT, an_article("d", domain="banking"))
    await store.put(TENANT, an_article("d", domain="retail"))
    assert [article.article_id for article in await store.page(TENANT, domain="retail")] == ["a", "d"]
    assert [article.article_id for article in await store.page(TENANT, domain="retail", after="a")] == ["d"]


async def test_a_deleted_article_is_gone_with_its_versions(store: ArticleStore) -> None:
    """Put again, it begins anew."""
    await store.put(TENANT, an_article(body="one"))
    await store.put(TENANT, an_article(body="two"))
    assert await store.delete(TENANT, "returns")
    assert await store.get(TENANT, "returns") is None
    assert list(await store.versions(TENANT, "returns")) == []
    assert list(await store.page(TENANT)) == []
    assert (await store.put(TENANT, an_article(body="two"))).version == 1


async def test_tenants_have_articles_of_their_own(store: ArticleStore) -> None:
    """The same id in two tenants is two articles."""
    await store.put(TENANT, an_article(body="ours"))
    assert await store.get("other", "returns") is None
    await store.put("other", an_article(body="theirs"))
    assert not await store.delete("nobody", "returns")
    assert await store.delete("other", "returns")
    kept = await store.get(TENANT, "returns")
    assert kept is not None
    assert kept.body == "ours"


async def test_the_same_article_put_at_once_is_one_version(pair: tuple[ArticleStore, ArticleStore]) -> None:
    """Two loaders of the same folder do not get in each other's way."""
    answers = await asyncio.gather(*(handle.put(TENANT, an_article()) for handle in [*pair] * 3))
    assert {answer.version for answer in answers} == {1}
    assert len(await pair[0].versions(TENANT, "returns")) == 1


async def test_changes_at_once_are_all_kept(pair: tuple[ArticleStore, ArticleStore]) -> None:
    """Each change has a version of its own, with no gap."""
    await pair[0].put(TENANT, an_article())
    await asyncio.gather(*(handle.put(TENANT, an_article(body=f"{n}")) for n, handle in enumerate([*pair] * 3)))
    versions = await pair[0].versions(TENANT, "returns")
    assert [article.version for article in versions] == [1, 2, 3, 4, 5, 6, 7]
    assert {article.body for article in versions[1:]} == {"0", "1", "2", "3", "4", "5"}


async def test_characters_that_no_database_keeps_are_replaced_in_articles(store: ArticleStore) -> None:
    """NUL becomes U+FFFD before the content is compared, so that loading again makes no version."""
    stored = await store.put(TENANT, an_article(body="a\x00b"))
    assert stored.body == "a\ufffdb"
    assert await store.get(TENANT, "returns") == stored
    assert (await store.put(TENANT, an_article(body="a\x00b"))).version == 1


async def test_a_write_at_another_version_is_refused(store: ArticleStore) -> None:
    """Neither a put nor a deletion happens; "any" asks that there be an article, 0 that there be none."""
    await store.put(TENANT, an_article(), expected=0)
    await store.put(TENANT, an_article(body="two"), expected=1)
    for late in (0, 1, 3):
        with pytest.raises(ArticleChanged, match=f"'returns' is .*, not at {late}"):
            await store.put(TENANT, an_article(body="late"), expected=late)
        with pytest.raises(ArticleChanged):
            await store.delete(TENANT, "returns", expected=late)
    with pytest.raises(ArticleChanged):
        await store.put(TENANT, an_article("absent"), expected="any")
    assert (await store.put(TENANT, an_article(body="three"), expected="any")).version == 3
    assert await store.delete(TENANT, "returns", expected=3)


async def test_of_writers_at_once_with_one_version_one_succeeds(pair: tuple[ArticleStore, ArticleStore]) -> None:
    """No update is lost: the others hear that the article changed."""
    await pair[0].put(TENANT, an_article())
    writers = [handle.put(TENANT, an_article(body=f"{n}"), expected=1) for n, handle in enumerate([*pair] * 4)]
    answers = await asyncio.gather(*writers, return_exceptions=True)
    assert len([each for each in answers if isinstance(each, Article)]) == 1
    assert len([each for each in answers if isinstance(each, ArticleChanged)]) == 7
    assert len(await pair[0].versions(TENANT, "returns")) == 2


async def test_articles_are_stored_all_at_once(store: ArticleStore) -> None:
    """In the order given, each with its version and whether that is a new one; none is nothing."""
    await store.put(TENANT, an_article("b"))
    written = await store.put_all(
        TENANT, [an_article("c"), an_article("b"), an_article("a"), an_article("b", body="x")]
    )
    found = [(each.article.article_id, each.article.version, each.is_new) for each in written]
    assert found == [("c", 1, True), ("b", 1, False), ("a", 1, True), ("b", 2, True)]
    assert list(await store.put_all(TENANT, [])) == []


async def test_the_newest_versions_of_many_are_read_at_once(store: ArticleStore) -> None:
    """Those that are there, by id, within the tenant."""
    await store.put_all(TENANT, [an_article(f"a{n}") for n in range(450)])
    await store.put(TENANT, an_article("a1", body="new"))
    await store.put("other", an_article("a2", body="theirs"))
    found = await store.newest(TENANT, [f"a{n}" for n in range(500)])
    assert len(found) == 450
    assert (found["a1"].body, found["a2"].body) == ("new", "Within 30 days.")
    assert await store.newest(TENANT, []) == {}
