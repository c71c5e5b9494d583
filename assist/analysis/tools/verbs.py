"""The verbs that names of tools are made of, with their past tense."""

import re
from collections.abc import Mapping
from typing import Final

PAST: Final[Mapping[str, str]] = {
    "get": "looked up", "find": "looked up", "lookup": "looked up", "look": "looked up", "retrieve": "looked up", "fetch": "looked up",
    "read": "looked up", "show": "looked up", "view": "looked up", "load": "looked up", "track": "tracked", "list": "listed",
    "search": "searched for", "query": "looked up", "check": "checked", "send": "sent", "set": "set", "make": "made", "give": "gave", "pay": "paid",
    "put": "put", "submit": "submitted", "cancel": "cancelled", "plan": "planned", "book": "booked", "hold": "held", "reset": "reset", "begin": "began",
    "transfer": "transferred", "refer": "referred", "stop": "stopped", "ship": "shipped", "log": "logged", "apply": "applied",
    "modify": "changed", "update": "updated", "verify": "verified", "authenticate": "authenticated", "write": "wrote", "buy": "bought",
    "rebook": "rebooked", "undo": "undid", "rsvp": "answered the invitation to", "swap": "swapped", "freeze": "froze", "run": "ran",
    "ring": "rang", "port": "ported", "unplug": "unplugged", "plug": "plugged", "choose": "chose", "shut": "shut",
}  # fmt: skip
REGULAR: Final = frozenset(
    {
        "add", "activate", "adjust", "approve", "assign", "block", "calculate", "change", "charge", "claim", "close", "compute", "confirm", "connect",
        "create", "credit", "deactivate", "delete", "diagnose", "disable", "dispatch", "dispute", "edit", "enable", "escalate", "estimate", "exchange",
        "extend", "file", "generate", "issue", "lock", "measure", "merge", "move", "notify", "offer", "open", "order", "pause", "process", "purchase",
        "quote", "reactivate", "record", "redeem", "refund", "register", "release", "remove", "renew", "repair", "replace", "report", "request",
        "reschedule", "reserve", "resend", "restart", "resume", "return", "revoke", "schedule", "start", "suspend", "test", "trace", "unblock",
        "unfreeze", "unlock", "upgrade", "downgrade", "validate", "waive",
    }
)  # fmt: skip
ALSO_THINGS: Final = frozenset(
    {"order", "request", "return", "exchange", "plan", "transfer", "report", "claim", "charge", "credit", "dispute", "refund", "quote", "test",
     "offer", "file", "port", "issue", "schedule", "change", "record", "release", "hold", "check", "purchase", "ring", "stop", "trace", "log", "book"}
)  # fmt: skip
"""Verbs that name a thing unless they stand first: "find order", but "order card"."""


_LAST: Final = frozenset(
    {"book", "check", "hold", "stop", "change", "test", "trace", "refund", "transfer", "purchase", "exchange", "return"}
)
_ABOUT_IT: Final = frozenset(
    {"status", "details", "detail", "history", "info", "number", "items", "summary", "rules", "eligibility", "state"}
)
"""Words that make the one before them a thing: "order status"."""


def is_verb(word: str) -> bool:
    """Whether a word can say what a call does."""
    return word in PAST or word in REGULAR


def verb_in(words: tuple[str, ...]) -> str:
    """Return the verb among the words of a name, "" where there is none: a word that is a thing as well only at an end."""
    plain = next((word for word in words if is_verb(word) and word not in ALSO_THINGS), "")
    if plain or not words:
        return plain
    if is_verb(words[0]) and not (set(words[1:]) & _ABOUT_IT or len(words) == 1):
        return words[0]
    return words[-1] if is_verb(words[-1]) and words[-1] in _LAST else ""


def past(verb: str) -> str:
    """Return the past tense of a verb."""
    if verb in PAST:
        return PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed"
