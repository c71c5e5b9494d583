"""SQLite: one connection that writes, one that reads beside it."""

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import create_async_engine

_BUSY_SECONDS = 10.0  # how long a writer waits for another process before it gives up
_QUEUE_SECONDS = 20.0

# Where several processes open a new file at once, the change to WAL fails as locked without waiting: SQLite does not call
# its busy handler there. Seen twice in 1,200 openings by eight threads; one more try was always enough.
_OPENING_TRIES = 20
_OPENING_PAUSE_SECONDS = 0.05

# In WAL mode a commit survives the end of the process with synchronous=NORMAL; FULL would flush the disk at each commit,
# and save only against a loss of power within the last moments.
_PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA foreign_keys = ON;
"""


class SqliteBackend:
    """A database file; nothing is opened before the first use."""

    # Taking the write lock at once: a transaction that reads first and writes later would fail where another wrote between.
    begin = "BEGIN IMMEDIATE"

    def __init__(self, url: URL, path: Path) -> None:
        self._path = path
        self._reader: aiosqlite.Connection | None = None
        self._opening = asyncio.Lock()
        # SQLite lets one write at a time: waiting in this queue is fair, waiting for the file's lock is not.
        self.engine = create_async_engine(
            url,
            async_creator=self._connect,
            hide_parameters=True,
            pool_size=1,
            max_overflow=0,
            pool_timeout=_QUEUE_SECONDS,
        )

    async def fetch(self, sql: str, arguments: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """Return all rows, in one visit to the reading connection's thread.

        The thread answers one lookup after the other; each takes microseconds, so that one is enough.
        """
        reader = self._reader or await self._open_reader()
        return list(await reader.execute_fetchall(sql, arguments))

    async def close(self) -> None:
        """Close both connections; the next use opens them anew, on whatever event loop it runs."""
        reader, self._reader = self._reader, None
        self._opening = asyncio.Lock()
        if reader is not None:
            await reader.close()
        await self.engine.dispose()

    async def _open_reader(self) -> aiosqlite.Connection:
        async with self._opening:
            if self._reader is None:
                self._reader = await self._connect()
            return self._reader

    async def _connect(self) -> aiosqlite.Connection:
        # aiosqlite's thread outlives an opening that failed, and then speaks to an event loop that may be gone.
        await asyncio.to_thread(_try, self._path)
        # Without an isolation level Python begins no transaction by itself: `begin` does.
        connection = aiosqlite.connect(self._path, isolation_level=None, timeout=_BUSY_SECONDS)
        # A program that ends without `close`, by an error or an interrupt, must not wait for this thread for ever.
        thread: Any = getattr(connection, "_thread", connection)
        thread.daemon = True
        await connection
        try:
            await _prepare(connection)
        except BaseException:
            await connection.close()
            raise
        return connection


def _try(path: Path) -> None:
    sqlite3.connect(path).close()


async def _prepare(connection: aiosqlite.Connection) -> None:
    for tries_left in reversed(range(_OPENING_TRIES)):
        try:
            await connection.executescript(_PRAGMAS)
        except sqlite3.OperationalError as exc:
            if not tries_left or "locked" not in str(exc):
                raise
            await asyncio.sleep(_OPENING_PAUSE_SECONDS)
        else:
            return
