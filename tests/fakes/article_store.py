"""An ArticleStore and its ChangeLog in memory."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from assist.ports import Clock
from assist.store.text import storable_value
from knowledge.articles import Article
from knowledge.errors import ArticleChanged
from knowledge.ports import Change, Expected, Written


class MemoryArticleStore:
    """Keeps all versions, and what changed, in dictionaries."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, str], list[Article]] = {}
        self._changes: dict[tuple[str, str], tuple[str, datetime]] = {}

    async def put(self, tenant: str, article: Article, *, expected: Expected = None) -> Article:
        """Keep a new version where the content changed."""
        return self._put(tenant, article, expected).article

    async def put_all(self, tenant: str, articles: Sequence[Article]) -> Sequence[Written]:
        """Keep these articles."""
        return [self._put(tenant, article, None) for article in articles]

    async def newest(self, tenant: str, article_ids: Sequence[str]) -> Mapping[str, Article]:
        """Return the newest versions of those that are there."""
        return {name: self._kept[tenant, name][-1] for name in article_ids if (tenant, name) in self._kept}

    async def get(self, tenant: str, article_id: str, *, version: int | None = None) -> Article | None:
        """Return the newest version, or the one asked for."""
        versions = self._kept.get((tenant, article_id), [])
        number = len(versions) if version is None else version
        return versions[number - 1] if 1 <= number <= len(versions) else None

    async def page(
        self, tenant: str, *, domain: str | None = None, after: str | None = None, limit: int = 50
    ) -> Sequence[Article]:
        """Return the newest versions with article_id > after, by article_id."""
        newest = [versions[-1] for (owner, _), versions in self._kept.items() if owner == tenant]
        wanted = [a for a in newest if a.article_id > (after or "") and domain in {None, a.domain}]
        return sorted(wanted, key=lambda article: article.article_id)[:limit]

    async def versions(self, tenant: str, article_id: str) -> Sequence[Article]:
        """Return every version, oldest first."""
        return list(self._kept.get((tenant, article_id), []))

    async def delete(self, tenant: str, article_id: str, *, expected: Expected = None) -> bool:
        """Remove the article and its versions."""
        self._check(tenant, article_id, expected)
        if self._kept.pop((tenant, article_id), None) is None:
            return False
        self._note(tenant, article_id, self._clock.now())
        return True

    async def tenants(self, *, before: datetime) -> Sequence[str]:
        """Return the tenants that have changes from before this moment."""
        return sorted({tenant for (tenant, _), (_, at) in self._changes.items() if at < before})

    async def pending(
        self, tenant: str, *, article_ids: Sequence[str] | None = None, limit: int = 128
    ) -> Sequence[Change]:
        """Return changes, oldest first."""
        found = [
            (at, Change(name, mark))
            for (owner, name), (mark, at) in self._changes.items()
            if owner == tenant and (article_ids is None or name in article_ids)
        ]
        return [change for _, change in sorted(found, key=lambda each: (each[0], each[1].article_id))][:limit]

    async def settle(self, tenant: str, changes: Sequence[Change]) -> None:
        """Forget these changes."""
        for change in changes:
            if self._changes.get((tenant, change.article_id), ("",))[0] == change.mark:
                del self._changes[tenant, change.article_id]

    def _put(self, tenant: str, article: Article, expected: Expected) -> Written:
        self._check(tenant, article.article_id, expected)
        article = storable_value(article)
        versions = self._kept.setdefault((tenant, article.article_id), [])
        is_new = not versions or versions[-1].content_hash != article.content_hash
        if is_new:
            at = self._clock.now()
            versions.append(article.model_copy(update={"version": len(versions) + 1, "updated_at": at}))
            self._note(tenant, article.article_id, at)
        return Written(versions[-1], is_new=is_new)

    def _check(self, tenant: str, article_id: str, expected: Expected) -> None:
        version = len(self._kept.get((tenant, article_id), []))
        if expected is not None and version != expected and not (expected == "any" and version):
            message = f"article {article_id!r} is at {version}, not at {expected}"
            raise ArticleChanged(message)

    def _note(self, tenant: str, article_id: str, at: datetime) -> None:
        self._changes[tenant, article_id] = (uuid.uuid4().hex, at)
