"""A database opened by its URL: transactions, lookups, and errors that an operator can act on."""

import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Protocol

import asyncpg
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from assist.store.address import Address
from assist.store.faults import explained
from assist.store.lookup import Lookup, Row, Value
from assist.store.postgresql import PostgresBackend
from assist.store.sqlite import SqliteBackend

_DRIVER_ERRORS = (SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


class Backend(Protocol):
    """What the two databases do each in their own way."""

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes."""
        ...

    @property
    def begin(self) -> str | None:
        """The SQL that begins a transaction, where SQLAlchemy does not."""
        ...

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Return all rows of a SELECT, outside of any transaction."""
        ...

    async def close(self) -> None:
        """Close every connection."""
        ...


class Database:
    """A database that stores share; it opens nothing before its first use.

    Takes plain URLs, `sqlite:///PATH` and `postgresql://…`; SettingsInvalid on any other. Between two calls of `close` it
    belongs to one event loop.
    """

    def __init__(self, url: str) -> None:
        self._address = Address.parse(url)
        self._backend: Backend = (
            SqliteBackend(self._address.url, self._address.path)
            if self._address.path is not None
            else PostgresBackend(self._address.url)
        )

    @property
    def label(self) -> str:
        """The file, or the URL with its password hidden: fit to show."""
        return self._address.label

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection whose work is committed at the end, or undone on any error.

        IntegrityError comes through as it is: what a clash means, the store knows that asked.
        """
        with self._explained():
            async with self._backend.engine.begin() as connection:
                if self._backend.begin is not None:
                    await connection.exec_driver_sql(self._backend.begin)
                yield connection

    async def read(self, lookup: Lookup, **values: Value) -> list[Row]:
        """Return all rows of a lookup, as of now, outside of any transaction."""
        prepared = lookup.prepared(self._backend.engine.dialect)
        with self._explained():
            return prepared.rows(await self._backend.fetch(prepared.sql, prepared.arguments(values)))

    async def close(self) -> None:
        """Close every connection; without it they leak."""
        await self._backend.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except _DRIVER_ERRORS as exc:
            raise explained(exc, self._address) from exc
