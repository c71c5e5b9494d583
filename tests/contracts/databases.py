"""Real databases that a test may fill: made for it, and gone after it."""

import asyncio
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg
import pytest
from sqlalchemy import make_url, text

from assist.store import Database

SERVER = os.environ.get("ASSIST_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/")


@dataclass(frozen=True)
class Databases:
    """Two handles on one database, as two processes have them."""

    one: Database
    two: Database

    async def empty(self) -> None:
        """Remove all rows."""
        async with self.one.transaction() as work:
            await work.execute(
                text(
                    "TRUNCATE handoffs, conversations, api_keys, articles, article_changes, model_usage, quality_gauges CASCADE"
                )
            )

    async def close(self) -> None:
        """Close both handles."""
        await self.one.close()
        await self.two.close()


@contextmanager
def throw_away_postgres() -> Iterator[str]:
    """Yield the URL of a new, empty PostgreSQL database; skips the test where no server answers."""
    name = f"assist_test_{uuid.uuid4().hex}"
    try:
        asyncio.run(_command(f'CREATE DATABASE "{name}"'))
    except (OSError, asyncpg.PostgresError) as exc:
        pytest.skip(f"no PostgreSQL server for tests at {SERVER} (ASSIST_TEST_POSTGRES_URL): {exc}")
    try:
        yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_command(f'DROP DATABASE "{name}" WITH (FORCE)'))


async def _command(sql: str) -> None:
    connection = await asyncpg.connect(SERVER, timeout=5)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
