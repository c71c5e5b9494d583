"""Articles in SQL, with every version of their content."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from assist.errors import Conflict
from assist.ports import Clock
from assist.store.cursor import at_least_one
from assist.store.engine import Database
from assist.store.lookup import Lookup
from assist.store.outbox import note_change
from assist.store.tables import article_versions, articles
from assist.store.text import storable_json, storable_value
from knowledge.articles import Article
from knowledge.errors import ArticleChanged
from knowledge.ports import Expected, Written

_GREATEST = 2**31 - 1  # of an INTEGER column in PostgreSQL
_TRIES = 3
_PART = 200  # parameters of one statement: SQLite takes at least 999

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


class _Held(NamedTuple):
    version: int
    content_hash: str


class SqlArticleStore:
    """The ArticleStore of a database; `updated_at` of a version is the time it was stored."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def put(self, tenant: str, article: Article, *, expected: Expected = None) -> Article:
        """Commit a new version where the content changed; return the newest one as it stands where it did not."""
        [written] = await self._put_all(tenant, [article], expected=expected)
        return written.article

    async def put_all(self, tenant: str, articles: Sequence[Article]) -> Sequence[Written]:
        """Commit these articles in one transaction."""
        return await self._put_all(tenant, articles) if articles else []

    async def newest(self, tenant: str, article_ids: Sequence[str]) -> Mapping[str, Article]:
        """Return the newest versions of those of these articles that are there, by id."""
        found: list[str] = []
        same = (article_versions.c.article_id == articles.c.id) & (article_versions.c.version == articles.c.version)
        of_tenant = (articles.c.tenant == tenant) & (article_versions.c.tenant == tenant)
        async with self._database.transaction() as work:
            for at in range(0, len(article_ids), _PART):
                wanted = articles.c.id.in_(article_ids[at : at + _PART])
                bodies = select(article_versions.c.body).join(articles, same).where(of_tenant, wanted)
                found += (await work.execute(bodies)).scalars()
        read = [Article.model_validate_json(body) for body in found]
        return {article.article_id: article for article in read}

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

    async def delete(self, tenant: str, article_id: str, *, expected: Expected = None) -> bool:
        """Remove the article and, with it, its versions."""
        async with self._database.transaction() as work:
            _check(article_id, await _held(work, tenant, article_id), expected)
            gone = await work.execute(delete(articles).where(articles.c.tenant == tenant, articles.c.id == article_id))
            if gone.rowcount:
                await note_change(work, tenant, article_id, self._clock.now())
        return gone.rowcount == 1

    async def _put_all(self, tenant: str, given: Sequence[Article], *, expected: Expected = None) -> list[Written]:
        storable = [storable_value(article) for article in given]
        for _ in range(_TRIES):
            try:
                async with self._database.transaction() as work:
                    # One order for all writers, so that no two wait for each other.
                    ordered = sorted(enumerate(storable), key=lambda each: each[1].article_id)
                    done = {place: await self._put(work, tenant, each, expected) for place, each in ordered}
                return [done[place] for place in range(len(storable))]
            except IntegrityError:  # another writer made the same new article: its version is read and compared now
                continue
        message = f"article {given[0].article_id!r} is being written by others; send it again"
        raise Conflict(message)

    async def _put(self, work: AsyncConnection, tenant: str, article: Article, expected: Expected) -> Written:
        newest = await _held(work, tenant, article.article_id)
        _check(article.article_id, newest, expected)
        if newest is not None and newest.content_hash == article.content_hash:
            row = (article_versions.c.tenant == tenant, article_versions.c.article_id == article.article_id)
            body = select(article_versions.c.body).where(*row, article_versions.c.version == newest.version)
            return Written(Article.model_validate_json((await work.execute(body)).scalar_one()), is_new=False)
        version = 1 if newest is None else newest.version + 1
        at = self._clock.now()
        stored = article.model_copy(update={"version": version, "updated_at": at})
        values = {"version": version, "domain": stored.domain, "content_hash": stored.content_hash, "updated_at": at}
        if newest is None:
            await work.execute(insert(articles), {**values, "tenant": tenant, "id": article.article_id})
        else:
            of_article = (articles.c.tenant == tenant, articles.c.id == article.article_id)
            await work.execute(update(articles).where(*of_article).values(**values))
        of_version = {"tenant": tenant, "article_id": article.article_id, "version": version}
        await work.execute(insert(article_versions), {**of_version, "body": storable_json(stored)})
        await note_change(work, tenant, article.article_id, at)
        return Written(stored, is_new=True)

    async def _read(self, lookup: Lookup, **values: str | int) -> list[Article]:
        return [Article.model_validate_json(body) for (body,) in await self._database.read(lookup, **values)]


async def _held(work: AsyncConnection, tenant: str, article_id: str) -> _Held | None:
    """Return version and hash of the newest version, which nobody else changes until this transaction ends."""
    of_article = (articles.c.tenant == tenant, articles.c.id == article_id)
    held = select(articles.c.version, articles.c.content_hash).where(*of_article).with_for_update()
    row = (await work.execute(held)).first()
    return _Held(row.version, row.content_hash) if row else None


def _check(article_id: str, newest: _Held | None, expected: Expected) -> None:
    version = newest.version if newest is not None else 0
    if expected is None or version == expected or (expected == "any" and version):
        return
    at = f"at version {version}" if version else "not there"
    message = f"article {article_id!r} is {at}, not at {expected}; read it again and repeat your change"
    raise ArticleChanged(message)
