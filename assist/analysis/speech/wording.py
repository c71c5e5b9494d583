"""Words put into the third person, into the past, and into order: what makes a composed text read as written."""

import re
from collections.abc import Sequence

_ASIDES = re.compile(
    r",?\s*\b(?:unfortunately|however|sadly|regrettably|i(?:'m| am) afraid(?: that)?|dear (?:customer|sir|madam)|as (?:i |you )?(?:mentioned|said)(?: earlier| before)?)\b,?\s*",
    re.IGNORECASE,
)
_NEGATIONS = (
    (r"\bcan'?t\b|\bcan not\b", "cannot"),
    (r"\bwon'?t\b", "will not"),
    (r"\bshan't\b", "shall not"),
    (r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should|might|must|need)n'?t\b", r"\1 not"),
)
_CONTRACTIONS = (
    (r"\blet's\b", "let us"),
    (r"\b(it|that|there|he|she|what|who|where|someone|somebody)'s(?= (?:been|got)\b)", r"\1 has"),
    (r"\b(it|that|there|he|she|what|who|where|someone|somebody)'s\b", r"\1 is"),
    (r"\b(they|we|you)'re\b", r"\1 are"),
    (r"\b(they|we|you|might|could|would|should)'ve\b", r"\1 have"),
    (r"\b(they|we|you|he|she|it)'ll\b", r"\1 will"),
    (r"\b(they|we|you|he|she|it)'d\b", r"\1 would"),
)
_CUSTOMER = (
    (r"\bi(?:'m| am|m)\b(?! i\b)", "they are"),
    (r"\bam i\b", "they are"),
    (r"\bi was\b", "they were"),
    (r"\bwas i\b", "they were"),
    (r"\bi(?:'ve| have)\b", "they have"),
    (r"\bi'd(?= (?:been|already|never|had|not)\b)", "they had"),
    (r"\bi'd\b", "they would"),
    (r"\bi'll\b", "they will"),
    (r"\bmyself\b", "themselves"),
    (r"\b(?:i|we)\b", "they"),
    (r"\b(?:my|our)\b", "their"),
    (r"\b(?:mine|ours)\b", "theirs"),
    (r"\b(?:me|us)\b", "them"),
    (r"\byou guys\b|\byou people\b|\byou all\b", "you"),
    (r"\byour\b", "the company's"),
    (r"\byours\b", "the company's"),
    (r"\bare you\b|\byou(?:'re| are)\b", "the company is"),
    (r"\byou were\b", "the company was"),
    (r"\byou(?:'ve| have)\b", "the company has"),
    (r"\byou(?:'ll| will)\b", "the company will"),
    (r"\byou(?:'d| would)\b", "the company would"),
)
# "You" is the object where nothing that it could do follows.
_OBJECT_YOU = (
    r"(?=\s*(?:$|[.,;:!?)(]|(?:with|for|to|a|an|the|that|this|these|in|on|at|from|by|back|any|more|further|about|as|and|or|when|if|once|your|their|his|her|its|through|out|over|now|"
    r"today|tomorrow|soon|shortly|here|there|again|of|how|what|where|which|whether|instead|directly|up|within|after|before|until|because|but|so|both|some|one|another|\d)\b))"
)
_MODALS = r"can|cannot|could|may|might|will|would|must|should|shall|did|had|was"
_ADVERBS = r"(?:(?:also|only|still|just|then|already|now|never|[a-z]+ly) )*"
_YOU_VERB = re.compile(rf"\byou (?P<adverbs>{_ADVERBS})(?P<verb>[a-z]+)\b", re.IGNORECASE)
_NO_VERB = re.compile(
    r"with|for|to|an?|the|that|this|in|on|at|from|by|back|about|as|and|or|when|if|their|they|them|of|how|what|which|but|so|not|because|please|today|now|twice|again|over|through|out|up",
    re.IGNORECASE,
)
_I_VERB = re.compile(rf"\b(?:i|we) (?P<adverbs>{_ADVERBS})(?P<verb>[a-z]+)\b", re.IGNORECASE)
_BOT = (
    (r"\b(?:i|we)(?:'m|'re| am| are)\b", "it is"),
    (r"\b(?:i|we)(?:'ve| have)\b", "it has"),
    (r"\b(?:i|we)(?:'ll| will)\b", "it will"),
    (r"\b(?:i|we)(?:'d| would)\b", "it would"),
    (r"\bwe were\b", "it was"),
    (r"\b(?:i|we) do\b", "it does"),
    (r"\b(?:my|our)\b", "its"),
    (r"\bmyself\b", "itself"),
    (r"\b(?:me|us)\b", "it"),
    (r"\byourself\b", "themselves"),
    (r"\byours\b", "theirs"),
    (r"\byour\b", "their"),
    (
        (
            r"\b(help(?:ed)?|let|allow|enable|assist|show(?:ed)?|tell|told|give|gave|offer(?:ed)?|sent?|contact|transfer|inform|connect|provide|ask(?:ed)?|want|need|advise|remind|guide|put|get|assure|"
            r"refund|charged?|paid|pay|owed?|reach|call|invite|to|for|with|from|of|at|by|about) you\b"
        ),
        r"\1 them",
    ),
    (r"\byou(?:'re| are)\b", "they are"),
    (rf"\byou\b{_OBJECT_YOU}", "them"),
    (r"\byou\b", "they"),
)
_PAST_OR_MODAL = re.compile(
    rf"{_MODALS}|is|has|does|(?!(?:need|proceed|feed|succeed|exceed)\b)[a-z]+ed|found|made|saw|got|gave|sent|took|told|said|put|went",
    re.IGNORECASE,
)


