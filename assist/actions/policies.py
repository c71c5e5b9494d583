"""The one place that says whether an action may be shown, prepared or run.

Hard rules come first and no right lifts them: no money before `verified`, high risk never above advice. Then the
action's own preconditions, then the decision rights of the domain. What nothing grants is denied.
"""

import re

from assist.actions.amounts import at_stake
from assist.actions.progress import evidence
from assist.actions.situation import Situation
from assist.domain.action import Mode
from assist.domain.business import DecisionRight, PlaybookAction
from assist.domain.findings import VerificationStatus
from assist.domain.frozen import Frozen

_RISING = tuple(Mode)
_MONEY = re.compile(
    r"refund|reimburs|compensat|voucher|certificate|waive|credit(?! card)|goodwill|pay(?:ment|out|back)?s?\b"
    r"|(?:re)?charge(?!r)|price match|transfer (?:the )?(?:money|funds|amount)|send (?:the )?money"
)
# Speaking about money moves none. A first verb that is not listed here is taken to act.
_SPEAKING = re.compile(
    r"(?:ask|check|confirm|explain|tell|inform|look|review|read|find|verify|collect|describe|show|compare|apologi[sz]e"
    r"|identify|locate|clarify|note|escalate|route|hand|quote|say|make sure|ensure|remind|advise|record|search|view"
    r"|determine|state)\b"
)
_ACTING = re.compile(
    r"(?:refund|reimburse|compensate|waive|credit|pay|charge|issue|offer|give|apply|send|process|grant|transfer|release)\b"
)
_CONDITION = re.compile(r"(?:if|when|once|after|before|where|for|to|unless)\b")
_CLAUSE = re.compile(r"[,;:.]\s+|\s+(?:and|then|or)\s+")


class Permission(Frozen):
    """The answer: how far the service may go, whether the action may be used now, and what stands against it."""

    mode: Mode
    allowed: bool
    blocked_by: str | None = None


def moves_money(action: PlaybookAction) -> bool:
    """Say whether carrying out the action gives or takes money; in doubt it does."""
    clauses = _CLAUSE.split(action.title.strip().lower())
    if len(clauses) > 1 and _CONDITION.match(clauses[0]):
        clauses = clauses[1:]
    speaks = _SPEAKING.match(clauses[0]) is not None
    named = f"{action.id.replace('_', ' ')} {action.title.lower()}"
    if not speaks and _MONEY.search(named):
        return True
    return any(_ACTING.match(clause) and _MONEY.search(clause) for clause in clauses[1:])


def permission(action: PlaybookAction, situation: Situation) -> Permission:
    """Return whether this action may be shown, prepared or run in this situation, and why not.

    `observe` means that it is not even suggested. A blocked action may be shown with what would lift the block.
    """
    right = _right(action, situation)
    if right is None:
        return Permission(mode=Mode.OBSERVE, allowed=False, blocked_by="no decision right covers this action")
    mode = right.mode
    if mode is Mode.OBSERVE:
        return Permission(mode=mode, allowed=False, blocked_by="the decision rights say: observe only")
    definition = situation.domain.intent(situation.intent.label)
    # an intent that nobody understood is treated like a dangerous one
    if action.high_risk or definition is None or definition.high_risk:
        mode = min(mode, Mode.ADVISE, key=_RISING.index)
    money = moves_money(action)
    if money and situation.verification.status is not VerificationStatus.VERIFIED:
        return Permission(
            mode=mode, allowed=False, blocked_by="no money moves before the customer is verified: verify first"
        )
    for requirement in (*action.requires, *right.requires):
        unmet = _unmet(requirement, situation)
        if unmet:
            return Permission(mode=mode, allowed=False, blocked_by=unmet)
    if right.max_amount is not None and (money or right.action != "*"):
        sum_ = at_stake(situation.facts)
        if sum_ is None:
            mode = min(mode, Mode.ADVISE, key=_RISING.index)  # a limit cannot be kept on a sum nobody knows
        elif sum_ > right.max_amount:
            over = f"{sum_:,.2f} is over the limit of {right.max_amount:,.2f} {situation.domain.currency}"
            return Permission(mode=mode, allowed=False, blocked_by=f"{over}: someone with a higher limit must decide")
    return Permission(mode=mode, allowed=True)


def _right(action: PlaybookAction, situation: Situation) -> DecisionRight | None:
    """The most specific right that fits; of equals the strictest."""
    fitting = [
        right
        for right in situation.domain.decision_rights
        if right.intent in ("*", situation.intent.label) and right.action in ("*", action.id)
    ]
    if not fitting:
        return None
    return max(fitting, key=lambda r: (r.action != "*", r.intent != "*", -_RISING.index(r.mode)))


def _unmet(requirement: str, situation: Situation) -> str | None:
    """Why the requirement does not hold, or None where it does."""
    kind, _, name = requirement.partition(":")
    status = situation.verification.status
    if requirement == "verified":
        return None if status is VerificationStatus.VERIFIED else "the customer is not verified: verify first"
    if requirement == "identified":
        known = status in (VerificationStatus.VERIFIED, VerificationStatus.IDENTIFIED)
        return None if known else "the customer's account or booking has not been found: identify the customer first"
    if kind == "fact":
        known = any(fact.name == name for fact in situation.facts)
        return None if known else f"{name.replace('_', ' ')} is not known: ask for it first"
    if kind in ("done", "not_done"):
        named = [action for book in situation.domain.playbooks for action in book.actions if action.id == name]
        done = [action for action in named if evidence(action, situation) is not None]
        if kind == "not_done":
            return f"already done: {done[0].title}" if done else None
        return None if done else f"not done yet: {named[0].title if named else name}: do it first"
    return f"the requirement {requirement!r} is not one this service knows"
