"""A database that works, dies, is broken, or is not there."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from assist.errors import SettingsInvalid, StoreUnavailable
from assist.store import Database, SqlHandoffStore, SqlKeyStore, check_schema, migrate
from assist.store.address import Address
from assist.store.faults import explained
from tests.builders import masked
from tests.contracts.databases import SERVER, throw_away_postgres
from tests.contracts.packets import a_packet

# Adds a packet and is killed before it can close anything.
_KILLED = """
import asyncio, os, signal, sys
from assist.store import Database, SqlHandoffStore
from tests.builders import masked
from tests.contracts.packets import a_packet

async def main():
    await SqlHandoffStore(Database(sys.argv[1])).add("acme", a_packet(), masked())
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""

# Reads and writes, and ends by an error before it can close anything.
_FORGOTTEN = """
import asyncio, sys
from assist.store import Database, SqlKeyStore

async def main():
    database = Database(sys.argv[1])
    await SqlKeyStore(database).count()
    async with database.transaction():
        sys.exit(3)

asyncio.run(main())
"""


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """Return the URL of a PostgreSQL database with tables."""
    with throw_away_postgres() as url:
        asyncio.run(migrate(url))
        yield url


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    """Return the URL of an SQLite database with tables."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    asyncio.run(migrate(url))
    return url


def ended(program: str, url: str) -> int:
    """Run a program on this database and return its exit code."""
    root = Path(__file__).parents[2]
    return subprocess.run([sys.executable, "-c", program, url], check=False, cwd=root, timeout=60).returncode


async def refused(url: str) -> str:
    """Return what a start with this database says."""
    with pytest.raises(StoreUnavailable) as caught:
        await migrate(url)
    database = Database(url)
    with pytest.raises(StoreUnavailable) as caught_reading:
        await check_schema(database)
    await database.close()
    assert str(caught.value) == str(caught_reading.value)
    return str(caught.value)


async def test_what_was_answered_survives_the_end_of_the_process(file_url: str) -> None:
    """A process killed right after `add` loses nothing."""
    assert await asyncio.to_thread(ended, _KILLED, file_url) == -signal.SIGKILL
    database = Database(file_url)
    assert (await SqlHandoffStore(database).get("acme", "ho_01")).revision == 1
    await database.close()


def test_a_program_that_closes_nothing_ends(file_url: str) -> None:
    """No thread of the database keeps a process alive."""
    assert ended(_FORGOTTEN, file_url) == 3


async def test_a_file_is_opened_for_many_processes_and_safe_commits(file_url: str) -> None:
    """The journal is a write-ahead log, and rows cannot refer to nothing."""
    database = Database(file_url)
    async with database.transaction() as work:
        found = [
            (await work.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 1, 1]
    await database.close()


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The sentence says what it is not, and what to do with it; the file stays as it is."""
    path = tmp_path / "store.db"
    path.write_text("dear diary " * 1_000)
    said = await refused(f"sqlite:///{path}")
    assert said.startswith(f"the database {path} is not an SQLite database, or is damaged; move the file away")
    assert path.read_text() == "dear diary " * 1_000


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The sentence says which folder to create."""
    said = await refused(f"sqlite:///{tmp_path / 'no' / 'store.db'}")
    assert f"there is no folder {str(tmp_path / 'no')!r}; create it" in said


async def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    """A folder is no database."""
    assert f"the database {tmp_path} is a folder, not a file" in await refused(f"sqlite:///{tmp_path}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_without_write_permission_is_named(tmp_path: Path) -> None:
    """The sentence says where this user may not write."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    assert f"may not write in {str(folder)!r}" in await refused(f"sqlite:///{folder / 'store.db'}")


def test_a_file_without_write_permission_is_named(tmp_path: Path) -> None:
    """What SQLite says of it becomes a sentence with a remedy."""
    path = tmp_path / "store.db"
    sqlite3.connect(path).close()
    reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as caught:
        reader.execute("CREATE TABLE t (x)")
    reader.close()
    said = str(explained(caught.value, Address.parse(f"sqlite:///{path}")))
    assert said.startswith(f"the database {path} may not be written; give this user the right")


def test_a_file_held_by_another_program_is_named(tmp_path: Path) -> None:
    """Whoever waits too long hears why."""
    path = tmp_path / "store.db"
    holder, waiter = sqlite3.connect(path, isolation_level=None), sqlite3.connect(path, timeout=0)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError) as caught:
        waiter.execute("CREATE TABLE t (x)")
    holder.close()
    waiter.close()
    assert "is held by another program" in str(explained(caught.value, Address.parse(f"sqlite:///{path}")))


