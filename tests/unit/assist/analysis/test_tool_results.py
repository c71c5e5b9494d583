"""Tool turns are read by their structure first, whatever platform they come from."""

import pytest

from assist.analysis.tools.names import name_words
from assist.analysis.tools.results import ResultKind, plain_value, read_tool_turn
from assist.domain.transcript import Role, Turn
from tests.builders import tool


@pytest.mark.parametrize(
    ("text", "ok", "kind"),
    [
        pytest.param('{"order_id": "A1", "status": "shipped"}', None, ResultKind.OK, id="a record"),
        pytest.param("ada_example_17", None, ResultKind.OK, id="one word"),
        pytest.param("", None, ResultKind.SILENT, id="nothing came back"),
        pytest.param("", False, ResultKind.ERROR, id="nothing came back and it did not work"),
        pytest.param("[]", None, ResultKind.NOTHING, id="an empty list"),
        pytest.param("{}", True, ResultKind.NOTHING, id="an empty object"),
        pytest.param('{"results": [], "count": 0}', None, ResultKind.NOTHING, id="an empty page"),
        pytest.param('{"found": false}', None, ResultKind.NOTHING, id="a flag"),
        pytest.param('{"success": "false", "message": "x"}', None, ResultKind.NOTHING, id="a flag in words"),
        pytest.param('{"verified": false}', None, ResultKind.UNPROVEN, id="a flag about identity"),
        pytest.param('{"status": 404}', None, ResultKind.NOTHING, id="HTTP not found"),
        pytest.param('{"status": 503, "message": "busy"}', None, ResultKind.ERROR, id="HTTP unavailable"),
        pytest.param("Error: user not found", False, ResultKind.NOTHING, id="not found, said so"),
        pytest.param("Error: payment method refused", False, ResultKind.ERROR, id="refused"),
        pytest.param("Error: database timeout", None, ResultKind.ERROR, id="an error without a flag"),
        pytest.param('{"message": "The table is unavailable"}', True, ResultKind.NOTHING, id="not to be had"),
        pytest.param('{"message": "Wrong PIN"}', True, ResultKind.UNPROVEN, id="a wrong secret"),
        pytest.param('{"message": "We cannot authenticate the user"}', False, ResultKind.UNPROVEN, id="not proved"),
    ],
)
def test_a_result_is_read_by_its_structure(text: str, ok: bool | None, kind: ResultKind) -> None:  # noqa: FBT001 -- a table column
    """Flags, status and emptiness decide, then the message."""
    assert read_tool_turn(0, tool(text, ok=ok)).kind is kind


def test_a_field_of_a_long_record_says_nothing_of_the_call() -> None:
    """A profile whose e-mail is not confirmed, or an order whose payment failed, was looked up successfully."""
    text = '{"name": "Ada", "email": "a@example.com", "email_verified": false, "status": "failed", "city": "Rome"}'
    assert read_tool_turn(0, tool(text)).kind is ResultKind.OK


def test_a_long_text_is_an_answer() -> None:
    """An article that says "cannot" somewhere is not a failed call."""
    text = "Returns are free within 30 days. " * 6 + "Opened software cannot be returned."
    assert read_tool_turn(0, tool(text)).kind is ResultKind.OK


def test_the_status_of_what_a_call_was_to_do_counts() -> None:
    """A booking that came back with a failed reservation status did not work."""
    text = '{"restaurant": "Roma", "day": "Friday", "guests": 4, "time": "19:00", "reservation_status": "Failed"}'
    assert read_tool_turn(0, tool(text, name="restaurant_book")).kind is ResultKind.NOTHING


def test_a_tool_turn_without_a_call_is_read_too() -> None:
    """Platforms that give only the text leave the name empty."""
    read = read_tool_turn(3, Turn(role=Role.TOOL, text="ok"))
    assert (read.turn, read.name, read.words, dict(read.arguments)) == (3, None, (), {})


def test_arguments_lose_their_quoting_and_null_ones_go() -> None:
    """Quoted values, calls around values and nulls come out plain."""
    read = read_tool_turn(0, tool("ok", a='"Jane"', b='api.equal("x y")', c="null", d=None, e=["list"]))
    assert dict(read.arguments) == {"a": "Jane", "b": "x y"}


def test_names_of_every_style_give_words() -> None:
    """Snake, camel and dotted names are one."""
    assert name_words("get_userDetails.v2") == ("get", "user", "details", "v", "2")
    assert plain_value(17) == "17"
