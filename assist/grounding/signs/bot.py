"""Against a statement: what the bot is said to have told, offered, promised, refused or granted."""

import re
from typing import Final

from assist.domain.transcript import Role
from assist.grounding.claim import Claim, is_known, own_words
from assist.grounding.grammar import is_negated

_PROMISE: Final = re.compile(r"\b(?:promis\w+|assured|guarantee\w*|committed)\b", re.IGNORECASE)
_WILL: Final = re.compile(r"\b(?:will|'ll|going to|shall|should (?:be|arrive|receive|get)|within)\b", re.IGNORECASE)
_REFUSAL: Final = re.compile(
    r"\b(?:refus\w+|declin\w+ (?:to|the)|reject\w+|den(?:y|ied)|turned down|not allowed|forbid\w*|not permitted|non-?refundable|not possible|may not)\b",
    re.IGNORECASE,
)
_GRANTED: Final = re.compile(
    r"\b(?:bot|assistant|system|agent|supervisor|manager|adviser|team|company|bank|airline|shop|hotel)\b(?:(?!customer|\bshe\b|\bhe\b|\bthey\b)[^,;]){0,25}\b(?:agreed|granted|approved|allowed|permitted|accepted|made an exception|confirmed|waived)\b"
    r"|\b(?:was|were|has been|have been|is|are) (?:\w+ )?(?:granted|approved|accepted|waived|possible|allowed|permitted)\b",
    re.IGNORECASE,
)


def promise_unproven(claim: Claim) -> float:
    """Says that the bot promised what no bot turn announces."""
    if not _PROMISE.search(claim.text) or not claim.of_bot:
        return 0.0
    wanted = {word for word in claim.concepts if word != "promis"}
    best = max(
        (
            len(wanted & s.concepts) / max(1, len(wanted))
            for s in claim.said_by(Role.BOT, Role.AGENT)
            if _WILL.search(s.text) and not is_negated(s.text)
        ),
        default=0.0,
    )
    return 1.0 - best


def bot_word_unproven(claim: Claim) -> float:
    """Says that the bot said, offered or told something whose words stand in no bot turn or back-end answer."""
    if not claim.of_bot or claim.negated:
        return 0.0
    wanted = {word for word in claim.concepts - own_words() if not word.isdigit()}
    known = {word for s in claim.sentences if s.role is not Role.CUSTOMER for word in s.concepts}
    return len({word for word in wanted if not is_known(word, known)}) / len(wanted) if wanted else 0.0


def refusal_unproven(claim: Claim) -> float:
    """Says that the bot refused though no cited bot turn or back-end answer denies anything."""
    if not _REFUSAL.search(claim.text) or claim.of_customer:
        return 0.0
    return (
        0.0
        if any(
            is_negated(s.text)
            or s.failed
            or _REFUSAL.search(s.text)
            or re.search(r"\bonly\b|unfortunately|afraid", s.text, re.IGNORECASE)
            for s in claim.sentences
            if s.role is not Role.CUSTOMER or _REFUSAL.search(s.text)
        )
        else 1.0
    )


def grant_refuted(claim: Claim) -> float:
    """Says that the bot agreed or granted where its cited turns refuse."""
    if not _GRANTED.search(claim.text) or claim.negated:
        return 0.0
    ours = [s for s in claim.sentences if s.role is not Role.CUSTOMER]
    return 1.0 if ours and any(is_negated(s.text) or s.failed for s in ours) else 0.0
