"""How a step reads: verb first, past tense, three to eight words, with the id that matters."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from assist.analysis.identity.details import Detail, argument_details
from assist.analysis.tools.names import name_words, spoken_words
from assist.analysis.tools.plain_text import first_clause
from assist.analysis.tools.results import ToolResult
from assist.analysis.tools.verbs import ALSO_THINGS, PAST, REGULAR, is_verb, past, verb_in

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
_IDS: Final = frozenset({"id", "email", "mail", "name", "phone", "number", "code", "user", "customer"})
_PLAIN_TOO: Final = frozenset({"set", "put", "reset"})
"""Past tenses that are plain forms too: "registration reset sent" was sent."""
_OWNERS: Final = frozenset({"user", "customer", "member", "account", "client", "acct", "subscriber", "payment"})
_ID: Final = re.compile(r"(?=\S*\d)[\w#-]{4,24}|[\w.+-]{1,60}@[\w.-]{1,60}")
_PERSONAL: Final = frozenset({"user", "customer", "profile", "account", "member"})
_LOOSE_KEYS: Final = (
    "code",
    "reference",
    "number",
    "no",
    "value",
    "order",
    "booking",
    "reservation",
    "pnr",
    "file",
    "line",
    "flight",
    "query",
)
_FEW: Final = 3
_NAMING_KEYS: Final = ("name", "title", "location", "city", "destination", "product", "item")
_MARKUP: Final = re.compile(r"(?<![\w*])[*_]{1,2}(?=\w)|(?<=\w)[*_]{1,2}(?![\w*@])|#{2,}|`")
"""Signs of Markdown around words; the stars of a masked address (r*****@mail.example) belong to the value."""
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
        if key.replace("_", "").lower() in _MODE_KEYS and is_verb(value.lower()):
            return value.lower()
    return verb_in(tuple(word for word in _words(result) if result.name or word not in ALSO_THINGS or word == "check"))


def tool_phrase(result: ToolResult, *, worked: bool) -> str:
    """Return the wording of a call from its name and the argument that matters most."""
    verb, words = verb_of(result), _words(result)
    overruled = bool(verb) and verb not in words
    kept = [word for word in words if word != verb and not (overruled and _is_mode_of(word, verb))]
    nouns = [word for word in kept if word not in _NOISE]
    if not verb and "by" in kept[1:-1] and not set(kept) & _IDS:
        nouns = kept  # "usage by line"
    key = key_argument(result) or result.heading.subject
    thing = " ".join(_without(nouns, key) or nouns)
    filed = not verb and bool(nouns) and nouns[-1] in _FILED and bool(result.name) and "for" not in words
    if worked:
        done = "submitted" if filed else past(verb) if verb else "looked up"
        phrase = f"{done} {thing} {key}"
    else:
        wish = "submit" if filed else _plain(verb) if verb else "look up"
        phrase = f"tried to {wish} {thing} {key}"
    return sentence(phrase)


def told_change(result: ToolResult) -> str:
    """Return what an answer of a tool without a name says was done, "" where it says no such thing.

    "claim CLM-1177 created for 69.90" becomes "Created claim CLM-1177".
    """
    words = first_clause(result.message) if result.data is None and not result.name else ()
    for place, word in enumerate(words):
        base = _BASE.get(word.lower(), "")
        if place and base and base not in LOOKUP_VERBS and word.lower() not in _PLAIN_TOO:
            return sentence(f"{word} {' '.join(words[:place])}")
    return ""


def _words(result: ToolResult) -> tuple[str, ...]:
    return spoken_words(result.name) if result.name else result.heading.words


def key_argument(result: ToolResult) -> str:
    """Return the value that tells this call from others of its kind: an id if there is one, else a name."""
    about_person = bool({word.removesuffix("s") for word in result.words} & _PERSONAL)
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
    ids = [key for key in result.arguments if name_words(key)[-1:] == ("id",)]
    own = next((result.arguments[key] for key in ids if about_person or name_words(key)[0] not in _OWNERS), "")
    if own or len(result.arguments) > _FEW:
        return own
    loose = (value for key, value in folded.items() if key in _LOOSE_KEYS and _ID.fullmatch(value))
    return next(loose, "")


_LEFT_HANGING: Final = re.compile(
    r"(?:\s+(?:to|of|for|from|with|on|in|at|by|the|a|an|ending|ending in|number|code))+[\s,.]*$", re.IGNORECASE
)
"""Words that led to a value which is not there."""


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a step template with its braces filled; a brace without a value goes, and the words around it close up."""
    text = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), template)
    text = re.sub(r"\b(?:from|to|on|of|for)\s+(?=(?:from|to|on|of|for)\b|$)", "", text.strip())
    text = _LEFT_HANGING.sub("", text)
    return sentence(re.sub(r"\s+([,.])", r"\1", text), limit=20)


def sentence(text: str, *, limit: int = _WORDS) -> str:
    """Return the text on one line, first letter large, cut where a phrase ends and not after so many words."""
    words = _MARKUP.sub("", text).split()
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


def _is_mode_of(word: str, verb: str) -> bool:
    """Whether a verb in the tool's name is overruled by the call's mode: `hotel_book` called to check."""
    return is_verb(word) and word != verb and word not in {"order", "request", "return", "exchange", "plan", "transfer"}


def _without(nouns: Sequence[str], key: str) -> list[str]:
    return [noun for noun in nouns if noun not in key.lower().split()]


_BASE: Final[Mapping[str, str]] = {past(verb): _plain(verb) for verb in (*PAST, *sorted(REGULAR))}
