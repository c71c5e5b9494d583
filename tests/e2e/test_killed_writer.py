"""A writer that is killed between database and vectors loses nothing and leaves nothing behind."""

import asyncio
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assist.store import Database, migrate
from knowledge.indexing import IndexReport
from tests.e2e.killed_writer import MOMENTS, TENANT, a_library, an_article, database_of

ROOT = Path(__file__).parents[2]
LATER = datetime(2100, 1, 1, tzinfo=UTC)


def kill_at(folder: Path, moment: str, action: str) -> None:
    """Run the writer until it kills itself."""
    command = [sys.executable, "-m", "tests.e2e.killed_writer", str(folder), moment, action]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


async def before(folder: Path) -> None:
    """Store the first version, with its vectors."""
    await migrate(database_of(folder))
    database = Database(database_of(folder))
    await a_library(folder, database).put(TENANT, an_article("The old words."))
    await database.close()


async def after(folder: Path, *, mend: str) -> tuple[IndexReport, list[tuple[str, int]], IndexReport]:
    """Return what differs, what is found once it is mended, and what differs then."""
    database = Database(database_of(folder))
    library = a_library(folder, database)
    differing = await library.align(TENANT, mend=False)
    if mend == "fsck":
        await library.align(TENANT)
    else:
        await library.catch_up(before=LATER)
    found = await library.search(TENANT, None, text="words", today=date(2026, 11, 20))
    hits = [(hit.article_id, hit.version) for hit in found.hits]
    left = await library.align(TENANT, mend=False)
    await database.close()
    return differing, hits, left


@pytest.mark.parametrize("mend", ["fsck", "catching up"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_change_survives_the_death_of_its_writer(tmp_path: Path, moment: str, mend: str) -> None:
    """It is committed before the vectors are written; whoever comes next completes it, and its old words are gone."""
    asyncio.run(before(tmp_path))
    kill_at(tmp_path, moment, "put")
    differing, hits, left = asyncio.run(after(tmp_path, mend=mend))
    assert differing.changed == (() if moment == "after vectors" else ("refunds",))
    assert hits == [("refunds", 2)]
    assert left == IndexReport(unchanged=("refunds",))


@pytest.mark.parametrize("mend", ["fsck", "catching up"])
@pytest.mark.parametrize("moment", ["before vectors", "after vectors"])
def test_a_deletion_survives_the_death_of_its_writer(tmp_path: Path, moment: str, mend: str) -> None:
    """No vector is left of an article that the database no longer has."""
    asyncio.run(before(tmp_path))
    kill_at(tmp_path, moment, "delete")
    differing, hits, left = asyncio.run(after(tmp_path, mend=mend))
    assert differing.removed == (() if moment == "after vectors" else ("refunds",))
    assert hits == []
    assert left == IndexReport()
