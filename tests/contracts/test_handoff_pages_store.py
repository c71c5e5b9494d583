"""What every HandoffStore lists: packets, newest first, page by page."""

import base64
import json

import pytest

from assist.errors import CursorInvalid, InvalidInput
from assist.ports import HandoffStore
from tests.builders import masked
from tests.contracts.packets import a_packet

TENANT = "acme"


def encoded(document: object) -> str:
    """Return a value as a page cursor is written."""
    return base64.urlsafe_b64encode(json.dumps(document, separators=(",", ":")).encode()).decode().rstrip("=")


async def filled(handoffs: HandoffStore, count: int) -> list[str]:
    """Store packets and return their ids, newest first."""
    ids = [f"ho_{number:04}" for number in range(count)]
    for number, handoff_id in enumerate(ids):
        await handoffs.add(TENANT, a_packet(handoff_id, conversation_id=f"c-{number % 2}"), masked())
    return ids[::-1]


async def all_pages(handoffs: HandoffStore, *, conversation_id: str | None = None, limit: int) -> list[list[str]]:
    """Return the ids of every page."""
    pages: list[list[str]] = []
    cursor: str | None = None
    while True:
        page = await handoffs.page(TENANT, conversation_id=conversation_id, cursor=cursor, limit=limit)
        pages.append([item.handoff_id for item in page.items])
        cursor = page.next_cursor
        if cursor is None:
            return pages


async def test_no_packets_make_one_empty_page(handoffs: HandoffStore) -> None:
    """An empty list is a page, and the last."""
    page = await handoffs.page(TENANT)
    assert (page.items, page.next_cursor) == ((), None)


async def test_pages_go_from_the_newest_to_the_oldest(handoffs: HandoffStore) -> None:
    """Each packet stands on one page, the last page says that it is the last."""
    ids = await filled(handoffs, 7)
    assert await all_pages(handoffs, limit=3) == [ids[:3], ids[3:6], ids[6:]]


async def test_a_page_that_is_just_full_is_the_last(handoffs: HandoffStore) -> None:
    """No empty page follows."""
    ids = await filled(handoffs, 6)
    assert await all_pages(handoffs, limit=3) == [ids[:3], ids[3:]]


async def test_packets_of_one_conversation_are_listed_alone(handoffs: HandoffStore) -> None:
    """The filter holds over all pages."""
    ids = await filled(handoffs, 8)
    assert await all_pages(handoffs, conversation_id="c-1", limit=3) == [ids[0:6:2], ids[6::2]]
    assert await all_pages(handoffs, conversation_id="c-9", limit=3) == [[]]


async def test_a_page_shows_the_newest_revision(handoffs: HandoffStore) -> None:
    """Each packet is listed once, as it is now."""
    await handoffs.add(TENANT, a_packet("ho_01"), masked())
    newest = await handoffs.revise(TENANT, a_packet("ho_01", revision=2, language="de"))
    page = await handoffs.page(TENANT)
    assert [(item.revision, item.body) for item in page.items] == [(2, newest.body)]


async def test_a_new_packet_does_not_move_the_next_page(handoffs: HandoffStore, elsewhere: HandoffStore) -> None:
    """A reader sees nothing twice when packets arrive between two pages."""
    ids = await filled(handoffs, 4)
    first = await handoffs.page(TENANT, limit=2)
    await elsewhere.add(TENANT, a_packet("ho_9999"), masked())
    second = await handoffs.page(TENANT, cursor=first.next_cursor, limit=2)
    assert [item.handoff_id for item in second.items] == ids[2:]


async def test_a_cursor_does_not_open_another_tenants_packets(handoffs: HandoffStore) -> None:
    """A cursor only says where to go on."""
    await filled(handoffs, 4)
    first = await handoffs.page(TENANT, limit=2)
    assert (await handoffs.page("other", cursor=first.next_cursor)).items == ()


@pytest.mark.parametrize(
    "cursor",
    [
        pytest.param("", id="empty"),
        pytest.param("2", id="number"),
        pytest.param("%%%", id="not base64"),
        pytest.param("ho_0001", id="an id"),
        pytest.param("é\x00\ud800", id="odd characters"),
        pytest.param(encoded("ho_0001"), id="not an object"),
        pytest.param(encoded({"v": 2, "before": "ho_0001"}), id="another version"),
        pytest.param(encoded({"v": 1, "before": 7}), id="not a text"),
        pytest.param(encoded({"v": 1}), id="nothing in it"),
        pytest.param(encoded({"v": 1, "before": "ho_0001", "x": 1}), id="more in it"),
        pytest.param(encoded({"v": 1, "before": "ho_0001"}) + "=", id="padded"),
        pytest.param(encoded([[[[]]]] * 3), id="a list"),
        pytest.param(base64.urlsafe_b64encode(b"[" * 100_000).decode(), id="deep"),
    ],
)
async def test_a_cursor_not_made_here_is_refused_by_name(handoffs: HandoffStore, cursor: str) -> None:
    """The error names the cursor, or how it begins, and the field."""
    with pytest.raises(CursorInvalid) as caught:
        await handoffs.page(TENANT, cursor=cursor)
    assert repr(cursor[:20])[:-1] in str(caught.value)
    assert caught.value.field == "cursor"


@pytest.mark.parametrize("limit", [0, -1])
async def test_a_page_holds_at_least_one(handoffs: HandoffStore, limit: int) -> None:
    """A smaller limit is refused, and the error names the field."""
    with pytest.raises(InvalidInput) as caught:
        await handoffs.page(TENANT, limit=limit)
    assert caught.value.field == "limit"
