"""What every HandoffStore keeps of what agents said: each thing once, in order."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from assist.errors import NotFound
from assist.ports import HandoffStore, Remark
from tests.builders import masked
from tests.contracts.packets import a_packet

TENANT = "acme"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_remark(
    remark_id: str = "re_1", body: dict[str, Any] | None = None, *, at: datetime = NOON, by: str = "key_1"
) -> Remark:
    """Return a remark on packet ho_01."""
    return Remark(id=remark_id, handoff_id="ho_01", kind="feedback", by=by, at=at, body=body or {"verdict": "right"})


@pytest.fixture(autouse=True)
async def _packet(handoffs: HandoffStore) -> None:
    await handoffs.add(TENANT, a_packet(), masked())


async def test_a_remark_is_kept_as_it_was_made(handoffs: HandoffStore, elsewhere: HandoffStore) -> None:
    """Its body comes back with every kind of JSON value."""
    remark = a_remark("re_1", {"value": {"label": "refund", "parts": [1, 2.5, None, True]}, "note": "ß 💬"})
    assert await handoffs.remark(TENANT, remark) == remark
    assert list(await elsewhere.remarks(TENANT, "ho_01")) == [remark]


async def test_the_same_said_again_gives_back_the_first(handoffs: HandoffStore) -> None:
    """A double click is one remark, whatever its id, time and order of fields."""
    first = await handoffs.remark(TENANT, a_remark("re_1", {"field": "intent", "verdict": "wrong"}))
    again = a_remark("re_2", {"verdict": "wrong", "field": "intent"}, at=NOON + timedelta(minutes=5))
    assert await handoffs.remark(TENANT, again) == first
    assert list(await handoffs.remarks(TENANT, "ho_01")) == [first]


async def test_the_same_said_at_once_is_kept_once(handoffs: HandoffStore, elsewhere: HandoffStore) -> None:
    """Two processes that hear the same at the same time agree on one remark."""
    answers = await asyncio.gather(
        *(handle.remark(TENANT, a_remark(f"re_{number}")) for number, handle in enumerate([handoffs, elsewhere] * 4))
    )
    assert len({answer.id for answer in answers}) == 1
    assert len(await handoffs.remarks(TENANT, "ho_01")) == 1


async def test_another_person_body_or_packet_makes_another_remark(handoffs: HandoffStore) -> None:
    """Only what is the same in all of these counts once."""
    await handoffs.add(TENANT, a_packet("ho_02"), masked())
    await handoffs.remark(TENANT, a_remark("re_1"))
    await handoffs.remark(TENANT, a_remark("re_2", by="key_2"))
    await handoffs.remark(TENANT, a_remark("re_3", {"verdict": "wrong"}))
    elsewhere = Remark(id="re_4", handoff_id="ho_02", kind="feedback", by="key_1", at=NOON, body={"verdict": "right"})
    accept = Remark(id="re_5", handoff_id="ho_01", kind="accept", by="key_1", at=NOON, body={"verdict": "right"})
    await handoffs.remark(TENANT, elsewhere)
    await handoffs.remark(TENANT, accept)
    assert [remark.id for remark in await handoffs.remarks(TENANT, "ho_01")] == ["re_1", "re_2", "re_3", "re_5"]
    assert list(await handoffs.remarks(TENANT, "ho_02")) == [elsewhere]


async def test_remarks_stand_in_the_order_they_were_stored(handoffs: HandoffStore) -> None:
    """Clocks that disagree, and ids, do not change the order."""
    for number in range(5):
        await handoffs.remark(TENANT, a_remark(f"re_{9 - number}", {"n": number}, at=NOON - timedelta(hours=number)))
    assert [remark.body["n"] for remark in await handoffs.remarks(TENANT, "ho_01")] == [0, 1, 2, 3, 4]


async def test_many_remarks_at_once_are_all_kept(handoffs: HandoffStore, elsewhere: HandoffStore) -> None:
    """No remark is lost to another one."""
    await asyncio.gather(
        *(
            handle.remark(TENANT, a_remark(f"re_{number}", {"n": number}))
            for number, handle in enumerate([handoffs, elsewhere] * 5)
        )
    )
    assert {remark.body["n"] for remark in await handoffs.remarks(TENANT, "ho_01")} == set(range(10))


async def test_a_time_of_any_zone_is_the_same_moment(handoffs: HandoffStore) -> None:
    """Times come back in UTC, to the microsecond."""
    given = datetime(2026, 11, 20, 14, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    await handoffs.remark(TENANT, a_remark(at=given))
    (found,) = await handoffs.remarks(TENANT, "ho_01")
    assert found.at == given
    assert found.at.utcoffset() == timedelta(0)


async def test_a_remark_needs_its_packet(handoffs: HandoffStore) -> None:
    """A packet that is not there, or is another tenant's, takes no remark."""
    with pytest.raises(NotFound, match="ho_99"):
        await handoffs.remark(TENANT, Remark(id="re_1", handoff_id="ho_99", kind="accept", by="key_1", at=NOON))
    with pytest.raises(NotFound):
        await handoffs.remark("other", a_remark())
    assert list(await handoffs.remarks("other", "ho_01")) == []


async def test_characters_that_no_database_keeps_are_replaced_in_a_remark(handoffs: HandoffStore) -> None:
    """NUL and lone surrogates become U+FFFD, and the same said again is still the same."""
    said = {"note": "a\x00b\ud800", "k\x00": 1}
    first = await handoffs.remark(TENANT, a_remark("re_1", said))
    again = await handoffs.remark(TENANT, a_remark("re_2", said))
    assert first.body == {"note": "a\ufffdb\ufffd", "k\ufffd": 1}
    assert again == first
