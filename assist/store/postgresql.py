"""PostgreSQL: a pool of connections that both write and read."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import URL, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import create_async_engine

_CONNECT_SECONDS = 10.0
_QUEUE_SECONDS = 20.0


class _Pooled(Protocol):
    """What SQLAlchemy puts around asyncpg's connection, as far as it is used here."""

    driver_connection: Any


class PostgresBackend:
    """A server; nothing is connected before the first use."""

    begin: str | None = None  # SQLAlchemy begins by itself

    def __init__(self, url: URL) -> None:
        self.engine = create_async_engine(
            url,
            connect_args={"timeout": _CONNECT_SECONDS},
            hide_parameters=True,
            pool_size=10,
            max_overflow=10,
            pool_timeout=_QUEUE_SECONDS,
        )
        event.listen(self.engine.sync_engine, "checkout", _refuse_closed)

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Return all rows, in one round trip; the driver keeps the statement prepared."""
        async with self.engine.connect() as borrowed:
            driver: Any = (await borrowed.get_raw_connection()).driver_connection
            rows: Sequence[Sequence[Any]] = await driver.fetch(sql, *arguments)
            return rows

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _refuse_closed(connection: _Pooled, *_: object) -> None:
    """Make the pool take another connection where the server closed this one.

    The driver hears of that by itself, so that asking it costs no round trip, as a ping before each use would.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError
