"""Against a statement: acts reported as done, not done or failed otherwise than the turns and the steps show."""

import re
from typing import Final

from assist.analysis.tools.results import ResultKind
from assist.domain.findings import StepOutcome, VerificationStatus
from assist.domain.transcript import Role
from assist.grounding.claim import Claim, holds_id
from assist.grounding.evidence import Sentence
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
    r"\b(?:i (?:can )?see|i have (?:an?|the|one|two)\b|according to|shows?|indicates?|records?|i have your|i've got|here (?:is|are)|found|located)\b",
    re.IGNORECASE,
)
_OF_IDENTITY: Final = re.compile(r"\b(?:verif\w+|authenticat\w+|identity)\b", re.IGNORECASE)
_STATE: Final = re.compile(r"\b(?:is|are|it's)\s+(?:now |still |already )?\w+ed\b", re.IGNORECASE)
_BEFALLS: Final = frozenset([concept("charge"), concept("pay"), concept("receive")])
_FAILS: Final = re.compile(r"\bfailed\b|\b(?:could not|cannot|unable)\b", re.IGNORECASE)
_COMING: Final = re.compile(r"\b(?:will|'ll|going to|shall|(?:is|are) to be)\b", re.IGNORECASE)
_TO_BE: Final = re.compile(r"\b(?:is|are) to be\b", re.IGNORECASE)
_STILL: Final = re.compile(r"\b(?:is|are) still\b", re.IGNORECASE)  # so it was before: nobody did it now
_HINDERED: Final = re.compile(
    r"no[_ ]match|mismatch|error|invalid|expired|locked|time(?:d )?[_ -]?out|incorrect|unavailable|\b(?:only|unfortunately|afraid|sorry)\b",
    re.IGNORECASE,
)
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
                and not _STILL.search(clause.text)
                and act.verb in lexicon.service | lexicon.generic
                and not _is_state(act.verb, clause, claim)
                and not (is_proven(act.verb, clause, claim) and not _failed_step(act.verb, claim))
            ):
                return 1.0
    return 0.0


def _is_state(verb: str, clause: Clause, claim: Claim) -> bool:
    """Say whether a clause tells how a thing is ("is locked", "was charged twice"), and a back-end answer has a word for it."""
    told = _STATE.search(clause.text) is not None or verb in _BEFALLS
    if verb in _BEFALLS and any(
        verb in s.concepts and not s.clauses[0].asked for s in claim.said_by(Role.BOT) if s.clauses
    ):
        return True
    return told and any(
        verb in s.concepts or (not s.failed and bool(clause.concepts & s.concepts - {verb}))
        for s in claim.sentences
        if s.tool is not None
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
            if any(act.verb in sentence.performed or _records(act.verb, sentence) for sentence in claim.sentences):
                return 1.0
            last = [s for s in claim.sentences if s.role in {Role.BOT, Role.AGENT} and act.verb in s.acts(Status.DONE)]
            if last and not any(s.acts(Status.COULD_NOT, Status.NOT_DONE) & {act.verb} for s in claim.sentences):
                return 1.0
    return 0.0


def _records(verb: str, sentence: Sentence) -> bool:
    """Say whether a back-end answer has an entry that gives this as the state, such as {"status": "delivered"}."""
    if sentence.tool is None or sentence.failed:
        return False
    return any(
        not clause.negated
        and re.fullmatch(r"(?:\w+ )*(?:status|state)\s+(\w+)", clause.text.strip(), re.IGNORECASE)
        and concept(clause.text.split()[-1]) == verb
        for clause in sentence.clauses
    )


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
    return (
        0.0
        if any(sentence.failed or is_negated(sentence.text) or _HINDERED.search(sentence.text) for sentence in ours)
        else 1.0
    )


def failure_refuted(claim: Claim) -> float:
    """Says that something could not be done where nobody says so and a cited back-end call went well."""
    went_well = any(s.tool is not None and s.tool.kind is ResultKind.OK and not s.failed for s in claim.sentences)
    return failure_unproven(claim) if went_well else 0.0


def plan_unproven(claim: Claim) -> float:
    """Says that something will be done which no cited turn of ours announces, or which one rules out."""
    lexicon = shipped_lexicon()
    if claim.of_customer or _REPORTED.search(claim.text):
        return 0.0
    for clause in claim.clauses:
        for act in clause.acts if _COMING.search(clause.text) else ():
            if (
                act.status is not Status.TO_DO
                or act.verb not in lexicon.service | lexicon.company
                or clause.conditional
            ):
                continue
            # What "is to be" done may be a wish; what "will be" done is ours to announce.
            wished = _TO_BE.search(clause.text) is not None
            ours = [s for s in claim.sentences if wished or s.role is not Role.CUSTOMER]
            told = [said for s in ours for said in s.clauses if not said.asked and not said.negated]
            if not any(act.verb in said.concepts for said in told) and not any(act.verb in s.performed for s in ours):
                return 1.0
    return 0.0


def lookup_unproven(claim: Claim) -> float:
    """Says that something was looked up, checked or found where no back-end answer and no word of the bot shows it."""
    for clause in claim.clauses:
        for act in clause.acts:
            if act.verb == "look up" and act.status is Status.DONE and act.by_us:
                shown = any(
                    s.tool is not None
                    or "look up" in s.acts(Status.DONE)
                    or _RECORD.search(s.text)
                    or holds_id(claim, s.text)
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
