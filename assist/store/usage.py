"""What calls to language models used, in SQL: a row for each tenant and day."""

from datetime import date

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from assist.ports import Usage
from assist.store.engine import Database
from assist.store.tables import model_usage

_MICROS = 1_000_000


class SqlUsageStore:
    """The UsageStore of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, tenant: str, day: date, usage: Usage) -> None:
        """Commit more usage; the database adds, so that no process overwrites another's."""
        if await self._added(tenant, day, usage):
            return
        micros = round(usage.cost * _MICROS)
        try:
            async with self._database.transaction() as work:
                row = {"tenant": tenant, "day": day, "tokens": usage.tokens, "micros": micros}
                await work.execute(insert(model_usage), row)
        except IntegrityError:  # another process began the day
            await self._added(tenant, day, usage)

    async def spent(self, tenant: str, day: date) -> Usage:
        """Return what was used on this day so far."""
        of_day = select(model_usage.c.tokens, model_usage.c.micros).where(
            model_usage.c.tenant == tenant, model_usage.c.day == day
        )
        async with self._database.transaction() as work:
            row = (await work.execute(of_day)).first()
        return Usage(row.tokens, row.micros / _MICROS) if row else Usage()

    async def _added(self, tenant: str, day: date, usage: Usage) -> bool:
        more = update(model_usage).where(model_usage.c.tenant == tenant, model_usage.c.day == day)
        async with self._database.transaction() as work:
            done = await work.execute(
                more.values(
                    tokens=model_usage.c.tokens + usage.tokens,
                    micros=model_usage.c.micros + round(usage.cost * _MICROS),
                )
            )
        return done.rowcount == 1
