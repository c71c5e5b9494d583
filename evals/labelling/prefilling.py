"""A label begun from the service's own packet: quicker, and biased towards what the service says; rows that were begun so say it.

What judges the summary (nuggets, traps, reference, next actions) is never filled in: it would be measured against itself.
"""

from collections.abc import Callable
from typing import Any

from evals.cases import LabelledCase
from evals.production import Analysis, Production


def prefilled(production: Production) -> Callable[[LabelledCase], dict[str, Any]]:
    """Return what fills in a conversation's labels; the service is built on the first one. Blocking."""
    built: list[Analysis] = []

    def begin(case: LabelledCase) -> dict[str, Any]:
        if not built:
            built.append(production({}))
        found = built[0].read(case.transcript, domain=case.domain).case
        return {
            "intent": found.intent.label,
            "verification": {"status": found.verification.status, "turns": list(found.verification.turns)},
            "steps_tried": [step.model_dump(mode="json") for step in found.steps_tried],
            "sentiment": {
                "label": found.sentiment.label,
                "frustrated": found.sentiment.frustrated,
                "trend": found.sentiment.trend,
            },
            "escalation": {"primary": found.escalation.reason, "secondary": list(found.escalation.secondary)},
            "facts": [fact.model_dump(mode="json") for fact in found.facts],
            "missing": list(found.missing),
            "promises": [promise.text for promise in found.promises],
        }

    return begin
