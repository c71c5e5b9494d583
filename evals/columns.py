"""The columns of a table of labelled conversations, and how the text of a cell becomes a value."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

from assist.domain.transcript import Role

ROLES: Final[Mapping[str, Role]] = {
    **{role.value: role for role in Role},
    "user": Role.CUSTOMER,
    "client": Role.CUSTOMER,
    "visitor": Role.CUSTOMER,
    "end_user": Role.CUSTOMER,
    "assistant": Role.BOT,
    "chatbot": Role.BOT,
    "automated_agent": Role.BOT,
    "human_agent": Role.AGENT,
    "human": Role.AGENT,
    "function": Role.TOOL,
}
"""Who speaks, by the words that exports use."""

TURN: Final = ("at", "tool_name", "tool_arguments", "tool_ok")
_YES: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class BadCell(ValueError):
    """A cell that cannot be read; `column` names it."""

    def __init__(self, column: str, text: str) -> None:
        super().__init__(text)
        self.column = column


def cell_of_turn(row: Mapping[str, str]) -> dict[str, Any]:
    """Return the turn of a row; BadCell names the column that cannot be read. A time without a zone counts as UTC."""
    role = ROLES.get(row["role"].lower().replace(" ", "_").replace("-", "_"))
    if role is None:
        _bad("role", f"{row['role']!r} is no speaker; use one of {', '.join(ROLES)}")
    turn: dict[str, Any] = {"role": role.value, "text": row.get("text", "")}
    if row.get("at"):
        turn["at"] = _time(row["at"])
    tool = {
        "name": row.get("tool_name") or None,
        "arguments": _json("tool_arguments", row["tool_arguments"], dict) if row.get("tool_arguments") else None,
        "ok": _flag("tool_ok", row["tool_ok"]) if row.get("tool_ok") else None,
    }
    if any(value is not None for value in tool.values()):
        turn["tool"] = tool
    return turn


def cell_of_label(labels: dict[str, Any], column: str, text: str) -> None:
    """Put the label of a cell where it belongs; BadCell where it cannot be read."""
    place, read = LABELS[column]
    first, _, second = place.partition(".")
    value = read(column, text)
    if second:
        labels.setdefault(first, {})[second] = value
    else:
        labels[first] = value


def _word(_: str, text: str) -> str:
    return text


def _words(_: str, text: str) -> list[str]:
    return [word.strip() for word in text.replace(";", "|").split("|") if word.strip()]


def _sentences(_: str, text: str) -> list[str]:
    return [sentence.strip() for sentence in text.split("|") if sentence.strip()]


def _numbers(column: str, text: str) -> list[int]:
    try:
        return [int(word) for word in text.replace(";", " ").replace(",", " ").split()]
    except ValueError:
        _bad(column, f"{text!r} is no list of turns; write their numbers from 0, such as 2 3")


def _flag(column: str, text: str) -> bool:
    if text.lower() not in _YES:
        _bad(column, f"{text!r} is neither yes nor no; use true or false")
    return _YES[text.lower()]


def _time(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        _bad("at", f"{text!r} is no time; write it as 2026-03-01T14:05:00Z")
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).isoformat()


def _list(column: str, text: str) -> Any:  # noqa: ANN401 -- whatever the JSON holds
    return _json(column, text, list)


def _json(column: str, text: str, kind: type) -> Any:  # noqa: ANN401 -- whatever the JSON holds
    try:
        found = json.loads(text)
    except ValueError as exc:
        _bad(column, f"{text[:60]!r} is no JSON ({exc})")
    if not isinstance(found, kind):
        _bad(column, f"{text[:60]!r} is no JSON {'object' if kind is dict else 'list'}")
    return found


def _bad(column: str, text: str) -> NoReturn:
    raise BadCell(column, text)


LABELS: Final[Mapping[str, tuple[str, Callable[[str, str], Any]]]] = {
    "intent": ("intent", _word),
    "other_intents": ("other_intents", _words),
    "verification": ("verification.status", _word),
    "verification_turns": ("verification.turns", _numbers),
    "sentiment": ("sentiment.label", _word),
    "frustrated": ("sentiment.frustrated", _flag),
    "trend": ("sentiment.trend", _word),
    "escalation": ("escalation.primary", _word),
    "escalation_secondary": ("escalation.secondary", _words),
    "asks_for_human": ("escalation.asks_for_human", _flag),
    "steps_tried": ("steps_tried", _list),
    "facts": ("facts", _list),
    "nuggets": ("nuggets", _list),
    "traps": ("traps", _list),
    "reference_summary": ("reference_summary", _word),
    "next_actions": ("next_actions", _sentences),
    "missing": ("missing", _sentences),
    "promises": ("promises", _sentences),
}
"""Columns of labels: where each belongs, and how its text is read."""
