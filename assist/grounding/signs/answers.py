"""Against a statement: the customer answered the bot's question otherwise, or the steps ended otherwise."""

import re
from collections.abc import Set as AbstractSet
from typing import Final

from assist.domain.findings import StepOutcome
from assist.domain.transcript import Role
from assist.grounding.claim import Claim, own_words
from assist.grounding.grammar import Status
from assist.grounding.words import concepts, shipped_lexicon

_NO: Final = re.compile(r"^\W*(?:no+|nope|nah|not (?:really|at all|yet)|never|wrong|what\?)\b", re.IGNORECASE)
_LONGEST_AGO: Final = 2  # turns between a question and its answer
_SHARE: Final = 0.5  # of the statement's words, so that a question is about it
_UNDONE: Final = frozenset([StepOutcome.FAILED, StepOutcome.BLOCKED, StepOutcome.PENDING])


def answered_no(claim: Claim) -> float:
    """States what a cited question of the bot asks, where the customer's answer is no."""
    wanted = {word for word in claim.concepts - own_words() if not word.isdigit()}
    if claim.negated or not wanted:
        return 0.0
    noes = {s.turn: s.text for s in reversed(claim.said_by(Role.CUSTOMER)) if _NO.match(s.text)}
    if not noes:
        return 0.0
    own = {word for sentence in claim.said_by(Role.CUSTOMER) for word in sentence.concepts}
    asked = [
        sentence.concepts
        for sentence in (*claim.said_by(Role.BOT), *claim.evidence.context(noes))
        if sentence.role is Role.BOT and any(0 < turn - sentence.turn <= _LONGEST_AGO for turn in noes)
    ]
    return float(any(_is_about(wanted, words, own) for words in asked))


def _is_about(wanted: AbstractSet[str], asked: AbstractSet[str], own: AbstractSet[str]) -> bool:
    """Say whether a question has most of a statement's words, and the customer's answer is not where the others come from."""
    others = wanted - asked
    return len(wanted & asked - own) / len(wanted) >= _SHARE and not (others and others <= own)


def step_refuted(claim: Claim) -> float:
    """Says that something was done which the steps show as failed, forbidden or still open, and never as done."""
    lexicon = shipped_lexicon()
    for clause in claim.clauses:
        for act in clause.acts if not clause.conditional else ():
            if act.status is not Status.DONE or not act.by_us or act.verb not in lexicon.service | lexicon.company:
                continue
            outcomes = {
                step.outcome
                for step in claim.evidence.steps
                if set(step.turns) & set(claim.turns) and act.verb in concepts(step.action)
            }
            if outcomes and outcomes <= _UNDONE:
                return 1.0
    return 0.0
