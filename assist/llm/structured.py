"""JSON of a given shape out of a model: the schema that asks for it, and the reading of what came.

A text is read strictly first. Prose and fences around the JSON, single quotes, trailing commas and the like are mended by
json-repair; JSON that breaks off is not: what is missing of it nobody knows, and the mended half would pass for the whole.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from assist.errors import ModelBadReply, ModelEmptyReply

_SHOWN_ERRORS = 5
_UNENFORCEABLE = ("default", "title", "examples", "minLength", "maxLength", "minItems", "maxItems", "format", "pattern")


def strict_schema(shape: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of a shape as providers enforce it: every property required, no others, no defaults.

    Limits that not all providers know are left out; the shape itself checks them afterwards.
    """
    made: dict[str, Any] = _strict(shape.model_json_schema())
    return made


def in_words(schema: Mapping[str, Any]) -> str:
    """Return what to tell a model that takes no schema."""
    shown = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return f"Answer with one JSON object and nothing else: no fence, no comment. It fits this schema:\n\n<<<schema\n{shown}\nschema>>>"


def read_reply(text: str, shape: type[BaseModel]) -> BaseModel:
    """Return the value in a model's text; ModelEmptyReply where there is nothing in it, ModelBadReply says what is wrong."""
    if not text.strip():
        message = "the reply is empty"
        raise ModelEmptyReply(message)
    document = _document(text)
    if _is_hollow(document):
        message = "the reply has the shape that was asked for, and nothing in it"
        raise ModelEmptyReply(message)
    try:
        # As JSON, not as Python: a strict shape takes a list for a tuple, and a text for an enumeration, only there.
        return shape.model_validate_json(json.dumps(document))
    except ValidationError as exc:
        wrong = [f"{'.'.join(map(str, error['loc'])) or 'the top'}: {error['msg']}" for error in exc.errors()]
        more = f"; and {len(wrong) - _SHOWN_ERRORS} more" if len(wrong) > _SHOWN_ERRORS else ""
        message = f"the reply does not fit its schema: {'; '.join(wrong[:_SHOWN_ERRORS])}{more}"
        raise ModelBadReply(message) from None  # the cause repeats what the model wrote


def _document(text: str) -> dict[str, Any]:
    document = _strictly_read(text)
    if document is None:
        start = text.find("{")
        if start < 0:
            message = "the reply holds no JSON object"
            raise ModelBadReply(message)
        end = _end_of_object(text, start)
        if end is None:
            message = "the reply breaks off before its JSON object ends; say less"
            raise ModelBadReply(message)
        document = _mended(text[start:end])
    if not isinstance(document, dict):
        message = f"the reply is a JSON {type(document).__name__}, expected an object"
        raise ModelBadReply(message)
    return document


def _strictly_read(text: str) -> Any:  # noqa: ANN401 -- JSON of any shape
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _mended(text: str) -> Any:  # noqa: ANN401 -- JSON of any shape
    document = _strictly_read(text)
    if document is not None:
        return document
    import json_repair  # noqa: PLC0415 -- for the few replies that need it

    try:
        return json_repair.loads(text, skip_json_loads=True)
    except (ValueError, RecursionError):
        return None


def _end_of_object(text: str, start: int) -> int | None:
    """Return where the object that begins at `start` ends, None where it does not; braces inside of strings are text."""
    depth, quoted, escaped = 0, False, False
    for index in range(start, len(text)):
        character = text[index]
        if escaped:
            escaped = False
        elif quoted:
            escaped = character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        elif character in "{[":
            depth += 1
        elif character in "}]":
            depth -= 1
            if depth == 0:
                return index + 1
    # An odd quote hides what follows it: then all braces count, wherever they stand.
    return text.rfind("}") + 1 if quoted and text.count("{") <= text.count("}") else None


def _is_hollow(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_hollow(part) for part in value.values())
    if isinstance(value, list):
        return all(_is_hollow(part) for part in value)
    return value is None or (isinstance(value, str) and not value.strip())


def _strict(schema: Any) -> Any:  # noqa: ANN401 -- JSON of any shape
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: part for name, part in schema.items() if name not in _UNENFORCEABLE or isinstance(part, dict)}
    for name in ("properties", "$defs"):
        if name in made:
            made[name] = {key: _strict(part) for key, part in made[name].items()}
    for name in ("items", "anyOf", "oneOf", "allOf", "prefixItems"):
        if name in made:
            made[name] = _strict(made[name])
    if "$ref" in made:
        return {"$ref": made["$ref"]}
    if "properties" in made:
        made["required"] = list(made["properties"])
        made["additionalProperties"] = False
    return made
