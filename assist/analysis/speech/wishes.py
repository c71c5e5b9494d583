"""What the customer wants, out of the many ways to say it: "I'd like to …", "could you …", "is there any way to …"."""

import re

from assist.analysis.speech.clauses import Clause

_SUBJECT = r"(?:i|we)"
_FILL = r"(?:(?:'d|'ll| will| would|'m| am| was|'ve| have| do| did| really| just| also| still| actually| only| currently| then| now| kind of| been)\s*)*"
_SOFT = r"(?:please |just |also |really |kindly |possibly |maybe |at least |either )*"
_WANT = re.compile(
    rf"(?:^|\b(?:{_SUBJECT}{_FILL}\s*))(?:would like|like|love|prefer|want(?:ed)?|need(?:ed)?|hoping|hope|trying|looking|wish(?:ed)?|going|calling|writing|here|planning|"
    rf"interested|asking|was looking|was hoping|was trying)(?: (?:some|your) (?:help|assistance))?(?: in)? to {_SOFT}(?P<act>\w.*)",
    re.IGNORECASE,
)
_WANNA = re.compile(rf"\b(?:{_SUBJECT} )?(?:just )?(?:wanna|gotta) (?P<act>\w.*)", re.IGNORECASE)
_GERUND = re.compile(
    rf"\b{_SUBJECT}{_FILL}\s*(?:looking (?:at|into)|interested in|thinking (?:of|about)) (?P<gerund>\w+ing\b.*)",
    re.IGNORECASE,
)
BARE_ACT = (
    r"(?:cancel|change|modify|update|return|exchange|refund|get|book|make|move|check|find|know|have|report|buy|add|remove|upgrade|downgrade|reset|recover|schedule|"
    r"reschedule|dispute|replace|send|track|transfer|pay|use|keep|switch|open|close|block|unblock|activate|see|look|cover|discuss|access|verify|request|purchase|rebook|"
    r"register|sign|stop|start|set|fix|apply|increase|lower|raise|rsvp|reserve|issue|place|bring|tell|log|locate|arrange|swap|edit|correct|rename|give|process|waive|explain|go back to|stick (?:with|to)|go with|"
    r"offer|proceed|dispatch|deliver|ship|extend|pause|renew|cover|credit|charge|provide|confirm|put|leave|double-?check|order(?! (?:#|number\b|no\b|id\b|[A-Z]{0,4}-?\d)))"
)
BARE_ACT_WORD = re.compile(BARE_ACT, re.IGNORECASE)
_ASK = re.compile(
    rf"\b(?:can|could|would|will) (?:you|u|we|i)(?: guys)? (?:(?:be able to|help me(?: to)?|assist me (?:to|in)|please|possibly|also|just|at least|kindly|maybe) )*(?P<act>{BARE_ACT}\b(?! (?:you|we)\b).*)",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    rf"^(?:please |just |kindly |then |never ?mind,? (?:just )?)*(?P<act>{BARE_ACT} (?!id\b|number\b|is\b|no\b|to\b|you\b|i\b|like\b)[^:]*)$",
    re.IGNORECASE,
)
_ANY_WAY = re.compile(
    r"\bis there (?:any|a|some)(?: other)? (?:way|chance|possibility)(?: that)? (?:to|we can|you can|i can|you could|i could) (?P<act>.*)",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:is it|would it be|is that) (?:possible|okay|ok|allowed) (?:for me )?(?:if i could |to )(?P<act>.*)",
    re.IGNORECASE,
)
_LIKE_IT = re.compile(r"\bi(?:'d| would)? like (?P<thing>(?:my|the|a|an|this|these|those|it)\b.*)", re.IGNORECASE)
_NEED_THING = re.compile(
    rf"\b(?:{_SUBJECT}{_FILL}\s*)(?:want(?:ed)?|need|like|looking for|after|expecting|hoping for|prefer) (?:for )?(?P<thing>(?!to\b|help\b|you\b|it\b|that\b|this\b|assistance\b)\w.*)",
    re.IGNORECASE,
)
_HELP_WITH = re.compile(r"\b(?:help|assist(?:ance)?)(?: me)? (?:with|about|regarding|in) (?P<thing>.*)", re.IGNORECASE)
_HELP_GERUND = re.compile(
    r"\b(?:help|assist(?:ance)?|trouble|problems?|issues?)(?: me)?(?: with| in)? (?P<gerund>(?!something|anything|nothing)[a-z]{2,}ing (?!issues?\b|problems?\b).*)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\bi have (?:a|an|some) (?:issue|question|problem)s? (?:with|about|regarding) (?P<thing>.*)", re.IGNORECASE
)
_WH = re.compile(r"^(?:and |but |so |then )?(?:what|which|when|where|why|how|who)\b", re.IGNORECASE)
_EXPLAINS = re.compile(r"^the reason\b", re.IGNORECASE)
_GENERIC = re.compile(
    r"^(?:make (?:some|a few|any) changes?|get help|modify a|check (?:on|about)|see if|look (?:at|into)|proceed|find|know|use|access|locate|confirm|verify|tell me|"
    r"a flight|an order|my account|some|make a service request|get a flight|focus|resolve|make an exception|find a|see what|get (?:this|it|that)|order it|place the order|"
    r"a bit more|more time|a little|time to|something|continue|change it|get back to|get home|know (?:before|by|today|now|soon)|be able|talk|speak)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(r"^\w+ (?:was|is|were|are|has|had)\b", re.IGNORECASE)  # "the one I wanted to buy was cheaper"
_TELL_ME = re.compile(r"^(?:tell me|let me know|inform me(?: of)?|explain to me)\b", re.IGNORECASE)
_GIVE_TO_ME = re.compile(r"^(?:give|send|get|bring|offer|issue) me\b(?! (?:over|to|back|through)\b)", re.IGNORECASE)
_OR_GIVE_ME = re.compile(
    r"\b(or|and)(?: just| then| at least)? (?:give|send|get|bring|offer|issue) me\b", re.IGNORECASE
)
_DO_TO_ME = re.compile(
    r"^(?P<verb>put|move|transfer|book|rebook|switch|seat|call|phone|ring|text|email|refund|compensate|reimburse) (?:me|us)\b(?: please)?",
    re.IGNORECASE,
)
_DONE = {
    "put": "put",
    "move": "moved",
    "transfer": "transferred",
    "ring": "rung",
    "phone": "phoned",
    "compensate": "compensated",
    "reimburse": "reimbursed",
}
# "Refund for my return has not arrived": a noun, and no order to anybody.
_NOUN_FIRST = re.compile(
    r"^(?:refund|return|order|exchange|change|charge|credit|report|transfer|request|issue|purchase|book|cover) (?:for|of|on|from|has|have|is|was|to my|came|arrived|number|\w+ (?:has|is|was) )",
    re.IGNORECASE,
)
_LOSES_E = re.compile(
    r"(?:ang|pdat|ak|av|ov|us|iv|ul|lac|as|ad|clos|quir|ar|min|at|ceiv|et|it|id|ag|iz|is|os|rac)$"
    r"(?<!book)(?<!get)(?<!repeat)(?<!treat)(?<!clear)(?<!edit)(?<!visit)(?<!submit)"
)


def is_generic(wish: str) -> bool:
    """Say whether a wish only opens or carries on the talk, such as to make some changes or to proceed."""
    return bool(_GENERIC.match(wish))


def wish_in(core: str) -> tuple[Clause, str] | None:
    """Return what a sentence asks for, as an act, a thing or a matter of help; None where it asks for nothing."""
    if _WH.match(core) and not _WANT.search(core):
        return None
    if _EXPLAINS.match(core):
        return None
    for pattern in (_WANT, _WANNA, _GERUND, _HELP_GERUND, _ANY_WAY, _POSSIBLE, _ASK, _IMPERATIVE):
        if pattern is _IMPERATIVE and _NOUN_FIRST.match(core):
            continue
        if (match := pattern.search(core)) and not (pattern is _ASK and _WH.match(core)):
            if "act" in pattern.groupindex and _TOLD.match(match["act"]):
                continue
            return Clause.WISH, _own(match["act"]) if "act" in pattern.groupindex else _infinitive(match["gerund"])
    for kind, pattern in (
        (Clause.HELP, _HELP_WITH),
        (Clause.HELP, _ABOUT),
        (Clause.THING, _LIKE_IT),
        (Clause.THING, _NEED_THING),
    ):
        if match := pattern.search(core):
            return kind, match["thing"]
    return None


def _own(act: str) -> str:
    """Return what the bot should do as what the customer gets: "tell me why" is to know why."""
    done_to = _DO_TO_ME.match(act)
    if done_to is not None:
        return f"be {_DONE.get(done_to['verb'].lower(), done_to['verb'].lower() + 'ed')}{act[done_to.end() :]}"
    return _OR_GIVE_ME.sub(r"\g<1> get", _GIVE_TO_ME.sub("get", _TELL_ME.sub("know", act)))


def _infinitive(gerund: str) -> str:
    """Return "changing my seat" as "change my seat"."""
    verb, _, rest = gerund.partition(" ")
    stem = verb[:-3]
    if re.search(r"([bdgmnprt])\1$", stem) or stem.endswith("cancell"):
        stem = stem[:-1]
    elif _LOSES_E.search(stem):
        stem += "e"
    return f"{stem} {rest}"
