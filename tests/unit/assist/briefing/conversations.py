"""Readings for tests of briefings, and a model that answers what a test wrote down."""

import json
from typing import Any

from assist.analysis.pipeline import Reading
from assist.briefing import Briefing, Gate, Terms
from assist.domain.business import Domain, IntentDefinition
from assist.domain.findings import (
    AttemptOutcome,
    Intent,
    IntentGuess,
    Section,
    Step,
    StepBy,
    StepOutcome,
    Summary,
    SummaryLine,
    Verification,
    VerificationAttempt,
    VerificationStatus,
)
from assist.domain.packet import Provenance
from assist.domain.transcript import Turn
from assist.ports import Model
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import a_case

KETTLE = (
    customer("Hello, I am Ada Example. My blue kettle from order W1234567 arrived broken and I want my money back."),
    bot("I am sorry. What is the e-mail address on your account?"),
    customer("ada@example.com"),
    tool('{"order": "W1234567", "item": "blue kettle"}', name="get_order", order="W1234567"),
    bot("I found order W1234567 with the blue kettle. A colleague will call you back today about the refund."),
    customer("I have waited for 9 days. Let me talk to a human."),
)
SHOP = Domain(
    name="shop",
    title="Shop",
    intents=(
        IntentDefinition(label="refund", name="Refund", wants="get their money back"),
        IntentDefinition(label="cancel_order", name="Cancellation", wants="cancel their order"),
    ),
)
RULES = Summary(
    headline="Refund for order W1234567.",
    text="The customer wants a refund. Nothing proves who they are. No refund has been made yet.",
    lines=(
        SummaryLine(section=Section.WANTS, text="The customer wants a refund.", turns=(0,)),
        SummaryLine(section=Section.IDENTITY, text="Nothing proves who they are.", turns=(2,)),
        SummaryLine(section=Section.OPEN, text="No refund has been made yet.", turns=(0, 5)),
    ),
)
FIELDS = ("summary", "intent", "escalation", "steps_tried", "promises")


def a_reading(*turns: Turn, domain: Domain = SHOP, found: dict[str, Any] | None = None, **head: Any) -> Reading:  # noqa: ANN401 -- any field of a transcript
    """Return what the rules are to have found in a conversation about a broken kettle."""
    findings: dict[str, Any] = {
        "summary": RULES,
        "intent": Intent(
            label="refund",
            name="Refund",
            confidence=0.8,
            turns=(0,),
            alternatives=(IntentGuess(label="cancel_order", confidence=0.2),),
        ),
        "verification": Verification(
            status=VerificationStatus.IDENTIFIED,
            turns=(2,),
            attempts=(VerificationAttempt(method="email", outcome=AttemptOutcome.PENDING, turns=(2,)),),
        ),
        "steps_tried": (
            Step(action="Looked up order W1234567", by=StepBy.BOT, outcome=StepOutcome.SUCCEEDED, turns=(3,)),
        ),
        **(found or {}),
    }
    case = a_case(*(turns or KETTLE), domain=domain, **head).having(**findings)
    return Reading(case, {name: Provenance(ms=1.0) for name in FIELDS})


def a_reply(**more: Any) -> str:  # noqa: ANN401 -- any field of a reply
    """Return a model's good answer on the kettle, as JSON, with fields replaced."""
    reply: dict[str, Any] = {
        "intent": {"label": "refund", "turns": [0]},
        "headline": {"text": "Money back for a broken blue kettle", "turns": [0]},
        "lines": [
            {"section": "wants", "text": "The customer wants money back for the broken blue kettle.", "turns": [0]},
            {"section": "tried", "text": "The bot found order W1234567.", "turns": [3, 4]},
        ],
        "open_points": [{"text": "The customer has waited for 9 days.", "turns": [5]}],
        "steps": [],
        "promises": [{"text": "A colleague will call back today about the refund", "turns": [4]}],
        "escalation": {"reason": "none", "turns": []},
    }
    return json.dumps({**reply, **more})


def a_briefing(model: Model, *, gate: Gate | None = None, **terms: Any) -> Briefing:  # noqa: ANN401 -- any of the terms
    """Return a briefing over the model."""
    return Briefing(model, gate=gate, terms=Terms(**terms))


async def improved(model: Model, reading: Reading | None = None, **terms: Any) -> Reading:  # noqa: ANN401 -- any of the terms
    """Return the reading with this model's answers merged."""
    return await a_briefing(model, **terms).improve(reading or a_reading(), tenant="acme", deadline=20.0)
