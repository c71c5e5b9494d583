"""Tools are known by what their names say, in whatever style; lines of text by their heads."""

import pytest

from assist.analysis.steps.wording import told_change, tool_phrase
from assist.analysis.tools.names import is_like
from assist.analysis.tools.results import ResultKind, read_tool_turn
from tests.builders import tool


@pytest.mark.parametrize("name", ["find_order", "findOrder", "orders.find", "OrderService.find", "order/find"])
def test_a_glob_fits_a_name_in_every_style(name: str) -> None:
    """The domain names a tool once."""
    assert is_like(name, ["find_order*"])


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("depot.requestPickup", "Requested depot pickup A-44719"),
        ("OrderService.get", "Looked up order A-44719"),
        ("order_status", "Looked up order status A-44719"),
        ("cancelOrder", "Cancelled order A-44719"),
    ],
)
def test_a_call_reads_as_a_plain_action(name: str, phrase: str) -> None:
    """Verb first, then the thing and its number."""
    assert tool_phrase(read_tool_turn(0, tool("{}", name=name, order_id="A-44719")), worked=True) == phrase


def test_a_line_of_text_tells_what_was_done() -> None:
    """A tool without a name still says what it did."""
    assert told_change(read_tool_turn(0, tool("ticket TK-5512 created for the depot"))) == "Created ticket TK-5512"


@pytest.mark.parametrize(
    "text", ['{"found": 0}', '{"match": null}', '{"data": {"found": false}}', 'lookup "X9": no booking']
)
def test_nothing_found_is_no_success(text: str) -> None:
    """The call worked and the payload says no."""
    assert read_tool_turn(0, tool(text)).kind is ResultKind.NOTHING


@pytest.mark.parametrize(
    "text", ['{"state": "queued"}', '{"data": {"status": "AWAITING_REVIEW"}}', "refund RF-1: state: pending"]
)
def test_what_was_only_taken_in_is_pending(text: str) -> None:
    """Queued, pending and awaiting are not done."""
    assert read_tool_turn(0, tool(text)).pending
