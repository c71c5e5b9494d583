"""What an answer of the back end says of the customer by itself, where the tool's name tells nothing.

A check answers with a flag ("valid", "match", "verified"), a look-up with a record that belongs to somebody. A flag that is
half true, or still open, accepts nobody.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from assist.analysis.case import Case
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.tools.names import name_words
from assist.analysis.tools.results import ResultKind, ToolResult
from assist.domain.transcript import Role

_DOUBT: Final = re.compile(
    r"\b(?:no|not|false|mismatch\w*|wrong|incorrect|invalid|fail\w*|denied|locked|expired|attempts?|unable|sent|pending|required|partial\w*"
    r"|inconclusive|unconfirmed|unverified|review|challenge|retry|low|weak|unknown|none)\b|n't\b",
    re.IGNORECASE,
)
_SHORT: Final = 300
_FEW: Final = 4
_DEEP: Final = 3
_VERIFIED: Final = frozenset({"verified", "authenticated"})
_CHECKED: Final = _VERIFIED | {
    "valid",
    "match",
    "matches",
    "matched",
    "correct",
    "passed",
    "identity",
    "verification",
    "authentication",
}
_STATE: Final = frozenset({"status", "state", "result", "outcome", "decision"})
_OF_WHOM: Final = frozenset(
    {"is", "was", "identity", "customer", "user", "caller", "passenger", "holder", "traveller", "traveler", "member"}
)  # fmt: skip
_YES: Final = frozenset(
    {"true", "yes", "full", "exact", "pass", "passed", "ok", "valid", "verified", "authenticated", "confirmed", "match", "matched", "success",
     "successful", "approved"}
)  # fmt: skip
_PASS_OR_FAIL: Final = _YES - {"true", "yes", "ok", "success", "successful", "approved"} | {
    "fail", "failed", "mismatch", "no_match", "partial", "denied", "rejected", "unverified",
}  # fmt: skip
_READING: Final = frozenset(
    {"get", "find", "lookup", "search", "list", "fetch", "retrieve", "read", "load", "show", "view"}
)
_SENDING: Final = frozenset(
    {"send", "resend", "start", "begin", "request", "initiate", "generate", "register", "enroll", "set", "reset"}
)
_OWNED: Final = frozenset(
    {"order", "booking", "reservation", "account", "customer", "line", "return", "contract", "policy", "member", "user", "case", "invoice", "bill",
     "appointment", "loan", "claim", "subscription", "mandate", "profile", "rental", "prescription", "lease", "visit", "ticket",
     "parcel", "shipment", "delivery", "repair", "application", "dispute", "membership", "trip", "itinerary", "pnr", "meter", "card"}
)  # fmt: skip
"""Things that belong to one customer, so that their number leads to somebody."""
_SOMEBODY: Final = frozenset(
    {"owner", "customer", "account", "holder", "passenger", "passengers", "pax", "traveler", "travelers", "traveller", "travellers", "buyer",
     "user", "member", "guest", "subscriber", "patient", "tenant", "contact", "email", "msisdn"}
)  # fmt: skip
_PUBLIC: Final = frozenset(
    {"flight", "product", "item", "sku", "store", "article", "date", "zip", "postcode", "city", "model", "serial"}
)
_ID: Final = re.compile(r"(?=[^\s]*\d)[\w#+@.-]{4,60}|[\w.+-]+@[\w.-]+|[A-Z]{6}")
_SHORT_NAME: Final = 3
_DIGITS: Final = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def accepted(result: ToolResult) -> bool:
    """Whether the back end accepted a proof: the call worked, and neither its flags nor a short message leave a doubt."""
    if result.failed or result.pending:
        return False
    shown = result.message or (str(result.data) if isinstance(result.data, (str, int, bool)) else "")
    if len(shown) <= _SHORT and _DOUBT.search(shown):
        return False
    return not any(_is_doubtful(words, value) for words, value in _leaves(result.data))


def declares_identity(result: ToolResult) -> bool:
    """Whether a short answer says by itself that the customer is verified, of a call that checked something they gave."""
    if result.acts or frozenset(result.topic) & (_READING | _SENDING) or result.kind is not ResultKind.OK:
        return False
    if result.data is None:
        return phrase_book("identity_signs")["passed_check"].search(result.message)
    flags = [words for words, value in _short_leaves(result.data) if words & _VERIFIED and _is_yes(value)]
    return bool(result.arguments) and any(words <= _VERIFIED | _OF_WHOM for words in flags)


def answers_check(result: ToolResult) -> bool:
    """Whether a short answer says yes or no to what was given, as a check does and a look-up does not."""
    if result.acts or frozenset(result.topic) & _SENDING:
        return False
    told = _short_leaves(result.data)
    return any(
        words & _CHECKED or (words & _STATE and str(value).strip().lower() in _PASS_OR_FAIL) for words, value in told
    )


def finds_own_record(case: Case, result: ToolResult) -> bool:
    """Whether a look-up by an id or name that the customer gave brought something that belongs to one customer."""
    topic = frozenset(result.topic)
    if result.kind is not ResultKind.OK or result.acts or topic & (_SENDING | _PUBLIC):
        return False
    leaves = list(_leaves(result.data))
    about = {word.removesuffix("s") for words in (topic, *(words for words, _ in leaves)) for word in words}
    if result.data is None:
        about |= {word.removesuffix("s") for word in name_words(result.message)}
    if (
        not about & (_OWNED | _SOMEBODY if result.data is None or topic & _OWNED else _SOMEBODY)
        and not about & topic & _OWNED
    ):
        return False
    said = [folded_speech(turn.text) for turn in case.turns[: result.turn] if turn.role is Role.CUSTOMER]
    return any(value in text for value in _keys(result, leaves) for text in said)


def _keys(result: ToolResult, leaves: Sequence[tuple[frozenset[str], Any]]) -> set[str]:
    """What may lead to a customer: the ids and names that a call was given, or that its answer repeats where the call is not shown."""
    given = [(frozenset(name_words(key)), value) for key, value in result.arguments.items()]
    if not given:
        given = [(words, value) for words, value in leaves if isinstance(value, str)]
        given += (
            [(frozenset[str](), word.strip(".,;:|\"'")) for word in result.message.split()]
            if result.data is None
            else []
        )
    named = [value for words, value in given if words & {"name", "surname"} and len(value) > _SHORT_NAME]
    ids = [v for words, v in given if not words & _PUBLIC and _ID.fullmatch(v) and not _DATE.fullmatch(v)]
    return {folded_speech(value) for value in (*ids, *named)}


def folded_speech(text: str) -> str:
    """Return the letters and digits of a text alone, digits that are spelled out written as such: "four oh, 2" is "402"."""
    words = re.findall(r"[a-z0-9@]+", text.lower())
    return "".join(_DIGITS.get(word, word) for word in words)


def _leaves(data: object, depth: int = 0) -> Iterator[tuple[frozenset[str], Any]]:
    """The entries of an answer, with the words of their keys, a few levels down."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield frozenset(name_words(str(key))), value
            if depth < _DEEP:
                yield from _leaves(value, depth + 1)
    elif isinstance(data, Sequence) and not isinstance(data, str) and depth < _DEEP:
        for entry in data[:_FEW]:
            yield from _leaves(entry, depth + 1)


def _short_leaves(data: object) -> list[tuple[frozenset[str], Any]]:
    """The entries of a short answer, and of the one part of it that holds the rest; none of a record."""
    if not isinstance(data, Mapping) or len(data) > _FEW:
        return []
    found = list(_leaves(data, _DEEP))
    inner = [value for _, value in found if isinstance(value, Mapping)]
    if len(inner) == 1 and len(inner[0]) <= _FEW:
        found += _leaves(inner[0], _DEEP)
    return found


def _is_yes(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() in _YES)


def _is_doubtful(words: frozenset[str], value: object) -> bool:
    if value is False:
        return bool(words & (_CHECKED | {"ok", "success"}))
    return isinstance(value, str) and bool(words & (_CHECKED | _STATE)) and bool(_DOUBT.search(value.replace("_", " ")))
