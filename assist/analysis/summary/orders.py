"""Wishes that are orders to the company: "send the rest", "can you fix it"."""

import re

from assist.analysis.speech.clauses import Said
from assist.analysis.speech.wishes import BARE_ACT_WORD
from assist.analysis.summary.scene import Scene

_COMPANY_DOES = re.compile(
    r"(?:fix|send|issue|ship|deliver|waive|dispatch|credit|offer|confirm|process|explain|locate|take|give|pay|raise|restore|apply|provide|release|correct|look|refund|deduct|honou?r)\b",
    re.IGNORECASE,
)
_OWN_ACT = re.compile(
    r"\b(?:to|wanna|gotta|can i|could i|may i|if i can|if i could)\s+(?:\w+ly |please |just |also )?$", re.IGNORECASE
)


def is_for_company(scene: Scene, wish: Said) -> bool:
    """Say whether a wish is an order to the company: "send the rest", "can you fix it", and not "I want to send it"."""
    if not _COMPANY_DOES.match(wish.text):
        return False
    said = scene.case.turns[wish.turn].text.replace("’", "'")
    at = said.find(wish.text)
    return at >= 0 and _OWN_ACT.search(said[:at]) is None


def lowered(text: str) -> str:
    """Return a wish with its verb in small letters, also where it was shouted."""
    verb, _, rest = text.partition(" ")
    return (
        f"{verb.lower()} {rest}".strip()
        if verb.isalpha() and verb.isupper() and BARE_ACT_WORD.fullmatch(verb)
        else text
    )
