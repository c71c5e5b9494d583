"""Labelled conversations of made-up people."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assist.domain.transcript import Role, Turn
from evals.cases import LabelledCase
from evals.labelling.book import write_cases

FULL: Mapping[str, Any] = {
    "intent": "refund_question",
    "verification": {"status": "verified", "turns": [1]},
    "steps_tried": [{"action": "Looked up the order", "by": "bot", "outcome": "succeeded", "turns": [1]}],
    "sentiment": {"label": "negative", "frustrated": True, "trend": "worsening"},
    "escalation": {"primary": "policy_limit", "secondary": ["customer_request"]},
    "facts": [{"name": "order_id", "value": "#W1", "turns": [0]}],
    "nuggets": [{"text": "The customer wants the money back.", "importance": "vital", "turns": [0]}],
    "traps": [],
    "reference_summary": "The customer wants the money back for order #W1.",
    "next_actions": ["Check the refund"],
    "missing": [],
    "promises": [],
}
"""Every field of a label."""


def talk(case_id: str, **more: Any) -> LabelledCase:  # noqa: ANN401 -- any field of a row
    """Return a conversation of three turns."""
    turns = (
        Turn(role=Role.CUSTOMER, text="I want my money back for order #W1."),
        Turn(role=Role.BOT, text="You are verified. The order is delivered."),
        Turn(role=Role.CUSTOMER, text="A human, please."),
    )
    return LabelledCase.model_validate({"case_id": case_id, "domain": "retail", "turns": turns, **more})


def labelled_by(path: Path, labeller: str, labels: Mapping[str, Mapping[str, Any]], **more: Any) -> Path:  # noqa: ANN401
    """Write a person's labels of these conversations and return the file."""
    write_cases(path, [talk(name, labels=each, labeller=labeller, **more) for name, each in labels.items()])
    return path


def but(**labels: Any) -> dict[str, Any]:  # noqa: ANN401 -- any label
    """Return a full label that differs in these fields."""
    return {**FULL, **labels}
