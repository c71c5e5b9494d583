"""Against a statement: it denies what the turns say, or says what they deny."""

import re
from typing import Final

from assist.domain.transcript import Role
from assist.grounding.claim import Claim, is_absence, vague
from assist.grounding.grammar import Status
from assist.grounding.words import concepts

_NO_THING: Final = re.compile(
    r"\b(?:has|have|had|is|are|was|were|found|there is|with|gave)\s+no\s+(?P<thing>[\w-]+(?: [\w-]+)?)|\bwithout\s+(?:an?\s+|any\s+)?(?P<other>[\w-]+)".replace(
        "(?P<other>", "(?:"
    ),
    re.IGNORECASE,
)
HAS_NOT: Final = re.compile(
    r"\b(?:don'?t|do not|didn'?t|can'?t|cannot|won'?t|couldn'?t|wasn'?t|unable|no|not|never|forgot\w*|lost)\b",
    re.IGNORECASE,
)


def denies_asserted(claim: Claim) -> float:
    """Denies what the turns say and nowhere deny."""
    denied = {word for clause in claim.clauses if not is_absence(clause) for word in clause.denied} - vague()
    said, refuted = _said(claim)
    return min(1.0, len(denied & said - refuted) / 2)


def absence_refuted(claim: Claim) -> float:
    """Says that there is no such thing, of a thing which the turns name without denying it."""
    said, refuted = _said(claim)
    for clause in claim.clauses:
        match = _NO_THING.search(clause.text)
        things = {word for word in concepts(match["thing"] or "") if word not in vague()} if match else set()
        if things and things <= said and not things & refuted:
            return 1.0
    return 0.0


def asserts_denied(claim: Claim) -> float:
    """Asserts what the turns deny and nowhere say."""
    asserted = {
        word for clause in claim.clauses if not clause.negated for word in clause.concepts if not word.isdigit()
    } - vague()
    said, refuted = _said(claim)
    return min(1.0, len(asserted & refuted - said) / 2)


def could_refuted(claim: Claim) -> float:
    """Says that the customer did not know or give something though no turn of the customer denies anything."""
    if not claim.of_customer or not any(
        act.status is Status.COULD_NOT or (act.status is Status.NOT_DONE and act.verb in {"know", "have"})
        for clause in claim.clauses
        for act in clause.acts
    ):
        return 0.0
    theirs = claim.said_by(Role.CUSTOMER)
    return 1.0 if theirs and not any(HAS_NOT.search(sentence.text) for sentence in theirs) else 0.0


def _said(claim: Claim) -> tuple[set[str], set[str]]:
    """Return what the cited turns say, and what they deny."""
    said: set[str] = set()
    refuted: set[str] = set()
    for sentence in claim.sentences:
        for clause in sentence.clauses:
            refuted |= clause.denied
            said |= set() if sentence.failed else clause.concepts - clause.denied
    return said, refuted
