"""Changes of articles that the vectors have yet to follow: a row for each article, written with the change itself."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from assist.store.cursor import at_least_one
from assist.store.engine import Database
from assist.store.tables import article_changes
from knowledge.ports import Change

_PART = 200  # parameters of one statement: SQLite takes at least 999


class SqlChangeLog:
    """The ChangeLog of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tenants(self, *, before: datetime) -> Sequence[str]:
        """Return the tenants that have changes from before this moment, by name."""
        old = select(article_changes.c.tenant).where(article_changes.c.at < before).distinct()
        async with self._database.transaction() as work:
            return list((await work.execute(old.order_by(article_changes.c.tenant))).scalars())

    async def pending(
        self, tenant: str, *, article_ids: Sequence[str] | None = None, limit: int = 128
    ) -> Sequence[Change]:
        """Return changes of these articles, or of all, oldest first."""
        rows = select(article_changes.c.article_id, article_changes.c.mark).where(article_changes.c.tenant == tenant)
        rows = rows.order_by(article_changes.c.at, article_changes.c.article_id).limit(at_least_one(limit))
        found: list[Change] = []
        async with self._database.transaction() as work:
            if article_ids is None:
                return [Change(*row) for row in await work.execute(rows)]
            for at in range(0, len(article_ids), _PART):
                part = rows.where(article_changes.c.article_id.in_(article_ids[at : at + _PART]))
                found += [Change(*row) for row in await work.execute(part)]
        return found[:limit]

    async def settle(self, tenant: str, changes: Sequence[Change]) -> None:
        """Forget these changes; an article that changed again meanwhile has another mark, and stays."""
        async with self._database.transaction() as work:
            for at in range(0, len(changes), _PART):
                same = [
                    and_(article_changes.c.article_id == change.article_id, article_changes.c.mark == change.mark)
                    for change in changes[at : at + _PART]
                ]
                await work.execute(delete(article_changes).where(article_changes.c.tenant == tenant, or_(*same)))


async def note_change(work: AsyncConnection, tenant: str, article_id: str, at: datetime) -> None:
    """Note in this transaction that an article changed; a note of before is replaced."""
    of_article = (article_changes.c.tenant == tenant, article_changes.c.article_id == article_id)
    await work.execute(delete(article_changes).where(*of_article))
    row = {"tenant": tenant, "article_id": article_id, "mark": uuid.uuid4().hex, "at": at}
    await work.execute(insert(article_changes), row)
