"""The closed list of conditions. A rule names one with `when`; a name that is not here is refused when loaded."""

from collections.abc import Callable, Mapping
from typing import Final

from assist.analysis.triggers import backend, customer, dialogue, risk
from assist.analysis.triggers.reading import Reading
from assist.analysis.triggers.scene import Scene
from assist.domain.business import EscalationRule

Condition = Callable[[Scene, EscalationRule], Reading]

CONDITIONS: Final[Mapping[str, Condition]] = {
    "amount_over": customer.amount_over,
    "asks_for_human": customer.asks_for_human,
    "bot_handoff": backend.bot_handoff,
    "customer_flag": customer.customer_flag,
    "handover_risk": risk.handover_risk,
    "high_risk_topic": customer.high_risk_topic,
    "keywords": customer.keywords,
    "long_interaction": dialogue.long_interaction,
    "loop": dialogue.loop,
    "low_confidence": dialogue.low_confidence,
    "missing_information": customer.information_missing,
    "negative_turns": customer.negative_turns,
    "no_progress": dialogue.no_progress,
    "not_understood": dialogue.not_understood,
    "nothing_found": backend.nothing_found,
    "out_of_scope": backend.out_of_scope,
    "payment_dispute": customer.payment_dispute,
    "policy_refusal": backend.policy_refusal,
    "repeated_prompt": dialogue.repeated_prompt,
    "sentiment_below": customer.sentiment_below,
    "tool_failed": backend.tool_failed,
    "verification_failed": backend.verification_failed,
}
"""What each `when` measures."""

DOWNWARD: Final = frozenset({"sentiment_below", "low_confidence"})
"""The conditions that hold when the level is at or under the threshold."""

USUAL_THRESHOLDS: Final[Mapping[str, float]] = {
    "amount_over": 500.0,
    "handover_risk": 0.5,
    "long_interaction": 25.0,
    "loop": 2.0,
    "low_confidence": 0.4,
    "missing_information": 2.0,
    "negative_turns": 2.0,
    "no_progress": 3.0,
    "not_understood": 2.0,
    "nothing_found": 2.0,
    "repeated_prompt": 3.0,
    "sentiment_below": -0.6,
    "tool_failed": 2.0,
}
"""Where a rule names no threshold; 1 for all the others."""

__all__ = ["CONDITIONS", "DOWNWARD", "USUAL_THRESHOLDS", "Condition", "Reading", "Scene"]
