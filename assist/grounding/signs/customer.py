"""Against a statement: what the customer is said to want, to have given, accepted or declined."""

import re
from typing import Final

from assist.domain.transcript import Role
from assist.grounding.claim import EXACT, Claim, is_known, own_words
from assist.grounding.evidence import Sentence
from assist.grounding.grammar import Status
from assist.grounding.proof import YES
from assist.grounding.signs.denials import HAS_NOT
from assist.grounding.signs.direction import ASKS
from assist.grounding.values import Kind, Source, values
from assist.grounding.words import concept, shipped_lexicon

_RELATIVE: Final = re.compile(
    r"\b(?:my|our)\s+(?:\w+\s+)?(?:wife|husband|mother|mom|mum|father|dad|son|daughter|kid|kids|child|children|brother|sister|friend|boss|partner|colleague|neighbou?r|grand\w+|uncle|aunt|cousin|baby|dog|cat)\b",
    re.IGNORECASE,
)
_ANY_RELATIVE: Final = re.compile(_RELATIVE.pattern.replace(r"(?:my|our)\s+(?:\w+\s+)?", ""), re.IGNORECASE)
_GAVE: Final = re.compile(
    r"^\W*(?:the )?\w+ (?:\w+ly |first |only |has |had |also )*(?:gave|given|provided|named|told|supplied|shared|entered|knew|knows|remembered)\b",
    re.IGNORECASE,
)
_CONSENT: Final = re.compile(
    r"\b(?:agree[ds]?|accept(?:s|ed)?|confirm(?:s|ed)?|consent\w*|is satisfied|satisfied with|settle[sd]? for|chose)\b",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"\b(?:no(?! problem| worries)|nope|don'?t want|not|never|won'?t|rather|prefer|instead|ridiculous|outrageous|but|refuse|unacceptable|can'?t|human|person|supervisor|manager|no way|too long|too late)\b",
    re.IGNORECASE,
)


def customer_word_unproven(claim: Claim) -> float:
    """Says that the customer wants, gave or did something whose words stand in no turn of the customer."""
    if not claim.of_customer or claim.negated:
        return 0.0
    wanted = {word for word in claim.concepts - own_words() if not any(sign.isdigit() for sign in word)}
    known = {word for s in (*claim.said_by(Role.CUSTOMER), *claim.context, *_answered(claim)) for word in s.concepts}
    absent = {word for word in wanted if not is_known(word, known)}
    elsewhere = {word for s in claim.evidence.everything if s.role is Role.CUSTOMER for word in s.concepts}
    # What the customer says in another turn is said, only not proven by this citation.
    return sum(0.5 if word in elsewhere else 1.0 for word in absent) / len(wanted) if wanted else 0.0


def _answered(claim: Claim) -> list[Sentence]:
    """Return the cited questions of the bot which a cited turn of the customer answers."""
    answers = {sentence.turn for sentence in claim.said_by(Role.CUSTOMER)}
    return [s for s in claim.said_by(Role.BOT) if s.turn + 1 in answers and any(clause.asked for clause in s.clauses)]


def wish_unproven(claim: Claim) -> float:
    """Says that the customer wants something done of which the customer never speaks."""
    lexicon = shipped_lexicon()
    if claim.negated:
        return 0.0
    theirs = [s for s in claim.evidence.everything if s.role is Role.CUSTOMER]
    heard = {word for s in (*theirs, *claim.context) for word in s.concepts}
    wanted = {verb for clause in claim.clauses for verb in clause.verbs(Status.WISHED)} & (
        lexicon.service | lexicon.company
    )
    nouns = {word for word in claim.concepts & lexicon.company if ASKS.search(claim.text)}
    return 1.0 if {verb for verb in wanted | nouns if not is_known(verb, heard)} else 0.0


def gave_unproven(claim: Claim) -> float:
    """Says that the customer gave something while the customer says not to have it, or somebody else named it."""
    if not claim.of_customer or claim.negated or not _GAVE.match(claim.text):
        return 0.0
    theirs = claim.said_by(Role.CUSTOMER)
    own = Source("\n".join(sentence.text for sentence in theirs))
    exact = [value for value in values(claim.text) if value.kind in EXACT]
    if exact:
        return 1.0 if any(not own.holds(value) and claim.source.holds(value) for value in exact) else 0.0
    named = [value for value in values(claim.text) if value.kind is Kind.NAME]
    given = own.numbers or "[" in own.text or (named and all(own.holds(value) for value in named))
    return 1.0 if theirs and not given and any(HAS_NOT.search(sentence.text) for sentence in theirs) else 0.0


def wrong_person(claim: Claim) -> float:
    """Says of the customer what the nearest sentence says of a relative."""
    if not claim.of_customer or ASKS.search(claim.text) or _ANY_RELATIVE.search(claim.text):
        return 0.0
    best = max(claim.said_by(Role.CUSTOMER), key=lambda s: len(s.concepts & claim.concepts), default=None)
    return (
        1.0
        if best is not None
        and best.concepts & claim.concepts
        and _RELATIVE.search(best.text)
        and not re.search(r"\b(?:i|i'm|i've)\b", best.text, re.IGNORECASE)
        else 0.0
    )


def consent_refuted(claim: Claim) -> float:
    """Says that the customer accepted where the customer does not."""
    if not (claim.of_customer and _CONSENT.search(claim.text)) or claim.negated:
        return 0.0
    theirs = claim.said_by(Role.CUSTOMER)
    if not theirs:
        return 1.0
    if concept("agent") in claim.concepts:
        return 0.0  # who asks for a human says no to the bot, and yes to what is accepted
    yes = any(YES.search(s.text) for s in theirs)
    no = any(_NO.search(s.text) for s in theirs)
    return 1.0 if no and not yes else 0.5 if not yes else 0.0


def decline_refuted(claim: Claim) -> float:
    """Says that the customer declined where the customer only agrees."""
    if not claim.of_customer or not re.search(
        r"^\W*(?:\w+ ){1,3}?(?:declin|refus|reject|turned? (?:it |the \w+ )?down|decided against)\w*",
        claim.text,
        re.IGNORECASE,
    ):
        return 0.0
    theirs = claim.said_by(Role.CUSTOMER)
    return 0.0 if any(_NO.search(s.text) for s in theirs) else 1.0
