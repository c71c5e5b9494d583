"""The articles of the service: database and vectors in step, for everything that loads, edits or searches them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from knowledge.articles import Article, Audience, SearchResult, Wanted
from knowledge.errors import ArticleInvalid
from knowledge.following import Follower
from knowledge.indexes import Indexes
from knowledge.indexing import Indexer, IndexReport, Progress
from knowledge.loading import Loading, LoadPlan
from knowledge.ports import ArticleLoader, ArticleStore, ChangeLog, Expected, Vectors, Written
from knowledge.search import HybridSearch

_PAGE = 200


class Library:
    """Articles of all tenants; blocking work runs in threads.

    The database is the truth: it is written first, with a note of what changed, and the vectors follow before the call
    returns; where they could not, they do later.
    """

    def __init__(
        self,
        articles: ArticleStore,
        changes: ChangeLog,
        indexer: Indexer | Indexes,
        search: HybridSearch | Indexes,
        *,
        loader: ArticleLoader,
    ) -> None:
        self._indexer = indexer
        self._articles = articles
        self._follower = Follower(articles, changes, indexer)
        self._loading = Loading(articles, self._follower, loader)
        self._search = search

    async def put(self, tenant: str, article: Article, *, expected: Expected = None) -> Article:
        """Store an article and make it findable; returns it with its version.

        ArticleInvalid where it says nothing, ArticleChanged where it is not at the version expected.
        """
        if article.flaw:
            message = f"article {article.article_id!r} {article.flaw}"
            raise ArticleInvalid(message)
        stored = await self._articles.put(tenant, article, expected=expected)
        await self._follower.follow(tenant, [article.article_id])
        return stored

    async def put_all(self, tenant: str, articles: Sequence[Article]) -> Sequence[Written]:
        """Store these articles, all or none, and make them findable; ArticleInvalid where one says nothing."""
        for article in articles:
            if article.flaw:
                message = f"article {article.article_id!r} {article.flaw}"
                raise ArticleInvalid(message)
        written = await self._articles.put_all(tenant, articles)
        await self._follower.follow(tenant, [article.article_id for article in articles])
        return written

    async def get(self, tenant: str, article_id: str, *, version: int | None = None) -> Article | None:
        """Return the newest version of an article, or the one asked for."""
        return await self._articles.get(tenant, article_id, version=version)

    async def page(
        self, tenant: str, *, domain: str | None = None, after: str | None = None, limit: int = 50
    ) -> Sequence[Article]:
        """Return the newest versions with article_id > after, by article_id."""
        return await self._articles.page(tenant, domain=domain, after=after, limit=limit)

    async def find(
        self, tenant: str, wanted: Wanted, *, after: str | None = None, limit: int = 50
    ) -> Sequence[Article]:
        """Return the newest versions that are as wanted, with article_id > after, by article_id."""
        found: list[Article] = []
        while page := await self._articles.page(tenant, domain=wanted.domain, after=after, limit=_PAGE):
            found += await asyncio.to_thread(lambda each=page: list(filter(wanted.fits, each)))  # type: ignore[misc]
            if len(found) >= limit:
                break
            after = page[-1].article_id
        return found[:limit]

    async def everything(self, tenant: str, *, domain: str | None = None) -> AsyncIterator[Article]:
        """Yield the newest version of every article, by id; held a page at a time."""
        after: str | None = None
        while page := await self._articles.page(tenant, domain=domain, after=after, limit=_PAGE):
            for article in page:
                yield article
            after = page[-1].article_id

    async def versions(self, tenant: str, article_id: str) -> Sequence[Article]:
        """Return every version of an article, oldest first."""
        return await self._articles.versions(tenant, article_id)

    async def restore(
        self, tenant: str, article_id: str, version: int, *, author: str | None = None, expected: Expected = None
    ) -> Article | None:
        """Make an earlier version the newest, as a version of its own; None where there is no such version."""
        earlier = await self._articles.get(tenant, article_id, version=version)
        if earlier is None:
            return None
        return await self.put(tenant, earlier.model_copy(update={"author": author}), expected=expected)

    async def delete(self, tenant: str, article_id: str, *, expected: Expected = None) -> bool:
        """Remove an article, its versions and its vectors; False where there was none."""
        deleted = await self._articles.delete(tenant, article_id, expected=expected)
        await self._follower.follow(tenant, [article_id])
        return deleted

    async def load(
        self,
        tenant: str,
        paths: Sequence[Path],
        *,
        domain: str | None = None,
        plan: LoadPlan | None = None,
        progress: Progress | None = None,
    ) -> IndexReport:
        """Load every article of these files and folders, as `plan` says beside; see Loading.load."""
        wanted = LoadPlan(paths, domain=domain) if plan is None else replace(plan, paths=paths, domain=domain)
        return await self._loading.load(tenant, wanted, progress=progress)

    async def catch_up(self, *, before: datetime) -> None:
        """Make findable what another process changed before this moment and did not come to."""
        await self._follower.catch_up(before=before)

    async def align(self, tenant: str, *, mend: bool = True, progress: Progress | None = None) -> IndexReport:
        """Bring the vectors in step with the database, whatever happened to either, or say what differs."""
        return await self._follower.align(tenant, mend=mend, progress=progress)

    async def renew(self, tenant: str, *, progress: Progress | None = None) -> IndexReport | None:
        """Build the index of a new embedding model and switch to it; None where the one in use is of that model.

        Until it is complete the earlier one answers, and both follow what changes.
        """
        if not isinstance(self._indexer, Indexes) or not await asyncio.to_thread(self._indexer.is_outdated, tenant):
            return None
        report = await self._follower.align(tenant, index=self._indexer.wanted, progress=progress)
        await asyncio.to_thread(self._indexer.complete, tenant)
        return report

    async def outdated(self) -> Sequence[str]:
        """Return the tenants whose index is of an earlier embedding model."""
        return await asyncio.to_thread(self._indexer.outdated) if isinstance(self._indexer, Indexes) else []

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
        intent: str | None = None,
        explain: bool = False,
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
            intent=intent,
            explain=explain,
        )
