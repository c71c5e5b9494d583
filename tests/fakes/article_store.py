"""An ArticleStore in memory."""

from collections.abc import Sequence

from assist.ports import Clock
from assist.store.text import storable_value
from knowledge.articles import Article


class MemoryArticleStore:
    """Keeps all versions in a dictionary."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[tuple[str, str], list[Article]] = {}

    async def put(self, tenant: str, article: Article) -> Article:
        """Keep a new version where the content changed."""
        article = storable_value(article)
        versions = self._kept.setdefault((tenant, article.article_id), [])
        if not versions or versions[-1].content_hash != article.content_hash:
            update = {"version": len(versions) + 1, "updated_at": self._clock.now()}
            versions.append(article.model_copy(update=update))
        return versions[-1]

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

    async def delete(self, tenant: str, article_id: str) -> bool:
        """Remove the article and its versions."""
        return self._kept.pop((tenant, article_id), None) is not None
