"""JSON of a shape: what is asked for, what is mended, what is refused."""

import json
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from assist.errors import ModelBadReply, ModelEmptyReply
from assist.llm.structured import read_reply, strict_schema
from tests.model_requests import GOOD, Note


class Colour(StrEnum):
    """A closed vocabulary."""

    RED = "red"
    BLUE = "blue"


class Thing(BaseModel):
    """A strict shape with everything in it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: str = Field(default="", max_length=20)
    colour: Colour = Colour.RED
    notes: tuple[Note, ...] = Field(default=(), max_length=3)
    count: int | None = None


def test_the_schema_is_as_strict_as_providers_want_it() -> None:
    """Every property is required, none may be added, and what not all providers know is left out, at every depth."""
    schema = strict_schema(Thing)
    assert schema["required"] == ["name", "colour", "notes", "count"]
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Note"]["required"] == ["text", "turns"]
    assert schema["$defs"]["Note"]["additionalProperties"] is False
    assert schema["$defs"]["Colour"]["enum"] == ["red", "blue"]
    text = json.dumps(schema)
    assert [word for word in ("maxLength", "maxItems", '"default"', '"title"') if word in text] == []


class Titled(BaseModel):
    """A shape whose fields are called as words of schemas are."""

    title: str
    format: str


def test_a_field_may_be_called_as_a_word_of_schemas() -> None:
    """Only the words are left out, not the fields."""
    assert strict_schema(Titled)["required"] == ["title", "format"]
    assert set(strict_schema(Titled)["properties"]) == {"title", "format"}


MENDED = [
    pytest.param(GOOD, id="as asked"),
    pytest.param(f"```json\n{GOOD}\n```", id="fenced"),
    pytest.param(f"Sure! Here it is: {GOOD} I hope {{that}} helps.", id="in prose"),
    pytest.param("{'text': 'The customer wants money back', 'turns': [2]}", id="single quotes"),
    pytest.param('{"text": "The customer wants money back", "turns": [2,],}', id="trailing commas"),
    pytest.param('{text: "The customer wants money back", turns: [2]}', id="bare names"),
]


@pytest.mark.parametrize("text", MENDED)
def test_json_that_is_whole_is_read(text: str) -> None:
    """Whatever stands around it."""
    assert read_reply(text, Note) == Note(text="The customer wants money back", turns=(2,))


BROKEN_OFF = [
    pytest.param('{"text": "The customer wants money back", "turns": [2', id="in a list"),
    pytest.param('{"text": "The customer wants mon', id="in a text"),
    pytest.param('{"text": "a", "turns": [2], "notes": [{"text": "b", "turns": [1]}, {"tex', id="after a whole part"),
    pytest.param('Here it is: ```json\n{"text": "The customer", "turns": [1],', id="in a fence"),
]


@pytest.mark.parametrize("text", BROKEN_OFF)
def test_json_that_breaks_off_is_not_mended(text: str) -> None:
    """The half that came would pass for the whole."""
    with pytest.raises(ModelBadReply, match="breaks off"):
        read_reply(text, Note)


@given(st.integers(min_value=1, max_value=len(GOOD) - 1))
def test_no_beginning_of_a_reply_passes_for_it(length: int) -> None:
    """However much of the reply came, short of all of it, nothing is read."""
    with pytest.raises((ModelBadReply, ModelEmptyReply)):
        read_reply(GOOD[:length], Note)


@pytest.mark.parametrize("text", ["", "  \n", '{"text": "", "turns": []}', '{"text": null}', "{}"])
def test_nothing_is_an_error_of_its_own(text: str) -> None:
    """Be it no text, or the shape with nothing in it."""
    with pytest.raises(ModelEmptyReply):
        read_reply(text, Note)


@pytest.mark.parametrize("text", ["I do not know.", "[1, 2]", '"text"', "42", "null and void"])
def test_what_is_no_object_is_refused(text: str) -> None:
    """Prose, lists and bare values are no reply."""
    with pytest.raises(ModelBadReply):
        read_reply(text, Note)


def test_a_value_that_does_not_fit_is_named_and_not_repeated() -> None:
    """The message says where and why, without what the model wrote."""
    with pytest.raises(
        ModelBadReply, match=r"notes\.0\.turns: Input should be a valid tuple|notes\.0\.turns"
    ) as raised:
        read_reply('{"name": "x", "colour": "red", "notes": [{"text": "kumquat", "turns": "two"}], "count": 1}', Thing)
    assert "kumquat" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_strict_shape_reads_json_types() -> None:
    """A list becomes a tuple and a text a member of the vocabulary, mended or not."""
    text = "{'name': 'kettle', 'colour': 'blue', 'notes': [{'text': 'a', 'turns': [1]}], 'count': None}"
    assert read_reply(text, Thing) == Thing(name="kettle", colour=Colour.BLUE, notes=(Note(text="a", turns=(1,)),))


@given(st.text(max_size=200))
def test_any_text_is_an_answer_or_one_of_two_errors(text: str) -> None:
    """Nothing a model writes breaks the reading."""
    try:
        value: object = read_reply(text, Note)
    except (ModelBadReply, ModelEmptyReply) as exc:
        value = exc
    assert isinstance(value, Note) or str(value)
