"""What every ChangeLog keeps: changes of articles that the vectors have yet to follow."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from assist.store import SqlArticleStore, SqlChangeLog
from knowledge.ports import ArticleStore, ChangeLog
from tests.contracts.databases import Databases
from tests.contracts.test_article_store import BEGIN, TENANT, Ticking, an_article
from tests.fakes.article_store import MemoryArticleStore


@dataclass(frozen=True)
class Both:
    """A store of articles and the log of its changes."""

    articles: ArticleStore
    changes: ChangeLog


@pytest.fixture
def both(databases: Databases | None) -> Both:
    """Return store and log under test."""
    if databases is None:
        memory = MemoryArticleStore(clock=Ticking())
        return Both(memory, memory)
    return Both(SqlArticleStore(databases.one, clock=Ticking()), SqlChangeLog(databases.two))


async def names(both: Both, tenant: str = TENANT) -> list[str]:
    """Return the ids of the articles noted."""
    return [change.article_id for change in await both.changes.pending(tenant)]


async def test_what_changes_an_article_is_noted(both: Both) -> None:
    """A new article, a new version and a deletion, oldest first; what changes nothing is not."""
    for name in ("a", "b", "c"):
        await both.articles.put(TENANT, an_article(name))
    assert await names(both) == ["a", "b", "c"]
    await both.changes.settle(TENANT, await both.changes.pending(TENANT))
    await both.articles.put(TENANT, an_article("a"))
    assert await names(both) == []
    await both.articles.put(TENANT, an_article("b", body="new"))
    await both.articles.delete(TENANT, "a")
    await both.articles.delete(TENANT, "absent")
    assert await names(both) == ["b", "a"]


async def test_an_article_is_noted_once(both: Both) -> None:
    """However often it changed."""
    for number in range(3):
        await both.articles.put(TENANT, an_article(body=f"{number}"))
    assert await names(both) == ["returns"]


async def test_what_changed_again_meanwhile_stays_noted(both: Both) -> None:
    """Settling what was read forgets nothing that came later."""
    await both.articles.put(TENANT, an_article("a"))
    await both.articles.put(TENANT, an_article("b"))
    read = await both.changes.pending(TENANT)
    await both.articles.put(TENANT, an_article("a", body="new"))
    await both.changes.settle(TENANT, read)
    assert await names(both) == ["a"]
    await both.changes.settle(TENANT, [])
    assert await names(both) == ["a"]


async def test_changes_of_some_articles_can_be_asked_for(both: Both) -> None:
    """And no more of them than wanted."""
    await both.articles.put_all(TENANT, [an_article(f"a{n:03}") for n in range(300)])
    wanted = [f"a{n:03}" for n in range(0, 300, 2)] + ["absent"]
    assert len(await both.changes.pending(TENANT, article_ids=wanted, limit=1000)) == 150
    assert len(await both.changes.pending(TENANT, article_ids=wanted)) == 128
    assert len(await both.changes.pending(TENANT, limit=7)) == 7
    assert list(await both.changes.pending(TENANT, article_ids=[])) == []


async def test_tenants_with_old_changes_are_named(both: Both) -> None:
    """Each once; a change of now is left to whoever made it."""
    await both.articles.put("b", an_article("x"))
    await both.articles.put("a", an_article("x"))
    await both.articles.put("b", an_article("y"))
    assert list(await both.changes.tenants(before=BEGIN + timedelta(minutes=1))) == ["b"]
    assert list(await both.changes.tenants(before=BEGIN + timedelta(days=1))) == ["a", "b"]
    assert await names(both, "a") == ["x"]
