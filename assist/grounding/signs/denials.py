"""Against a statement: it denies what the turns say, or says what they deny."""

import re
from collections.abc import Sequence
from typing import Final

from assist.domain.transcript import Role
from assist.grounding.claim import Claim, is_absence, vague
from assist.grounding.evidence import Sentence
from assist.grounding.grammar import Status
from assist.grounding.words import concept, concepts

_NO_THING: Final = re.compile(
    r"\b(?:(?:has|have|had|is|are|was|were|found|there is|with|gave|includes?)\s+no|(?:made|booked|bought|ordered|sold|sent)\s+without(?:\s+an?|\s+any)?)\s+(?P<thing>[\w-]+(?: [\w-]+)?)",
    re.IGNORECASE,
)
_KEPT: Final = re.compile(r"\b(?:keep|keeps|kept|stay|stays|only)\b(?:\s+[\w-]+){1,3}", re.IGNORECASE)
_KNOWS: Final = frozenset(map(concept, ("know", "have")))
_TELLS: Final = frozenset(map(concept, ("give", "name", "provide", "tell", "supply", "answer")))
HAS_NOT: Final = re.compile(
    r"\b(?:don'?t|do not|didn'?t|can'?t|cannot|won'?t|couldn'?t|wasn'?t|unable|no|not|never|forgot\w*|lost)\b",
    re.IGNORECASE,
)


def denies_asserted(claim: Claim) -> float:
    """Denies what the turns say and nowhere deny."""
    denied = {word for clause in claim.clauses if not is_absence(clause) for word in clause.denied} - vague()
    said, refuted = _said(claim.sentences)
    return min(1.0, len(denied & said - refuted) / 2)


def absence_refuted(claim: Claim) -> float:
    """Says that there is no such thing, of a thing which the bot or a back-end answer names and nobody denies."""
    said, _ = _said([sentence for sentence in claim.sentences if sentence.role is not Role.CUSTOMER])
    _, refuted = _said(claim.sentences)
    for clause in claim.clauses:
        match = _NO_THING.search(clause.text)
        things = [word for word in concepts(match["thing"]) if word not in vague()] if match else []
        if things and ((set(things) <= said and not set(things) & refuted) or _recorded(things[-1], claim)):
            return 1.0
    return 0.0


def asserts_denied(claim: Claim) -> float:
    """Asserts what the turns deny and nowhere say."""
    asserted = {
        word
        for clause in claim.clauses
        if not clause.negated
        for word in concepts(_KEPT.sub(" ", clause.text))
        if not word.isdigit()
    } - vague()
    said, refuted = _said(claim.sentences)
    return min(1.0, (len(asserted & refuted - said) / 2) ** 2)


def could_refuted(claim: Claim) -> float:
    """Says that the customer did not know or give something though no turn of the customer denies anything."""
    if not claim.of_customer or not any(
        (act.status is Status.COULD_NOT and act.verb in _TELLS | _KNOWS)
        or (act.status is Status.NOT_DONE and act.verb in _KNOWS)
        for clause in claim.clauses
        for act in clause.acts
    ):
        return 0.0
    theirs = claim.said_by(Role.CUSTOMER)
    return 1.0 if theirs and not any(HAS_NOT.search(sentence.text) for sentence in theirs) else 0.0


def _recorded(thing: str, claim: Claim) -> bool:
    """Say whether a back-end answer has an entry that says yes to the thing, such as {"insurance": "yes"}."""
    return any(
        thing in clause.concepts
        and not clause.negated
        and re.search(r"\b(?:yes|available|confirmed|found|active)\b", clause.text) is not None
        for sentence in claim.sentences
        if sentence.tool is not None and not sentence.failed
        for clause in sentence.clauses
    )


def _said(sentences: Sequence[Sentence]) -> tuple[set[str], set[str]]:
    """Return what some sentences say, and what they deny."""
    said: set[str] = set()
    refuted: set[str] = set()
    for sentence in sentences:
        for clause in sentence.clauses:
            refuted |= clause.denied
            said |= set() if sentence.failed else clause.concepts - clause.denied
    return said, refuted
