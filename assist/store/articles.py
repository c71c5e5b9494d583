"""Articles in SQL, with every version of their content."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, Select, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assist.errors import Conflict
from assist.ports import Clock
from assist.store.cursor import at_least_one
from assist.store.engine import Database
from assist.store.lookup import Lookup
from assist.store.tables import article_versions, articles
from assist.store.text import storable_json, storable_value
from knowledge.articles import Article

_GREATEST = 2**31 - 1  # of an INTEGER column in PostgreSQL
_TRIES = 3

_OF_ARTICLE = select(article_versions.c.body).where(
    article_versions.c.tenant == bindparam("tenant"), article_versions.c.article_id == bindparam("article_id")
)
_NEWEST = Lookup(_OF_ARTICLE.order_by(article_versions.c.version.desc()).limit(1))
_EXACT = Lookup(_OF_ARTICLE.where(article_versions.c.version == bindparam("version")))
_VERSIONS = Lookup(_OF_ARTICLE.order_by(article_versions.c.version))


def _by_id(*more: ColumnElement[bool]) -> Select[str]:
    # The page is cut before the bodies are joined: PostgreSQL else walks the bodies from the first one for every page.
    page = (
        select(articles.c.id, articles.c.version)
        .where(articles.c.tenant == bindparam("tenant"), articles.c.id > bindparam("after"), *more)
        .order_by(articles.c.id)
        .limit(bindparam("limit", type_=Integer))
        .subquery()
    )
    of_page = (article_versions.c.article_id == page.c.id) & (article_versions.c.version == page.c.version)
    return (
        select(article_versions.c.body)
        .join(page, of_page)
        .where(article_versions.c.tenant == bindparam("tenant"))
        .order_by(page.c.id)
    )


_PAGE = Lookup(_by_id())
_PAGE_OF_DOMAIN = Lookup(_by_id(articles.c.domain == bindparam("domain")))


class SqlArticleStore:
    """The ArticleStore of a database; `updated_at` of a version is the time it was stored."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def put(self, tenant: str, article: Article) -> Article:
        """Commit a new version where the content changed; return the newest one as it stands where it did not."""
        given = storable_value(article)
        for _ in range(_TRIES):
            try:
                return await self._put(tenant, given)
            except IntegrityError:  # another writer made the same new article: its version is read and compared now
                continue
        message = f"article {article.article_id!r} is being written by others; send it again"
        raise Conflict(message)

    async def get(self, tenant: str, article_id: str, *, version: int | None = None) -> Article | None:
        """Return the newest version, or the one asked for."""
        if version is None:
            found = await self._read(_NEWEST, tenant=tenant, article_id=article_id)
        elif 1 <= version <= _GREATEST:
            found = await self._read(_EXACT, tenant=tenant, article_id=article_id, version=version)
        else:
            found = []
        return found[0] if found else None

    async def page(
        self, tenant: str, *, domain: str | None = None, after: str | None = None, limit: int = 50
    ) -> Sequence[Article]:
        """Return the newest versions with article_id > after, by article_id."""
        wanted = at_least_one(limit)
        if domain is None:
            return await self._read(_PAGE, tenant=tenant, after=after or "", limit=wanted)
        return await self._read(_PAGE_OF_DOMAIN, tenant=tenant, domain=domain, after=after or "", limit=wanted)

    async def versions(self, tenant: str, article_id: str) -> Sequence[Article]:
        """Return every version, oldest first."""
        return await self._read(_VERSIONS, tenant=tenant, article_id=article_id)

    async def delete(self, tenant: str, article_id: str) -> bool:
        """Remove the article and, with it, its versions."""
        async with self._database.transaction() as work:
            gone = await work.execute(delete(articles).where(articles.c.tenant == tenant, articles.c.id == article_id))
        return gone.rowcount == 1

    async def _put(self, tenant: str, article: Article) -> Article:
        of_article = (articles.c.tenant == tenant, articles.c.id == article.article_id)
        async with self._database.transaction() as work:
            held = select(articles.c.version, articles.c.content_hash).where(*of_article).with_for_update()
            newest = (await work.execute(held)).first()
            if newest is not None and newest.content_hash == article.content_hash:
                row = (article_versions.c.tenant == tenant, article_versions.c.article_id == article.article_id)
                body = select(article_versions.c.body).where(*row, article_versions.c.version == newest.version)
                return Article.model_validate_json((await work.execute(body)).scalar_one())
            version = 1 if newest is None else newest.version + 1
            stored = article.model_copy(update={"version": version, "updated_at": self._clock.now()})
            values = {
                "version": version,
                "domain": stored.domain,
                "content_hash": stored.content_hash,
                "updated_at": stored.updated_at,
            }
            if newest is None:
                await work.execute(insert(articles), {**values, "tenant": tenant, "id": article.article_id})
            else:
                await work.execute(update(articles).where(*of_article).values(**values))
            of_version = {"tenant": tenant, "article_id": article.article_id, "version": version}
            await work.execute(insert(article_versions), {**of_version, "body": storable_json(stored)})
        return stored

    async def _read(self, lookup: Lookup, **values: str | int) -> list[Article]:
        return [Article.model_validate_json(body) for (body,) in await self._database.read(lookup, **values)]
