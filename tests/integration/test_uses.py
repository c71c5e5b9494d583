"""What agents say of articles, read from real databases."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assist.ports import Remark
from assist.store import Database, SqlHandoffStore, SqlUses, migrate
from tests.builders import masked
from tests.contracts.databases import throw_away_postgres
from tests.contracts.packets import a_packet

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
    else:
        with throw_away_postgres() as made:
            yield made


async def test_feedback_on_a_packets_articles_is_read_once_in_order(url: str) -> None:
    """Accepted and dismissed ones with the packet's intent, after a moment; other feedback is none of its business."""
    await migrate(url)
    database = Database(url)
    handoffs, uses = SqlHandoffStore(database), SqlUses(database)
    packet = a_packet()
    await handoffs.add("acme", packet, masked())
    said = [
        {"field": "knowledge[refunds]", "verdict": "accepted"},
        {"field": "knowledge[refunds]", "verdict": "accepted"},
        {"field": "knowledge[fees]", "verdict": "wrong"},
        {"field": "knowledge[fees]", "verdict": "edited"},
        {"field": "knowledge[bad id]", "verdict": "accepted"},
        {"field": "summary.lines[0]", "verdict": "accepted", "note": "see knowledge["},
        {"field": "knowledge[parcels]", "verdict": "right"},
    ]
    for minute, body in enumerate(said):
        at = NOON + timedelta(minutes=minute)
        await handoffs.remark("acme", Remark(f"re_{minute}", packet.id, "feedback", "key_1", at, body))
    found = await uses.since(None)
    assert [(use.article_id, use.accepted) for use in found] == [("refunds", True), ("fees", False), ("parcels", True)]
    assert {(use.tenant, use.intent) for use in found} == {("acme", packet.intent.label)}
    assert [use.article_id for use in await uses.since(found[0].at)] == ["fees", "parcels"]
    assert list(await uses.since(found[-1].at)) == []
    await database.close()
