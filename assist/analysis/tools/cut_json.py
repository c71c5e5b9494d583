"""JSON as bot platforms store it: sometimes cut off in the middle, when the answer was long."""

import json
from typing import Any, Final

_CLOSING: Final = {"{": "}", "[": "]"}


def parsed_json(text: str) -> Any:  # noqa: ANN401 -- any JSON value may come
    """Return the value of a JSON text, of the part before the cut where it is cut off, or None where it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    whole = _whole_part(text.strip())
    try:
        return json.loads(whole) if whole else None
    except (ValueError, RecursionError):
        return None


def _whole_part(text: str) -> str:
    """The text up to the last comma outside a string, with the brackets closed that are open there."""
    if not text.startswith(("{", "[")):
        return ""
    stack: list[str] = []
    cut, closing = 0, ""
    inside = escaped = False
    for position, mark in enumerate(text):
        if inside:
            inside = escaped or mark != '"'
            escaped = mark == "\\" and not escaped
        elif mark == '"':
            inside = True
        elif mark in _CLOSING:
            stack.append(_CLOSING[mark])
        elif stack and mark == stack[-1]:
            stack.pop()
        elif mark == "," and stack:
            cut, closing = position, "".join(reversed(stack))
    return text[:cut] + closing
