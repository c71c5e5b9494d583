"""Values from tool calls: what the bot sent, and what came back, by their keys."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assist.analysis.case import Case
from assist.analysis.facts.fields import Fields, key_words
from assist.analysis.speech.values import Found
from assist.domain.transcript import Role, Turn

_ARGUMENT_BONUS = 2.0
# Beside the customer's own name, a plain "name" is that of a hotel, a shop or a doctor.
_WHOSE = re.compile(r"\b(?:customer|patient|guest|host|user|full|account_holder)_?name\b")
_DEPTH_MOST = 6
_DETAILS = frozenset(("option", "options", "available_seat", "price_by_cabin", "payment_method_option"))
_VALUE_MOST = 160
_INNER = re.compile(r"\"([^\"]+)\"|'([^']+)'")
_CALL = re.compile(r"^[\w.]+\((?P<inside>.*)\)$", re.DOTALL)
_EMPTY = re.compile(r"|null|none|undefined|n/?a|unknown|\[\]|\{\}", re.IGNORECASE)
_RECORD_KEY = re.compile(
    r"(?:order|reservation|booking|case|ticket|claim|policy|subscription|transaction|invoice|appointment|loan|application)_(?:id|number)"
)
_QUIET_TOOLS = re.compile(r"think|calculat|transfer|log|note", re.IGNORECASE)


def tool_values(case: Case, fields: Fields) -> list[Found]:
    """Return the values of all tool turns; those of one record carry its id."""
    found: list[Found] = []
    for index, turn in case.transcript.of(Role.TOOL):
        found += _turn_values(fields, index, turn)
    return found


def _turn_values(fields: Fields, index: int, turn: Turn) -> Iterator[Found]:
    tool = turn.tool
    if tool is not None and tool.name and _QUIET_TOOLS.search(tool.name):
        return
    if tool is not None and tool.arguments:
        for leaf in _leaves(fields, tool.arguments):
            yield Found(leaf.name, leaf.value, index, fields.usefulness(leaf.name) + _ARGUMENT_BONUS)
    data = parsed(turn.text)
    for record in data if isinstance(data, list) else [data]:
        if isinstance(record, Mapping):
            own = _record_id(record)
            for leaf in _leaves(fields, record):
                part = f"{index}/{leaf.part}" if leaf.part else ""
                yield Found(leaf.name, leaf.value, index, fields.usefulness(leaf.name), own, part)


def parsed(text: str) -> object:
    """Return the JSON (or the Python literal) of a tool's text; None where it is prose."""
    text = text.strip()
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _record_id(record: Mapping[Any, Any]) -> str:
    for key, value in record.items():
        if _RECORD_KEY.fullmatch(key_words(str(key))) and isinstance(value, str | int):
            return str(value)
    return ""


@dataclass(frozen=True, slots=True)
class _Leaf:
    name: str
    value: str
    part: str = ""


def _leaves(
    names: Fields, value: Mapping[Any, Any], parent: str = "", part: str = "", depth: int = 0
) -> Iterator[_Leaf]:
    if parent in _DETAILS or depth > _DEPTH_MOST:
        return
    fields = {str(key): inner for key, inner in value.items()}
    if (person := _person(fields)) is not None:
        yield _Leaf(names.name("name", parent) or "name", person, part)
    for key, inner in fields.items():
        if key_words(key) in {"first_name", "last_name"}:
            continue
        if isinstance(inner, Mapping):
            yield from _leaves(names, inner, "" if _is_name(key, inner) else _singular(key), part, depth + 1)
        elif isinstance(inner, list):
            yield from _listed(names, key, inner, depth)
        elif (name := names.name(key, parent)) is not None and (text := plain_argument(inner)):
            if name == "name" and (text.startswith("Dr.") or _WHOSE.search(" ".join(map(key_words, fields)))):
                name = "doctor" if text.startswith("Dr.") else "place"
            yield _Leaf(name, text, part)


def _listed(names: Fields, key: str, values: list[Any], depth: int) -> Iterator[_Leaf]:
    single = _singular(key)
    for position, inner in enumerate(values):
        if isinstance(inner, Mapping):
            yield from _leaves(names, inner, single, f"{key}/{position}", depth + 1)
        elif (name := names.name("", single) or names.name(key)) and (text := plain_argument(inner)):
            yield _Leaf(name, text)


def _is_name(key: str, value: Mapping[Any, Any]) -> bool:
    return key_words(key) == "name" and "first_name" in value


def _person(fields: Mapping[str, object]) -> str | None:
    first, last = fields.get("first_name"), fields.get("last_name")
    if isinstance(first, str) and isinstance(last, str) and first and last:
        return f"{first} {last}"
    return None


def _singular(key: str) -> str:
    words = key_words(key)
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words[:-1] if words.endswith("s") and not words.endswith("ss") else words


def plain_argument(value: object) -> str:
    """Return a leaf as text, without the quoting and the comparison calls some platforms wrap it in; "" where empty."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    text = str(value).strip()
    if call := _CALL.match(text):
        inner = _INNER.search(call["inside"])
        text = (inner[1] or inner[2]) if inner else call["inside"]
    text = text.strip().strip("\"'").strip()
    return "" if _EMPTY.fullmatch(text) or len(text) > _VALUE_MOST else text
