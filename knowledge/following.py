"""The vectors follow the articles: what changed is noted with the change, and forgotten once the vectors are in step."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from weakref import WeakKeyDictionary

from knowledge.articles import Article
from knowledge.indexing import IndexReport, Progress
from knowledge.ports import ArticleStore, Change, ChangeLog

_PAGE = 200


class ArticleIndex(Protocol):
    """What holds the vectors; see Indexer. Blocking."""

    def index(self, tenant: str, articles: Iterable[Article], *, dry: bool = False) -> IndexReport:
        """Bring the passages of these articles in step with them."""
        ...

    def remove(self, tenant: str, article_ids: Sequence[str]) -> IndexReport:
        """Remove every passage of these articles."""
        ...

    def indexed(self, tenant: str) -> set[str]:
        """Return the ids of all articles that have passages."""
        ...


class Follower:
    """Brings the vectors of changed articles in step with the database.

    A process that dies on the way leaves the change noted, and the next one to look does the rest; doing it twice
    changes nothing. Within one process this is done by one at a time.
    """

    def __init__(self, articles: ArticleStore, changes: ChangeLog, indexer: ArticleIndex) -> None:
        self._articles = articles
        self._changes = changes
        self._indexer = indexer
        self._locks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()

    async def follow(self, tenant: str, article_ids: Sequence[str] | None = None) -> None:
        """Bring the vectors of these articles in step, where they are not; of all that changed where None."""
        async with self._alone():
            while changes := await self._changes.pending(tenant, article_ids=article_ids):
                await self._bring(tenant, changes)

    async def catch_up(self, *, before: datetime) -> None:
        """Do what another process left undone: changes from before this moment, of every tenant."""
        for tenant in await self._changes.tenants(before=before):
            await self.follow(tenant)

    async def align(
        self,
        tenant: str,
        *,
        mend: bool = True,
        progress: Progress | None = None,
        index: ArticleIndex | None = None,
    ) -> IndexReport:
        """Compare all vectors with all articles and mend what differs, or only say what does.

        In the report `added` had no vectors, `changed` had other ones, `removed` had some and should have none. `index`
        is another index to compare than the one in use. Others may write meanwhile: they wait for a page at most.
        """
        index = index or self._indexer
        report, known, after = IndexReport(), set[str](), ""
        noted = await self._changes.pending(tenant, limit=1_000_000)
        while True:
            async with self._alone():
                page = await self._articles.page(tenant, after=after, limit=_PAGE)
                if not page:
                    break
                report += await asyncio.to_thread(index.index, tenant, page, dry=not mend)
            known |= {article.article_id for article in page}
            after = page[-1].article_id
            if progress is not None:
                progress(report.total)
        async with self._alone():
            orphans = sorted(await asyncio.to_thread(index.indexed, tenant) - known)
            # An article may have come since the pages were read: it is no orphan.
            orphans = sorted(set(orphans) - set(await self._articles.newest(tenant, orphans)))
            if not mend:
                return report + IndexReport(removed=tuple(orphans))
            report += await asyncio.to_thread(index.remove, tenant, orphans)
            if index is self._indexer:
                await self._changes.settle(tenant, noted)
        return report

    async def _bring(self, tenant: str, changes: Sequence[Change]) -> None:
        left = [change.article_id for change in changes]
        while left:
            taken = await self._articles.newest(tenant, left)
            await asyncio.to_thread(self._indexer.index, tenant, list(taken.values()))
            await asyncio.to_thread(self._indexer.remove, tenant, [name for name in left if name not in taken])
            # Another process may have stored a newer version and indexed it before ours was written over it.
            left = _differing(left, taken, await self._articles.newest(tenant, left))
        await self._changes.settle(tenant, changes)

    def _alone(self) -> asyncio.Lock:
        # A lock belongs to the loop it first waited in, while a library may outlive one: a command loads, then serves.
        return self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())


def _differing(names: Sequence[str], one: Mapping[str, Article], other: Mapping[str, Article]) -> list[str]:
    return [name for name in names if one.get(name) != other.get(name)]
