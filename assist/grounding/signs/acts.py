"""Against a statement: acts reported as done, not done or failed otherwise than the turns and the steps show."""

import re
from typing import Final

from assist.domain.findings import StepOutcome, VerificationStatus
from assist.domain.transcript import Role
from assist.grounding.claim import Claim
from assist.grounding.grammar import Clause, Status, is_negated
from assist.grounding.proof import YES, is_proven
from assist.grounding.words import concept, concepts, shipped_lexicon

_REPORTED: Final = re.compile(
    r"\b(?:said|says|told|states?|stated|explain\w*|according to|whether|announced|quoted|answered)\b", re.IGNORECASE
)
_CLAIMED: Final = re.compile(
    r"\b(?:says?|said|claims?|claimed|according to|insists?|believes?|thinks?|supposes?|states?|reports?|reported|complains?|asks?|asked)\b",
    re.IGNORECASE,
)
_RECORD: Final = re.compile(
    r"\b(?:i (?:can )?see|according to|shows?|indicates?|records?|i have your|i've got|here (?:is|are)|found|located)\b",
    re.IGNORECASE,
)
_OF_IDENTITY: Final = re.compile(r"\b(?:verif\w+|authenticat\w+|identity)\b", re.IGNORECASE)
_STATE: Final = re.compile(r"\b(?:is|are|it's)\s+(?:now |still |already )?\w+ed\b", re.IGNORECASE)
_BEFALLS: Final = frozenset([concept("charge"), concept("pay"), concept("receive")])
_FAILS: Final = re.compile(r"\bfailed\b|\b(?:could not|cannot|unable)\b", re.IGNORECASE)
_PAIR_OR_NAME: Final = re.compile(
    r"^(?!The\b|A\b|An\b|No\b|Nothing\b|Neither\b|In\b|On\b|At\b)[A-Z][a-z]+(?: [A-Z][a-z]+)? [a-z]"
)


def done_unproven(claim: Claim) -> float:
    """Says that something was done which no cited turn shows as done."""
    lexicon = shipped_lexicon()
    if (_CLAIMED.search(claim.text) and claim.of_customer) or _REPORTED.search(claim.text):
        return 0.0
    for clause in claim.clauses:
        for act in clause.acts:
            if (
                act.status is Status.DONE
                and act.by_us
                and not clause.conditional
                and act.verb in lexicon.service | lexicon.generic
                and not _is_state(act.verb, clause, claim)
                and not (is_proven(act.verb, clause, claim) and not _failed_step(act.verb, claim))
            ):
                return 1.0
    return 0.0


def _is_state(verb: str, clause: Clause, claim: Claim) -> bool:
    """Say whether a clause tells how a thing is ("is locked", "was charged twice"), and a back-end answer has a word for it."""
    told = _STATE.search(clause.text) is not None or verb in _BEFALLS
    return told and any(
        s.tool is not None and not s.failed and (verb in s.concepts or clause.concepts & s.concepts - {verb})
        for s in claim.sentences
    )


def _failed_step(verb: str, claim: Claim) -> bool:
    """Say whether the steps show this act as failed or forbidden, and never as done."""
    outcomes = {
        step.outcome
        for step in claim.evidence.steps
        if verb in concepts(step.action) and set(step.turns) & set(claim.turns)
    }
    return bool(outcomes & {StepOutcome.FAILED, StepOutcome.BLOCKED}) and StepOutcome.SUCCEEDED not in outcomes


def not_done_refuted(claim: Claim) -> float:
    """Says that something was not done which the conversation shows as done."""
    lexicon = shipped_lexicon()
    for clause in claim.clauses:
        for act in clause.acts:
            if act.status not in {Status.NOT_DONE, Status.COULD_NOT} or act.verb not in lexicon.service:
                continue
            if any(act.verb in sentence.performed for sentence in claim.sentences if sentence.tool is not None):
                return 1.0
            last = [s for s in claim.sentences if s.role in {Role.BOT, Role.AGENT} and act.verb in s.acts(Status.DONE)]
            if last and not any(s.acts(Status.COULD_NOT, Status.NOT_DONE) & {act.verb} for s in claim.sentences):
                return 1.0
    return 0.0


def failure_unproven(claim: Claim) -> float:
    """Says that something could not be done though no cited turn fails or refuses."""
    if claim.of_customer or _PAIR_OR_NAME.match(claim.text):
        return 0.0
    if _OF_IDENTITY.search(claim.text):
        # What the checks say of identity is known better than any sentence tells.
        return float(
            claim.evidence.verification.status is VerificationStatus.VERIFIED and _FAILS.search(claim.text) is not None
        )
    attempted = any(act.status is Status.COULD_NOT for clause in claim.clauses for act in clause.acts)
    if not attempted and not _FAILS.search(claim.text):
        return 0.0
    ours = (sentence for sentence in claim.sentences if sentence.role is not Role.CUSTOMER)
    return 0.0 if any(sentence.failed or is_negated(sentence.text) for sentence in ours) else 1.0


def lookup_unproven(claim: Claim) -> float:
    """Says that something was looked up, checked or found where no back-end answer and no word of the bot shows it."""
    for clause in claim.clauses:
        for act in clause.acts:
            if act.verb == "look up" and act.status is Status.DONE and act.by_us:
                shown = any(
                    s.tool is not None or "look up" in s.acts(Status.DONE) or _RECORD.search(s.text)
                    for s in claim.sentences
                    if s.role is not Role.CUSTOMER
                )
                return 0.0 if shown else 1.0
    return 0.0


def customer_act_unproven(claim: Claim) -> float:
    """Says that the customer did something which the customer's turns do not say, or only as a question or a plan."""
    lexicon = shipped_lexicon()
    if not claim.of_customer and not _PAIR_OR_NAME.match(claim.text):
        return 0.0
    for clause in claim.clauses:
        for act in clause.acts if not re.search(r"\b(?:chat|conversation|call)\b", clause.text) else ():
            if (
                act.status is not Status.DONE
                or act.by_us
                or act.verb not in lexicon.service | lexicon.generic
                or act.verb in {"approv", "transfer"}
            ):
                continue
            agreed = any(YES.search(s.text) for s in claim.said_by(Role.CUSTOMER)) and any(
                act.verb in s.concepts or clause.concepts & s.concepts for s in claim.context
            )
            if not agreed and not is_proven(act.verb, clause, claim):
                return 1.0
    return 0.0
