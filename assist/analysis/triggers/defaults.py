"""The rules of a domain that writes none of its own."""

from typing import Final

from assist.domain.business import EscalationRule
from assist.domain.findings import EscalationReason

_RULES: Final = (
    ("high_risk_topic", EscalationReason.HIGH_RISK),
    ("verification_failed", EscalationReason.VERIFICATION_FAILED),
    ("tool_failed", EscalationReason.TECHNICAL_ERROR),
    ("policy_refusal", EscalationReason.POLICY_LIMIT),
    ("out_of_scope", EscalationReason.OUT_OF_SCOPE),
    ("missing_information", EscalationReason.MISSING_INFORMATION),
    ("nothing_found", EscalationReason.KNOWLEDGE_GAP),
    ("asks_for_human", EscalationReason.CUSTOMER_REQUEST),
    ("bot_handoff", EscalationReason.OUT_OF_SCOPE),
    ("not_understood", EscalationReason.NOT_UNDERSTOOD),
    ("low_confidence", EscalationReason.NOT_UNDERSTOOD),
    ("repeated_prompt", EscalationReason.NO_PROGRESS),
    ("loop", EscalationReason.NO_PROGRESS),
    ("no_progress", EscalationReason.NO_PROGRESS),
    ("long_interaction", EscalationReason.NO_PROGRESS),
    ("negative_turns", EscalationReason.NEGATIVE_SENTIMENT),
    ("sentiment_below", EscalationReason.NEGATIVE_SENTIMENT),
)

_RISK_WORDS: Final = (
    "fraud", "hacked", "scam", "scammed", "stolen card", "identity theft", "phishing", "did not authorize", "didn't authorize",
    "overdose", "took too much", "took too many", "heart attack", "suicide", "kill myself", "end my life", "harm myself",
    "caught fire", "gas leak", "electric shock", "lawyer", "attorney", "lawsuit", "legal action",
)  # fmt: skip

DEFAULT_RULES: Final = tuple(
    EscalationRule(name=when, when=when, reason=reason, words=_RISK_WORDS if when == "high_risk_topic" else ())
    for when, reason in _RULES
)
"""Every condition that makes sense without knowing the business, with its usual threshold."""
