"""How a step reads: verb first, past tense, three to eight words, with the id that matters."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assist.analysis.identity.details import Detail, argument_details
from assist.analysis.tools.names import name_words
from assist.analysis.tools.results import ToolResult

_PAST: Final[Mapping[str, str]] = {
    "get": "looked up", "find": "looked up", "lookup": "looked up", "look": "looked up", "retrieve": "looked up", "fetch": "looked up",
    "read": "looked up", "show": "looked up", "view": "looked up", "track": "tracked", "list": "listed", "search": "searched for",
    "query": "looked up", "check": "checked", "send": "sent", "set": "set", "make": "made", "give": "gave", "pay": "paid", "put": "put",
    "submit": "submitted", "cancel": "cancelled", "plan": "planned", "book": "booked", "hold": "held", "reset": "reset", "begin": "began",
    "transfer": "transferred", "refer": "referred", "stop": "stopped", "ship": "shipped", "log": "logged", "apply": "applied",
    "modify": "changed", "update": "updated", "verify": "verified", "authenticate": "authenticated", "write": "wrote", "buy": "bought",
    "rebook": "rebooked", "undo": "undid", "rsvp": "answered the invitation to",
}  # fmt: skip
_REGULAR: Final = frozenset(
    {
        "add", "activate", "adjust", "approve", "assign", "block", "calculate", "change", "charge", "close", "compute", "confirm", "connect",
        "create", "credit", "deactivate", "delete", "disable", "edit", "enable", "escalate", "exchange", "extend", "file", "generate",
        "issue", "lock", "merge", "move", "notify", "offer", "open", "order", "process", "purchase", "redeem", "register", "remove",
        "renew", "replace", "request", "reschedule", "reserve", "resend", "restart", "return", "schedule", "start", "suspend", "unblock",
        "unlock", "upgrade", "downgrade", "validate", "waive",
    }
)  # fmt: skip
LOOKUP_VERBS: Final = frozenset(
    {
        "get",
        "find",
        "lookup",
        "look",
        "retrieve",
        "fetch",
        "read",
        "show",
        "view",
        "track",
        "list",
        "search",
        "query",
        "check",
        "calculate",
    }
)
_FILED: Final = frozenset({"report", "request", "ticket", "claim", "complaint", "order", "form"})
_NOISE: Final = frozenset(
    {"details", "detail", "info", "information", "data", "api", "by", "for", "the", "a", "tool", "service", "v"}
)
_MODE_KEYS: Final = frozenset({"requesttype", "action", "operation", "mode", "requestaction"})
_PERSONAL: Final = frozenset({"user", "customer", "profile", "account", "member"})
_NAMING_KEYS: Final = ("name", "title", "location", "city", "destination", "product", "item")
_WORDS: Final = 8
_HANGING: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "under",
        "as",
        "and",
        "or",
        "but",
        "that",
        "which",
        "who",
        "this",
        "your",
        "my",
        "our",
        "their",
        "its",
        "is",
        "are",
        "was",
        "be",
        "not",
        "any",
        "due",
        "because",
        "if",
        "when",
        "than",
        "into",
    ]
)


def verb_of(result: ToolResult) -> str:
    """Return the plain verb of a call: from an argument that says so, else from its name; "" where there is none."""
    for key, value in result.arguments.items():
        if key.replace("_", "").lower() in _MODE_KEYS and _is_verb(value.lower()):
            return value.lower()
    return next((word for word in result.words if _is_verb(word)), "")


def tool_phrase(result: ToolResult, *, worked: bool) -> str:
    """Return the wording of a call from its name and the argument that matters most."""
    verb = verb_of(result)
    nouns = [
        word for word in result.words if word not in _NOISE and word != verb and not (verb and _is_mode_of(word, verb))
    ]
    key = key_argument(result)
    thing = " ".join(_without(nouns, key) or nouns)
    filed = not verb and bool(nouns) and nouns[-1] in _FILED
    if worked:
        done = "submitted" if filed else past(verb) if verb else "looked up"
        phrase = f"{done} {thing} {key}"
    else:
        wish = "submit" if filed else _plain(verb) if verb else "look up"
        phrase = f"tried to {wish} {thing} {key}"
    return sentence(phrase)


def key_argument(result: ToolResult) -> str:
    """Return the value that tells this call from others of its kind: an id if there is one, else a name."""
    about_person = bool(set(result.words) & _PERSONAL)
    for wanted in (Detail.ORDER, Detail.USERNAME) if about_person else (Detail.ORDER,):
        for key, value in result.arguments.items():
            if wanted in argument_details({key: value}) and len(value) <= 40:  # noqa: PLR2004 -- an id, not a text
                return value
    folded = {key.lower(): value for key, value in result.arguments.items()}
    route = [folded[key] for key in ("origin", "destination") if key in folded]
    if len(route) == 2:  # noqa: PLR2004 -- both ends of a journey
        return f"{route[0]} to {route[1]}"
    for key in _NAMING_KEYS:
        if key in folded and len(folded[key]) <= 40:  # noqa: PLR2004 -- a name, not a text
            return folded[key]
    ids = (key for key in result.arguments if name_words(key)[-1:] == ("id",))
    return next((result.arguments[key] for key in ids if about_person or name_words(key)[:1] != ("user",)), "")


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a step template with its braces filled; a brace without a value goes, and the words around it close up."""
    text = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), template)
    return sentence(re.sub(r"\s+([,.])", r"\1", text), limit=20)


def past(verb: str) -> str:
    """Return the past tense of a verb."""
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed"


def sentence(text: str, *, limit: int = _WORDS) -> str:
    """Return the text on one line, first letter large, cut where a phrase ends and not after so many words."""
    words = re.sub(r"[*_#`]{2,}|\*", "", text).split()
    kept = words[:limit]
    while len(words) > limit and len(kept) > 3 and kept[-1].lower().strip(",;:") in _HANGING:  # noqa: PLR2004 -- a phrase
        kept.pop()
    line = " ".join(kept).rstrip(" ,;:.-")
    return line[:1].upper() + line[1:]


def tried(text: str) -> str:
    """Return the wording of a step that did not work: "Changed the flights" becomes "Tried to change the flights"."""
    first, _, rest = text.partition(" ")
    base = _BASE.get(f"{first} {rest.partition(' ')[0]}".lower())
    if base:
        return f"Tried to {base} {rest.partition(' ')[2]}"
    base = _BASE.get(first.lower())
    return f"Tried to {base} {rest}" if base else f"{text}, without success"


def listed(names: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(names) < 2:  # noqa: PLR2004 -- nothing to join
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _plain(verb: str) -> str:
    return {"get": "look up", "find": "look up", "lookup": "look up", "look": "look up", "retrieve": "look up", "fetch": "look up", "query": "look up",
            "read": "look up", "search": "search for", "modify": "change", "rsvp": "answer the invitation to"}.get(verb, verb)  # fmt: skip


def _is_verb(word: str) -> bool:
    return word in _PAST or word in _REGULAR


def _is_mode_of(word: str, verb: str) -> bool:
    """Whether a verb in the tool's name is overruled by the call's mode: `hotel_book` called to check."""
    return (
        _is_verb(word) and word != verb and word not in {"order", "request", "return", "exchange", "plan", "transfer"}
    )


def _without(nouns: Sequence[str], key: str) -> list[str]:
    return [noun for noun in nouns if noun not in key.lower().split()]


_BASE: Final[Mapping[str, str]] = {past(verb): _plain(verb) for verb in (*_PAST, *sorted(_REGULAR))}
