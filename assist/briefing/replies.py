"""The shapes of a model's answers. Vocabularies stand in the schema as hints and are mapped by table when the answer is read.

A single word outside of a vocabulary would otherwise cost the whole answer. Fields that were not asked for are not read.
"""

from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from assist.domain.business import Domain
from assist.domain.findings import EscalationReason, Section, StepBy, StepOutcome, Turns

_TOLD = [section.value for section in Section if section is not Section.OPEN]


class Reply(BaseModel):
    """The base of all shapes."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Said(Reply):
    """A statement and the turns that are to prove it."""

    text: str
    turns: Turns


class Line(Said):
    """One line of the summary."""

    section: Annotated[str, Field(json_schema_extra={"enum": _TOLD})]


class Note(Said):
    """One note on a part of a long conversation."""

    section: Annotated[str, Field(json_schema_extra={"enum": [section.value for section in Section]})]


class Choice(Reply):
    """One of the labels offered."""

    label: str = "unknown"
    turns: Turns = ()


class StepSaid(Reply):
    """Something done or tried."""

    action: str
    by: Annotated[str, Field(json_schema_extra={"enum": [by.value for by in StepBy]})]
    outcome: Annotated[str, Field(json_schema_extra={"enum": [outcome.value for outcome in StepOutcome]})]
    turns: Turns


class Reason(Reply):
    """Why a human is needed."""

    reason: Annotated[str, Field(json_schema_extra={"enum": [r.value for r in EscalationReason]})] = "none"
    turns: Turns = ()


class NotesReply(Reply):
    """The answer to `window`."""

    notes: tuple[Note, ...]


class SummaryReply(Reply):
    """The answer to `handoff_summary`."""

    headline: Said
    lines: tuple[Line, ...]
    open_points: tuple[Said, ...] = ()


class HandoffReply(SummaryReply):
    """The answer to `handoff` and `merge`; `reply_for` adds the labels and sections of a domain."""

    intent: Choice = Choice()
    steps: tuple[StepSaid, ...] = ()
    promises: tuple[Said, ...] = ()
    escalation: Reason = Reason()


def reply_for(domain: Domain) -> type[HandoffReply]:
    """Return the shape with the domain's intents as labels, and a field for each of the organisation's own sections."""
    labels = (*(intent.label for intent in domain.intents), "unknown")
    return _shape(labels, tuple((section.name, section.values) for section in domain.sections))


@lru_cache(maxsize=64)
def _shape(labels: tuple[str, ...], sections: tuple[tuple[str, tuple[str, ...]], ...]) -> type[HandoffReply]:
    choice = create_model("Choice", __base__=Choice, label=(_one_of(labels), ...), turns=(Turns, ...))
    fields: dict[str, Any] = {"intent": (choice, ...)}
    if sections:
        asked: dict[str, Any] = {name: (_section(name, values), ...) for name, values in sections}
        fields["sections"] = (create_model("Sections", __base__=Reply, **asked), ...)
    return create_model("HandoffReply", __base__=HandoffReply, **fields)


def _section(name: str, values: tuple[str, ...]) -> type[Reply]:
    kind = _one_of((*values, "")) if values else str
    return create_model(f"Section_{name}", __base__=Reply, value=(kind, ...), turns=(Turns, ...))


def _one_of(values: tuple[str, ...]) -> Any:  # noqa: ANN401 -- an annotation made at run time
    return Annotated[str, Field(json_schema_extra={"enum": list(values)})]
