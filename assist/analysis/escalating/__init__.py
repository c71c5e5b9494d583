"""Which rules hold for whom, how they combine, and when one that fired stays quiet."""

from assist.analysis.escalating.combining import measure, usual_threshold
from assist.analysis.escalating.faults import policy_faults, rule_faults
from assist.analysis.escalating.history import History, handed_back_at, since
from assist.analysis.escalating.tenants import rules_of

__all__ = [
    "History",
    "handed_back_at",
    "measure",
    "policy_faults",
    "rule_faults",
    "rules_of",
    "since",
    "usual_threshold",
]
