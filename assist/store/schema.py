"""Brings a database's tables up to date, and says whether they are."""

from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, column, select, table, text

from assist.errors import StoreUnavailable
from assist.store.engine import Database
from assist.store.lookup import Lookup

NEWEST = "0011"

_LOCK = 4_815_162_342  # any number, as long as every process of this service takes the same
_VERSION = Lookup(select(column("version_num")).select_from(table("alembic_version")))


async def migrate(url: str, *, to: Literal["newest", "empty"] = "newest") -> None:
    """Bring the tables to the newest version, or remove them all; safe to call again, and from several processes."""
    database = Database(url)
    try:
        async with database.transaction() as work:
            if work.dialect.name == "postgresql":  # SQLite's transaction holds the file already
                await work.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            await work.run_sync(_migrated, database.label, to)
    finally:
        await database.close()


async def check_schema(database: Database) -> None:
    """Raise StoreUnavailable, which says how to mend it, unless the database answers and its tables are the newest."""
    rows = await database.read(_VERSION)
    found = rows[0][0] if rows else None
    if found != NEWEST:
        message = (
            f"the database {database.label} has tables of version {found}, this program needs {NEWEST};"
            " start the newest release with this database once, which brings its tables up to date"
        )
        raise StoreUnavailable(message)


def _migrated(connection: Connection, label: str, to: Literal["newest", "empty"]) -> None:
    # Only a start needs Alembic, and importing it takes as long as many a command.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    try:
        if to == "newest":
            command.upgrade(config, "head")
        else:
            command.downgrade(config, "base")
    except CommandError as exc:
        message = f"the database {label} was made by a newer release ({exc}); use that release, or another database"
        raise StoreUnavailable(message) from exc
