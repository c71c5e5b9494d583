"""The articles of the service: database and vectors in step, for everything that loads, edits or searches them."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

from knowledge.articles import Article, Audience, SearchResult, Unreadable
from knowledge.errors import ArticleInvalid
from knowledge.indexing import Indexer, IndexReport, Progress
from knowledge.ports import ArticleLoader, ArticleStore, Vectors
from knowledge.search import HybridSearch

_PAGE = 200


class Library:
    """Articles of all tenants. The database is the truth: it is written first, the vectors follow, `align` mends.

    Blocking work runs in threads. Within one process writes come one after another; where another process changed an
    article meanwhile, the vectors end up at the newest version.
    """

    def __init__(
        self, articles: ArticleStore, indexer: Indexer, search: HybridSearch, *, loader: ArticleLoader
    ) -> None:
        self._articles = articles
        self._indexer = indexer
        self._search = search
        self._loader = loader
        self._locks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()

    async def put(self, tenant: str, article: Article) -> Article:
        """Store an article and make it findable; returns it with its version. ArticleInvalid where it says nothing."""
        if not article.body.strip():
            message = f"article {article.article_id!r} has no text; write its body as Markdown"
            raise ArticleInvalid(message)
        async with self._writing():
            stored = await self._articles.put(tenant, article)
            await self._follow(tenant, [stored])
        return stored

    async def get(self, tenant: str, article_id: str, *, version: int | None = None) -> Article | None:
        """Return the newest version of an article, or the one asked for."""
        return await self._articles.get(tenant, article_id, version=version)

    async def page(
        self, tenant: str, *, domain: str | None = None, after: str | None = None, limit: int = 50
    ) -> Sequence[Article]:
        """Return the newest versions with article_id > after, by article_id."""
        return await self._articles.page(tenant, domain=domain, after=after, limit=limit)

    async def versions(self, tenant: str, article_id: str) -> Sequence[Article]:
        """Return every version of an article, oldest first."""
        return await self._articles.versions(tenant, article_id)

    async def delete(self, tenant: str, article_id: str) -> bool:
        """Remove an article, its versions and its vectors; False where there was none."""
        async with self._writing():
            # Vectors first: from here on it cannot be found, whatever happens next.
            await asyncio.to_thread(self._indexer.remove, tenant, [article_id])
            return await self._articles.delete(tenant, article_id)

    async def load(
        self, tenant: str, paths: Sequence[Path], *, domain: str | None = None, progress: Progress | None = None
    ) -> IndexReport:
        """Load every article of these files and folders; what cannot be read is in the report, the rest is loaded."""
        report = IndexReport()
        stream = self._loader.read(paths, domain=domain)
        while window := await asyncio.to_thread(_take, stream):
            unreadable = tuple(each for each in window if isinstance(each, Unreadable))
            async with self._writing():
                stored = [await self._articles.put(tenant, each) for each in window if isinstance(each, Article)]
                report += await self._follow(tenant, stored)
            report = replace(report, failed=report.failed + unreadable)
            if progress is not None:
                progress(report.total)
        return report

    async def align(self, tenant: str, *, progress: Progress | None = None) -> IndexReport:
        """Bring the vectors in step with the database, whatever happened to either; changes nothing where they are."""
        report, known, after = IndexReport(), set[str](), None
        async with self._writing():
            while page := await self._articles.page(tenant, after=after, limit=_PAGE):
                report += await self._follow(tenant, page)
                known |= {article.article_id for article in page}
                after = page[-1].article_id
                if progress is not None:
                    progress(report.total)
            indexed = await asyncio.to_thread(self._indexer.indexed, tenant)
            return report + await asyncio.to_thread(self._indexer.remove, tenant, sorted(indexed - known))

    async def search(
        self,
        tenant: str,
        domain: str | None,
        *,
        text: str,
        today: date,
        vector: Vectors | None = None,
        limit: int = 5,
        audience: Audience = Audience.AGENT,
        language: str | None = None,
    ) -> SearchResult:
        """Return the best articles for a text; see HybridSearch.search."""
        return await asyncio.to_thread(
            self._search.search,
            tenant,
            domain,
            text=text,
            today=today,
            vector=vector,
            limit=limit,
            audience=audience,
            language=language,
        )

    def _writing(self) -> asyncio.Lock:
        # A lock belongs to the loop it first waited in, while a library may outlive one: a command loads, then serves.
        return self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock())

    async def _follow(self, tenant: str, stored: Sequence[Article]) -> IndexReport:
        """Index these articles; again, where another process stored a newer version meanwhile."""
        report = await asyncio.to_thread(self._indexer.index, tenant, stored)
        newer = []
        for article in stored:
            newest = await self._articles.get(tenant, article.article_id)
            if newest is not None and newest.version > article.version:
                newer.append(newest)
        if newer:
            await self._follow(tenant, newer)
        return report


def _take(stream: Iterator[Article | Unreadable], size: int = 128) -> list[Article | Unreadable]:
    return [each for each, _ in zip(stream, range(size), strict=False)]
