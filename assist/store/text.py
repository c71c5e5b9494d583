"""The one rule for texts at the database's border: NUL and lone surrogates become U+FFFD, the replacement character.

PostgreSQL stores neither a NUL nor a lone surrogate, SQLite stores no lone surrogate, and JSON from the wild holds both.
Refusing them would lose a packet over a character that nobody can see; so both databases keep the same, readable text.
"""

import json
import re
from typing import TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_NUL_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")  # an even number of backslashes before it: a real escape
_REPLACEMENT = "\ufffd"

Model = TypeVar("Model", bound=BaseModel)


def storable(text: str) -> str:
    """Return the text as both databases can keep it."""
    return _UNSTORABLE.sub(_REPLACEMENT, text)


def storable_json(value: BaseModel, *, only_set: bool = False, without: frozenset[str] = frozenset()) -> str:
    """Return the value's JSON as both databases can keep it; `only_set` leaves out fields that nobody set."""
    try:
        text = value.model_dump_json(exclude_unset=only_set, exclude=set(without))
    except PydanticSerializationError:  # a lone surrogate in a field of free form
        return storable_document(value.model_dump(mode="json", exclude_unset=only_set, exclude=set(without)))
    return _without_nul(text)


def storable_document(document: object, *, ordered: bool = False) -> str:
    """Return the JSON text of a JSON value as both databases can keep it; `ordered` makes equal values equal texts."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=ordered)
    return storable(_without_nul(text))


def storable_value(value: Model) -> Model:
    """Return the value as it will be read again: itself, unless it holds a character that cannot be kept."""
    text = storable_json(value, only_set=True)
    return type(value).model_validate_json(text) if _REPLACEMENT in text else value


def _without_nul(text: str) -> str:
    return _NUL_ESCAPE.sub(rf"\1{_REPLACEMENT}", text) if "\\u0000" in text else text