async def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    """The sentence shows the address, never the password."""
    said = await refused("postgresql://ada:s3cret@127.0.0.1:1/assist")
    assert said.startswith("the database postgresql://ada:***@127.0.0.1:1/assist cannot be reached")
    assert "check that the server runs" in said


@pytest.mark.postgres
async def test_a_database_that_a_server_does_not_have_is_named(server_url: str) -> None:
    """The sentence says how to create it."""
    url = make_url(server_url).set(database="assist_nowhere").render_as_string(hide_password=False)
    assert "assist_nowhere does not exist; create it with createdb" in await refused(url)


@pytest.mark.postgres
async def test_a_user_that_a_server_does_not_know_is_named(server_url: str) -> None:
    """The sentence says what to correct."""
    url = make_url(server_url).set(username="nobody_here", password="s3cret").render_as_string(hide_password=False)
    said = await refused(url)
    assert "refuses the user or the password" in said
    assert "s3cret" not in said


@pytest.mark.postgres
async def test_a_connection_that_the_server_closed_is_replaced(server_url: str) -> None:
    """A restart of the server is not seen by whoever comes after it."""
    database = Database(server_url)
    keys = SqlKeyStore(database)
    assert await keys.count() == 0
    admin = await asyncpg.connect(SERVER)
    ended = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1"
    assert await admin.fetchval(ended, make_url(server_url).database) == 1
    await admin.close()
    await asyncio.sleep(0.2)  # until the driver has heard of it
    assert await keys.count() == 0
    async with database.transaction() as work:
        assert (await work.execute(text("SELECT 1"))).scalar_one() == 1
    await database.close()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        pytest.param("mysql://localhost/assist", "begins with 'mysql'", id="another database"),
        pytest.param("assist.db", "cannot be read", id="a path"),
        pytest.param("", "cannot be read", id="empty"),
        pytest.param("sqlite://", "names no file", id="memory"),
        pytest.param("sqlite:///:memory:", "names no file", id="memory by name"),
        pytest.param("sqlite://assist.db", "three slashes", id="two slashes"),
        pytest.param("sqlite:///a.db?mode=ro", "option 'mode'", id="SQLite option"),
        pytest.param("postgresql://h/d?nonsense=1", "option 'nonsense'", id="PostgreSQL option"),
        pytest.param("postgresql://u:s3cret@h:port/d", "cannot be read", id="port"),
    ],
)
def test_a_url_that_cannot_be_used_is_explained(url: str, expected: str) -> None:
    """The sentence says what is wrong with it, and shows no password."""
    with pytest.raises(SettingsInvalid, match=expected) as caught:
        Database(url)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite:////tmp/a.db", "sqlite+aiosqlite:////tmp/a.db"),
        ("postgres://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql+asyncpg://u@h/d", "postgresql+asyncpg://u@h/d"),
        ("postgresql://u@h/d?sslmode=require", "postgresql+asyncpg://u@h/d?ssl=require"),
        ("postgresql:///d?host=/run/postgresql", "postgresql+asyncpg:///d?host=%2Frun%2Fpostgresql"),
    ],
)
def test_a_plain_url_becomes_the_drivers(url: str, driver: str) -> None:
    """Nobody has to know the names of drivers."""
    assert Address.parse(url).url == make_url(driver)


async def test_an_interrupted_transaction_leaves_nothing(file_url: str) -> None:
    """A caller that gives up undoes its work, and the next one goes on at once."""
    database = Database(file_url)
    handoffs = SqlHandoffStore(database)
    begun = asyncio.Event()

    async def interrupted() -> None:
        async with database.transaction() as work:
            await work.execute(text("DELETE FROM handoffs"))
            begun.set()
            await asyncio.sleep(60)

    await handoffs.add("acme", a_packet(), masked())
    task = asyncio.create_task(interrupted())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await handoffs.get("acme", "ho_01")).revision == 1
    await handoffs.add("acme", a_packet("ho_02"), masked())
    await database.close()


def test_a_closed_database_may_be_used_again_on_another_loop(file_url: str) -> None:
    """A start that prepares and a server that runs can share it."""
    database = Database(file_url)

    async def use() -> list[int]:
        counts = await asyncio.gather(*(SqlKeyStore(database).count() for _ in range(5)))
        await database.close()
        return counts

    assert [asyncio.run(use()) for _ in range(2)] == [[0] * 5, [0] * 5]


async def test_readers_and_a_writer_do_not_wait_for_each_other(file_url: str) -> None:
    """While a transaction is open, packets are read as they were before it."""
    database = Database(file_url)
    handoffs = SqlHandoffStore(database)
    await handoffs.add("acme", a_packet(), masked())
    async with database.transaction() as work:
        await work.execute(text("DELETE FROM handoffs"))
        assert (await handoffs.get("acme", "ho_01")).revision == 1
    await database.close()
