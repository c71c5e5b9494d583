"""Values from tool calls: what the bot sent, and what came back, by their keys."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assist.analysis.case import Case
from assist.analysis.facts.fields import Fields, key_words
from assist.analysis.facts.notes import coded, noted
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
_MASKED = re.compile(r"\[[A-Z_]+_\d+\]")
_RECORD_KEY = re.compile(
    r"(?:order|reservation|booking|case|ticket|claim|policy|subscription|transaction|invoice|appointment|loan|application)_(?:id|number)"
)
_NAME_PAIRS = (
    ("first_name", "last_name"),
    ("first", "last"),
    ("given_name", "family_name"),
    ("given", "family"),
    ("forename", "surname"),
)
_PARTS_OF_NAMES = frozenset(part for pair in _NAME_PAIRS for part in pair)
_OWNERS = frozenset(
    ("name", "customer", "holder", "account_holder", "owner", "match", "user", "profile", "member", "caller", "client")
)
_WRAPPERS = frozenset(("data", "result", "response", "payload", "body", "record"))
_NAMED_BY_ID = re.compile(r"[a-z]+(?:_[a-z]+)*_\d{3,}")
_TOLD_IN_WORDS = frozenset(("error", "message", "detail", "details"))
_HTTP = re.compile(r"[1-5]\d\d")
_QUIET_TOOLS = re.compile(r"think|calculat|transfer|log|note", re.IGNORECASE)


def tool_values(case: Case, fields: Fields) -> list[Found]:
    """Return the values of all tool turns; those of one record carry its id."""
    found: list[Found] = []
    for index, turn in case.transcript.of(Role.TOOL):
        found += _turn_values(fields, index, turn)
    for index, turn in case.transcript.of(Role.SYSTEM):
        found += [Found(note.name, note.value, index, fields.usefulness(note.name)) for note in coded(turn.text)]
    return found


def _turn_values(fields: Fields, index: int, turn: Turn) -> Iterator[Found]:
    tool = turn.tool
    if tool is not None and tool.name and _QUIET_TOOLS.search(tool.name):
        return
    if tool is not None and tool.arguments:
        for leaf in _leaves(fields, tool.arguments):
            yield Found(leaf.name, leaf.value, index, fields.usefulness(leaf.name) + _ARGUMENT_BONUS)
    data = parsed(turn.text)
    if data is None:
        for note in noted(fields, turn.text):
            name = _by_shape(note.name, note.value)
            yield Found(name, note.value, index, fields.usefulness(name))
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
    if "." in parent or parent in _WRAPPERS:
        parent = ""
    if (person := _person(fields)) is not None:
        yield _Leaf(names.name("name", parent) or "name", person, part)
    for key, inner in fields.items():
        if key_words(key) in _PARTS_OF_NAMES:
            continue
        if isinstance(inner, Mapping):
            if _NAMED_BY_ID.fullmatch(key):
                yield _Leaf("payment_method" if "card" in key or "certificate" in key else "reference", key, part)
            yield from _leaves(names, inner, "" if _is_name(key, inner) else _singular(key), part, depth + 1)
        elif isinstance(inner, list):
            yield from _listed(names, key, inner, depth)
        elif key_words(key) in _TOLD_IN_WORDS and isinstance(inner, str):
            yield from (_Leaf(note.name, note.value, part) for note in coded(inner))
        else:
            yield from _leaf(names, fields, key, parent, part)


def _leaf(names: Fields, fields: Mapping[str, object], key: str, parent: str, part: str) -> Iterator[_Leaf]:
    """Yield the value of one key; the status of the HTTP answer is none."""
    name, text = names.name(key, parent), plain_argument(fields[key])
    if name is None or not text or (_HTTP.fullmatch(text) and name.endswith(("status", "code"))):
        return
    if name == "name" and (
        text.startswith("Dr.") or (key_words(key) == "name" and _WHOSE.search(" ".join(map(key_words, fields))))
    ):
        name = "doctor" if text.startswith("Dr.") else "place"
    yield _Leaf(_by_shape(name, text), text, part)


def _by_shape(name: str, text: str) -> str:
    """Return "user_id" for a "name" that is none: some records call the id of the customer "customer"."""
    return "user_id" if name == "name" and re.search(r"[\d_]", text) else name


def _listed(names: Fields, key: str, values: list[Any], depth: int) -> Iterator[_Leaf]:
    single = _singular(key)
    for position, inner in enumerate(values):
        if isinstance(inner, Mapping):
            yield from _leaves(names, inner, single, f"{key}/{position}", depth + 1)
        elif (name := names.name("", single) or names.name(key)) and (text := plain_argument(inner)):
            yield _Leaf(name, text)


def _is_name(key: str, value: Mapping[Any, Any]) -> bool:
    """Say whether a mapping is the customer's name in parts, under "name" or whoever holds the account."""
    folded = {key_words(str(inner)) for inner in value}
    return key_words(key) in _OWNERS and any({one, other} <= folded for one, other in _NAME_PAIRS)


def _person(fields: Mapping[str, object]) -> str | None:
    folded = {key_words(key): value for key, value in fields.items()}
    for one, other in _NAME_PAIRS:
        first, last = folded.get(one), folded.get(other)
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
    if _MASKED.fullmatch(text):
        return ""
    return "" if _EMPTY.fullmatch(text) or len(text) > _VALUE_MOST else text
