"""Against a statement: a change turned round, a thing wanted that the customer keeps."""

import re
from typing import Final

from assist.domain.transcript import Role
from assist.grounding.claim import Claim, vague
from assist.grounding.words import concepts, shipped_lexicon

_DIRECTIONS: Final = (
    re.compile(r"\bfrom (?P<a>[^,.;]{1,40}?) to (?P<b>[^,.;]{1,40})", re.IGNORECASE),
    re.compile(
        r"\b(?:exchange|swap|replace)\w* (?P<a>(?:(?!\b(?:failed|because|is|was)\b)[^,.;]){1,40}?) (?:for|with|by) (?P<b>[^,.;]{1,40})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<b>[\w-]+(?: [\w-]+)?) (?:instead of|rather than|in place of) (?P<a>[^,.;]{1,40})", re.IGNORECASE
    ),
)
_FROM: Final = re.compile(
    r"\b(?:from|instead of|rather than|not|replace|exchange|swap|return|in place of)\s+(?:the |my |a |an )?(?P<what>[^,.;]{1,30}?)(?=\s+(?:to|for|with|by|into)\b|[,.;]|$)",
    re.IGNORECASE,
)
_TO: Final = re.compile(
    r"\b(?:to|into|for|with|make it|change it to|want|prefer)\s+(?:the |my |a |an |be )?(?P<what>[^,.;]{1,30})",
    re.IGNORECASE,
)
_EXCEPT: Final = re.compile(
    r"\b(?:except(?: for)?|apart from|other than|besides|keep|keeping|but not|not|don'?t (?:want|need)(?: to)?|without|instead of|rather than)\s+(?P<what>(?:[\w'-]+\s*){1,7})",
    re.IGNORECASE,
)
_AWAY: Final = re.compile(r"\b(?:cancel|call off|remove|drop|get rid|stop)\w*", re.IGNORECASE)
ASKS: Final = re.compile(r"\b(?:wants?|wanted|asks?|asked|requests?|requested|demands?)\b", re.IGNORECASE)


def turned_round(claim: Claim) -> float:
    """Turns a change, an exchange or a choice round: what was to be B is said to be A."""
    for pattern in _DIRECTIONS:
        match = pattern.search(claim.text)
        if match is None:
            continue
        a, b = (set(concepts(match[name])) for name in ("a", "b"))
        mine, theirs = a - b, b - a
        agreeing = opposing = 0
        for sentence in claim.sentences if mine and theirs else ():
            if sentence.tool is None:
                agreeing += _goes(sentence.text, mine, theirs)
                opposing += _goes(sentence.text, theirs, mine)
        if opposing > agreeing:
            return 1.0
    return 0.0


def excluded(claim: Claim) -> float:
    """Says that the customer wants a thing which the customer excepts, keeps or does not want."""
    if not ASKS.search(claim.text) or claim.negated or _AWAY.search(claim.text):
        return 0.0
    wanted = [word for word in concepts(claim.text) if word not in vague() and word not in shipped_lexicon().service]
    theirs = claim.said_by(Role.CUSTOMER)
    said = " ".join(sentence.text for sentence in theirs)
    out = {word for match in _EXCEPT.finditer(said) for word in concepts(match["what"])}
    kept = re.sub(_EXCEPT, " ", said)
    inside = set(concepts(kept))
    return 1.0 if any(word in out and word not in inside for word in wanted) else 0.0


def _goes(text: str, source: set[str], target: set[str]) -> int:
    """Count the signs in a sentence that it goes from `source` to `target`."""
    signs = 0
    for match in _FROM.finditer(text):
        signs += bool(source & set(concepts(match["what"])[:3])) and not target & set(concepts(match["what"])[:3])
    for match in _TO.finditer(text):
        signs += bool(target & set(concepts(match["what"])[:3])) and not source & set(concepts(match["what"])[:3])
    return signs
