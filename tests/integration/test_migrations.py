"""The tables of both databases: made, brought up to date, and removed again."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from assist.errors import StoreUnavailable
from assist.ports import AccessRole, ApiKey
from assist.store import Database, SqlKeyStore, check_schema, migrate
from assist.store.schema import NEWEST
from assist.store.tables import metadata
from tests.contracts.databases import throw_away_postgres
from tests.contracts.packets import a_packet


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
    else:
        with throw_away_postgres() as made:
            yield made


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """Return the database, to look into it."""
    made = Database(url)
    yield made
    asyncio.run(made.close())


def a_key() -> ApiKey:
    """Return a key, as a row that a migration must leave alone."""
    return ApiKey(id="key_1", tenant="acme", role=AccessRole.BOT, name="bot", created_at=a_packet().created_at)


async def tables_of(database: Database) -> set[str]:
    """Return the names of the tables that are there."""
    async with database.transaction() as work:
        return set(await work.run_sync(lambda connection: inspect(connection).get_table_names()))


async def test_the_way_up_makes_every_table(url: str, database: Database) -> None:
    """Afterwards the tables are there and no difference to those of the program is found."""
    await migrate(url)

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))

    async with database.transaction() as work:
        assert await work.run_sync(differences) == []
    assert await tables_of(database) == {*metadata.tables, "alembic_version"}
    await check_schema(database)
    await database.close()


async def test_going_up_again_changes_nothing(url: str, database: Database) -> None:
    """Rows stay where they are."""
    await migrate(url)
    await SqlKeyStore(database).add(a_key(), "digest")
    await migrate(url)
    assert await SqlKeyStore(database).find("digest") == a_key()
    await database.close()


async def test_the_way_down_removes_every_table_and_up_works_again(url: str, database: Database) -> None:
    """Even tables with rows that refer to each other go, and come back empty."""
    await migrate(url)
    await SqlKeyStore(database).add(a_key(), "digest")
    await migrate(url, to="empty")
    assert await tables_of(database) == {"alembic_version"}
    await migrate(url)
    assert await SqlKeyStore(database).count() == 0
    await database.close()


async def test_processes_that_start_at_once_migrate_once(url: str, database: Database) -> None:
    """Each finds the tables there when its migration is done."""
    await asyncio.gather(*(migrate(url) for _ in range(4)))
    await check_schema(database)
    await database.close()


async def test_a_database_without_tables_says_how_to_make_them(url: str, database: Database) -> None:
    """It is unavailable, not a riddle; so is one whose tables were removed."""
    with pytest.raises(StoreUnavailable, match="has no tables of this service; start the service"):
        await check_schema(database)
    await migrate(url)
    await migrate(url, to="empty")
    with pytest.raises(StoreUnavailable, match="tables of version None"):
        await check_schema(database)
    await database.close()


async def test_a_database_of_a_newer_release_is_left_alone(url: str, database: Database) -> None:
    """The message says whose it is, and what to do."""
    await migrate(url)
    async with database.transaction() as work:
        await work.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreUnavailable, match=r"made by a newer release.*9999.*use that release"):
        await migrate(url)
    with pytest.raises(StoreUnavailable, match=f"version 9999, this program needs {NEWEST}"):
        await check_schema(database)
    await database.close()


async def test_a_migration_that_fails_leaves_the_tables_as_they_were(url: str, database: Database) -> None:
    """A table in the way stops the first step; none of the tables made before it in that step stays."""
    async with database.transaction() as work:
        await work.execute(text("CREATE TABLE article_versions (x INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        await migrate(url)
    assert await tables_of(database) == {"article_versions"}
    await database.close()


async def test_a_migration_does_not_depend_on_the_working_folder(
    url: str, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps are found beside the program, wherever it is started."""
    target = tmp_path / "100 % elsewhere"
    target.mkdir()
    if url.startswith("sqlite"):
        url = "sqlite:///../store.db"
    monkeypatch.chdir(target)
    await migrate(url)
    await check_schema(database)
    await database.close()