def third_person(text: str, *, by_customer: bool) -> str:
    """Return what a speaker said of themselves as said of them: the customer is "they", the bot is "it"."""
    text = _ASIDES.sub(" ", calmed(text.replace("’", "'")))
    for pattern, replacement in _NEGATIONS:
        text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
    for pattern, replacement in _CUSTOMER if by_customer else _BOT:
        text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
    if by_customer:
        text = re.sub(r"\byou\b", "the company", _YOU_VERB.sub(_company_agrees, text), flags=re.IGNORECASE)
    else:
        text = re.sub(r"\b(?:i|we)\b", "it", _I_VERB.sub(_agree, text), flags=re.IGNORECASE)
    for pattern, replacement in _CONTRACTIONS:
        text = re.sub(pattern, replacement, text, flags=re.IGNORECASE)
    return " ".join(text.split())


def _agree(match: re.Match[str]) -> str:
    return f"it {match['adverbs'] or ''}{_third(match['verb'])}"


def _company_agrees(match: re.Match[str]) -> str:
    return f"the company {match['adverbs'] or ''}{_third(match['verb'])}"


def _third(verb: str) -> str:
    """Return a verb as it stands after "it"; what is no present stays."""
    special = {"have": "has", "do": "does", "are": "is", "were": "was"}
    if verb.lower() in special:
        return special[verb.lower()]
    if _PAST_OR_MODAL.fullmatch(verb) or _NO_VERB.fullmatch(verb):
        return verb
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}{'es' if verb.endswith(('sh', 'ch', 'x', 'z', 'o', 'ss')) else 's'}"


_CODE = re.compile(r"\d|@")
_SHOUTED = 0.6  # of the letters: then somebody shouts, and no word is a name or an abbreviation
_SHOUTED_LEAST = 8
_LOUD_RUN = re.compile(r"\b[A-Z']{2,}(?: (?:[A-Z']{2,}|[AI]))* [A-Z']{3,}\b")
_LOUD = re.compile(
    r"\b(?:NOT|NO|ALL|NEVER|AND|WAS|IS|ARE|STILL|VERY|OLD|NEW|ANY|MUST|NOW|THE|YOU|MY|YOUR|PLEASE|DO|DID|DON'T|CANNOT|CAN'T|ALREADY|TWICE|AGAIN|HAVE|HAS|REALLY|ONLY|WILL|WANT|NEED|A|THIS|THAT|"
    r"BUT|FOR|SO|SAME|WRONG|RIGHT|BOTH|EVERY|NOTHING|ONE|TWO|HUMAN|PERSON|LETTER|REFUND|MONEY|BACK|TODAY)\b"
)


