"""What every contract suite of a store runs on: memory, SQLite and PostgreSQL."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from assist.ports import HandoffStore
from assist.store import Database, SqlHandoffStore, migrate
from tests.contracts.databases import Databases, throw_away_postgres
from tests.fakes.handoff_store import MemoryHandoffStore


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """Return the URL of a PostgreSQL database with tables, for this session alone."""
    with throw_away_postgres() as url:
        asyncio.run(migrate(url))
        yield url


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file with tables and no rows, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(empty_file: Path, tmp_path: Path) -> str:
    """Return the URL of an SQLite file with tables and no rows."""
    path = tmp_path / "store.db"
    shutil.copy(empty_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str | None:
    """Return the URL of the database under test, None for memory."""
    if request.param == "memory":
        return None
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
async def databases(url: str | None) -> AsyncIterator[Databases | None]:
    """Return two handles on an empty database, None for memory."""
    if url is None:
        yield None
        return
    handles = Databases(Database(url), Database(url))
    if url.startswith("postgresql"):
        await handles.empty()
    yield handles
    await handles.close()


@pytest.fixture
def handoff_stores(databases: Databases | None) -> tuple[HandoffStore, HandoffStore]:
    """Return two handles on one store of packets."""
    if databases is None:
        memory = MemoryHandoffStore()
        return memory, memory
    return SqlHandoffStore(databases.one), SqlHandoffStore(databases.two)


@pytest.fixture
def handoffs(handoff_stores: tuple[HandoffStore, HandoffStore]) -> HandoffStore:
    """Return the store of packets under test."""
    return handoff_stores[0]


@pytest.fixture
def elsewhere(handoff_stores: tuple[HandoffStore, HandoffStore]) -> HandoffStore:
    """Return the same store of packets as another process sees it."""
    return handoff_stores[1]
