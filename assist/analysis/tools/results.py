"""What a tool turn says, whatever the platform: how the call ended, what came back, and the words of its name.

Platforms differ: some name the tool and its arguments, some only return a text; some answer JSON, some one word. The
structure is read first (`ok`, flags, status fields, an empty answer), the message only after it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final

from assist.analysis.case import Case
from assist.analysis.learning.remembered import once_per_case
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.tools.cut_json import parsed_json
from assist.analysis.tools.names import name_words, spoken_words
from assist.analysis.tools.plain_text import NO_HEADING, Heading, heading_of
from assist.domain.transcript import Role, Turn


class ResultKind(StrEnum):
    """How a call ended."""

    OK = "ok"
    NOTHING = "nothing"  # it worked and found nothing, or what was asked for is not to be had
    ERROR = "error"  # the call did not work
    UNPROVEN = "unproven"  # the back end refused because the customer has not proved who they are
    SILENT = "silent"  # nothing came back: a note to itself, or a call without an answer


@dataclass(frozen=True, slots=True)
class ToolResult:
    """One tool turn, read. `arguments` holds top-level values as plain text, empty and null ones left out.

    `heading` is what an answer of a tool without a name says that it is about; `pending` that what was asked for has been
    taken in and not yet done.
    """

    turn: int
    name: str | None
    words: tuple[str, ...]
    arguments: Mapping[str, str]
    kind: ResultKind
    message: str
    data: Any
    heading: Heading = NO_HEADING
    pending: bool = False

    @property
    def topic(self) -> tuple[str, ...]:
        """The words that say what was called or asked about: those of the name, else those at the head of the answer."""
        return self.words or self.heading.words

    @property
    def acts(self) -> bool:
        """Whether the call does something rather than look something up: "order router" does, "find order" does not."""
        words = spoken_words(self.name) if self.name else ()
        return bool({*words, *self.heading.words} & (ACTING - _ALSO_THINGS)) or bool(words and words[0] in ACTING)

    @property
    def failed(self) -> bool:
        """Whether the call brought nothing the bot could go on with."""
        return self.kind in {ResultKind.NOTHING, ResultKind.ERROR, ResultKind.UNPROVEN}


_MESSAGE_KEYS: Final = (
    "message",
    "error",
    "errors",
    "detail",
    "reason",
    "description",
    "status_message",
    "confirmation",
)
_REMARKS: Final = ("note", "remark", "finding")
"""In a short answer these speak of the call, in a record of the thing recorded."""
_FLAGS: Final = frozenset(
    {
        "ok",
        "success",
        "successful",
        "succeeded",
        "found",
        "verified",
        "authenticated",
        "valid",
        "match",
        "matches",
        "matched",
        "passed",
        "accepted",
    }
)
_FLAG_FILLING: Final = frozenset({"is", "was", "identity", "customer", "user", "pin", "code"})
_IDENTITY_FLAGS: Final = frozenset({"verified", "authenticated"})
_STATUS_KEYS: Final = frozenset({"status", "result", "outcome", "state"})
_STATE_ENDINGS: Final = tuple((key,) for key in (*sorted(_STATUS_KEYS), "confirmation", "decision"))
_BAD_STATUS: Final = frozenset(
    {"error", "failed", "failure", "fail", "denied", "rejected", "declined", "not_found", "invalid"}
)
_EMPTY_TEXTS: Final = frozenset({"[]", "{}", "null", "none", "false", "not found", "no results", "n/a"})

ACTING: Final = frozenset(
    {"book", "reserve", "order", "change", "update", "modify", "cancel", "return", "exchange", "send", "submit", "schedule", "pay", "create"}
)  # fmt: skip
"""Words of a tool's name that say it does something rather than look something up."""
_PENDING: Final = frozenset(
    {"queued", "pending", "requested", "submitted", "accepted", "processing", "registered", "in_progress", "in_process", "in_review",
     "under_review", "on_hold", "received"}
)  # fmt: skip
_PENDING_START: Final = ("awaiting", "waiting", "pending_", "queued_")
_HITS: Final = frozenset({"found", "count", "matches", "hits", "results", "match"})
_WRAPPERS: Final = ("data", "result", "response", "payload", "body")
_ALSO_THINGS: Final = frozenset({"order", "return", "exchange", "change", "book", "schedule"})
_SHORT: Final = 160
_FEW: Final = 4
"""An answer with more fields than these is a record, and its fields speak of the thing recorded."""
_QUOTED: Final = re.compile(r'^(?:[\w.]+\()?\s*"(?P<value>[^"]*)"\s*\)?$')


@once_per_case
def tool_results(case: Case) -> tuple[ToolResult, ...]:
    """Return every tool turn of the case, read, in order."""
    return tuple(read_tool_turn(index, turn) for index, turn in enumerate(case.turns) if turn.role is Role.TOOL)


def read_tool_turn(index: int, turn: Turn) -> ToolResult:
    """Return what one tool turn says."""
    tool = turn.tool
    data = parsed_json(turn.text)
    words = name_words(tool.name) if tool and tool.name else ()
    message = _message(turn.text, data) or _own_status(data, words)
    heading = NO_HEADING if words or data is not None else heading_of(turn.text)
    return ToolResult(
        turn=index,
        name=tool.name if tool else None,
        words=words,
        arguments=dict(_plain_arguments(tool.arguments if tool else None)),
        kind=_kind(turn.text, data, message, ok=tool.ok if tool else None),
        message=message,
        data=data,
        heading=heading,
        pending=_pending(turn.text, data),
    )