def calmed(text: str) -> str:
    """Return a text without shouting: capitals only where a code or a name has them."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) >= _SHOUTED_LEAST and sum(c.isupper() for c in letters) > _SHOUTED * len(letters):
        return " ".join(word if _CODE.search(word) else word.lower() for word in text.split(" "))
    text = _LOUD_RUN.sub(lambda match: match[0].lower(), text)
    return _LOUD.sub(lambda match: match[0] if match[0] in {"A", "I"} else match[0].lower(), text)


_IRREGULAR = {
    "find": "found", "give": "gave", "tell": "told", "take": "took", "send": "sent", "get": "got", "make": "made", "say": "said", "put": "put", "set": "set",
    "see": "saw", "pay": "paid", "buy": "bought", "begin": "began", "do": "did", "go": "went", "hold": "held", "keep": "kept", "read": "read", "reset": "reset",
    "run": "ran", "speak": "spoke", "withdraw": "withdrew", "write": "wrote", "choose": "chose", "bring": "brought", "leave": "left", "let": "let", "lose": "lost",
    "mean": "meant", "meet": "met", "quote": "quoted", "re-check": "re-checked", "recheck": "rechecked", "refuse": "refused", "sell": "sold", "show": "showed",
    "steer": "steered", "think": "thought", "understand": "understood", "verify": "verified", "apply": "applied", "deny": "denied", "notify": "notified",
    "identify": "identified", "try": "tried", "cancel": "cancelled", "refer": "referred", "transfer": "transferred", "submit": "submitted", "offer": "offered",
    "open": "opened", "stop": "stopped", "plan": "planned", "log": "logged", "drop": "dropped", "swap": "swapped", "upgrade": "upgraded",
}  # fmt: skip
_PAST = frozenset(_IRREGULAR.values())


def past(action: str) -> str:
    """Return an action such as "Look up order 5" or "Looked up order 5" as "looked up order 5"."""
    verb, _, rest = action.strip().partition(" ")
    verb = verb.lower()
    if verb not in _PAST and not (verb.endswith("ed") and len(verb) > 4):  # noqa: PLR2004 -- "need", "feed"
        if verb in _IRREGULAR:
            verb = _IRREGULAR[verb]
        elif verb.endswith("e"):
            verb += "d"
        elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
            verb = verb[:-1] + "ied"
        else:
            verb += "ed"
    return f"{verb} {rest}".strip()


def sentence(text: str) -> str:
    """Return a text as a sentence: a capital first, one full stop last."""
    text = " ".join(text.split()).strip(" ,;:-–—")
    text = re.sub(r"\s+([,.;:?!])", r"\1", text)
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def listed(parts: Sequence[str], *, last: str = "and") -> str:
    """Return parts as people list them: "a", "a and b", "a, b and c"."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


_CUTS = (
    re.compile(r"\s*\([^)]*\)"),
    re.compile(r",\s*(?:which|who|so|and|but|as|since|because|including)\b.*$", re.IGNORECASE),
    re.compile(r"\s+(?:and|but|so that|which)\s+(?:it|they|there|i|you|we)\b.*$", re.IGNORECASE),
    re.compile(r"(?:,|;)\s.*$"),
)


def shortened(text: str, *, words: int) -> str:
    """Return a clause of at most so many words: asides are cut first, then what follows a comma, then the rest."""
    for cut in _CUTS:
        if len(text.split()) <= words:
            return text
        shorter = cut.sub("", text)
        if len(shorter.split()) >= 4:  # noqa: PLR2004 -- shorter ones say nothing
            text = shorter
    pieces = text.split()
    if len(pieces) <= words:
        return text
    kept = pieces[:words]
    boundary = next(
        (at for at in range(len(kept) - 1, max(3, len(kept) - 7), -1) if _BOUNDARY.fullmatch(kept[at])), None
    )
    if boundary is not None:
        kept = kept[:boundary]
    while kept and _HANGING.fullmatch(kept[-1]):
        kept.pop()
    return " ".join(kept).rstrip(" ,;:-")


_BOUNDARY = re.compile(
    r"(?:to|of|for|with|and|or|in|on|at|by|from|that|which|as|but|because|when|where|about|under|after|before|if)",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:a|an|the|to|of|for|with|and|or|in|on|at|by|from|their|its|is|was|are|were|that|which|as|but|be|not)",
    re.IGNORECASE,
)


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())


_ASIDE = re.compile(
    r"^(?:please |kindly |do |also )*(?:note|be (?:aware|advised)|keep in mind|remember)(?: that|,)\s+(?=\w)",
    re.IGNORECASE,
)


def opened(text: str) -> str:
    """Return a text that begins a sentence or stands inside one: its first letter small, unless it is a name or an id."""
    text = _ASIDE.sub("", text)
    first = text.split(" ", 1)[0]
    if first.rstrip(".") in {"Dr", "Mr", "Mrs", "Ms", "Prof"}:
        return text
    return (
        text
        if len(first) > 1 and (first[1:] != first[1:].lower() or any(c.isdigit() for c in first))
        else text[:1].lower() + text[1:]
    )


def titled(name: str) -> str:
    """Return a person's name with capitals, where it was typed without any."""
    return name if name != name.lower() else " ".join(part.capitalize() for part in name.split())