def plain_value(value: object) -> str:
    """Return an argument's value as text without the quoting some platforms add; "" where there is none."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    text = str(value).strip()
    quoted = _QUOTED.match(text)
    text = (quoted["value"] if quoted else text).strip()
    return "" if text.lower() in {"null", "none", "undefined", "n/a"} else text


def _plain_arguments(arguments: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    for key, value in (arguments or {}).items():
        if text := plain_value(value):
            yield key, text


def _message(text: str, data: object) -> str:
    if not isinstance(data, dict):
        return "" if isinstance(data, list) else text.strip()
    folded = {str(key).lower(): value for key, value in data.items()}
    keys = (*_MESSAGE_KEYS, *_REMARKS) if len(folded) <= _FEW else _MESSAGE_KEYS
    found = (folded.get(key) for key in keys)
    return next((plain_value(value) for value in found if plain_value(value)), "")


def _kind(text: str, data: object, message: str, *, ok: bool | None) -> ResultKind:
    if not text.strip():
        return ResultKind.ERROR if ok is False else ResultKind.SILENT
    signs = phrase_book("result_signs")
    flagged = _flag(data)
    if flagged is ResultKind.UNPROVEN or signs["unproven"].search(message):
        return ResultKind.UNPROVEN
    if ok is False:
        return ResultKind.NOTHING if signs["nothing"].search(message) else ResultKind.ERROR
    empty = data in ([], {}) or text.strip().lower() in _EMPTY_TEXTS
    return flagged or (ResultKind.NOTHING if empty else _kind_of_message(message))


def _kind_of_message(message: str) -> ResultKind:
    # A long text is an answer, an article perhaps: a stray "cannot" in it says nothing of the call.
    if len(message) > _SHORT:
        return ResultKind.OK
    signs = phrase_book("result_signs")
    if signs["broken"].search(message):
        return ResultKind.ERROR
    turned_down = signs["nothing"].search(message) or signs["refused"].search(message)
    return ResultKind.NOTHING if turned_down else ResultKind.OK


def _own_status(data: object, words: tuple[str, ...]) -> str:
    """The status of what the call was to do, such as `reservation_status` of a booking; a look-up has none of its own."""
    if not isinstance(data, dict) or not set(words) & ACTING:
        return ""
    named = ((name_words(str(key)), value) for key, value in data.items())
    return next((value for key, value in named if key[-1:] == ("status",) and isinstance(value, str)), "")


def _flag(data: object) -> ResultKind | None:
    """What the answer's own flags say against the call; None where they say nothing against it."""
    if not isinstance(data, dict):
        return None
    inner = next(
        (value for key, value in data.items() if str(key).lower() in _WRAPPERS and isinstance(value, dict)), {}
    )
    outer = {str(key).lower(): value for key, value in data.items() if value is not inner}
    return _own_flag(outer) or (
        _own_flag({str(key).lower(): value for key, value in inner.items()}) if len(inner) <= _FEW else None
    )


def _own_flag(folded: Mapping[str, Any]) -> ResultKind | None:
    flags = (frozenset(name_words(key)) - _FLAG_FILLING for key, value in folded.items() if _is_false(value))
    denied = {word for flag in flags if flag <= _FLAGS for word in flag}
    if denied:
        return ResultKind.UNPROVEN if denied & _IDENTITY_FLAGS else ResultKind.NOTHING
    if folded.get("error") or folded.get("errors"):
        return ResultKind.ERROR
    lists = [value for value in folded.values() if isinstance(value, list)]
    if _no_hits(folded) or (lists and not any(lists) and len(folded) <= _FEW):
        return ResultKind.NOTHING
    # In a long answer "status" belongs to the thing that was found: a declined payment, a failed delivery.
    states = [folded[key] for key in _STATUS_KEYS & folded.keys()] if len(folded) <= _FEW else []
    return next((kind for state in states if (kind := _kind_of_state(state))), None)


def _no_hits(folded: Mapping[str, Any]) -> bool:
    """Whether a short answer counts nothing found: `{"found": 0}`, `{"match": null}`."""
    if len(folded) > _FEW:
        return False
    hits = [folded[key] for key in _HITS & folded.keys()]
    empty = [value is None or str(value).lower() in {"0", "none"} for value in hits]
    return any(empty) and all(none or not hit for none, hit in zip(empty, hits, strict=True))


def _pending(text: str, data: object) -> bool:
    """Whether an answer says that something was taken in and is not done yet."""
    if not isinstance(data, dict):
        return data is None and len(text) <= _SHORT and phrase_book("result_signs")["pending"].search(text)
    folded = {str(key).lower(): value for key, value in data.items()}
    inner = next((folded[key] for key in _WRAPPERS if isinstance(folded.get(key), dict)), None)
    if inner is not None:
        return _pending("", inner)
    if len(folded) > _FEW + 1:
        return False
    states = (value for key, value in folded.items() if name_words(key)[-1:] in _STATE_ENDINGS)
    told = [
        str(state).strip().lower().replace(" ", "_").replace("-", "_") for state in states if isinstance(state, str)
    ]
    return any(state in _PENDING or state.startswith(_PENDING_START) for state in told)


def _kind_of_state(state: object) -> ResultKind | None:
    if isinstance(state, str) and state.strip().lower().replace(" ", "_") in _BAD_STATUS:
        return ResultKind.ERROR
    if isinstance(state, int) and not isinstance(state, bool) and state >= HTTPStatus.BAD_REQUEST:
        return ResultKind.NOTHING if state == HTTPStatus.NOT_FOUND else ResultKind.ERROR
    return None


def _is_false(value: object) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in {"false", "no"})
