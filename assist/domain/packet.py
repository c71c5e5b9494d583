"""What the human agent receives."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from assist.domain.action import SuggestedAction
from assist.domain.findings import (
    Escalation,
    Fact,
    Intent,
    Promise,
    SectionAnswer,
    Sentiment,
    Step,
    Summary,
    Verification,
)
from assist.domain.frozen import Frozen
from assist.domain.transcript import Channel


class Failure(StrEnum):
    """Why a field was not answered as wanted."""

    MODEL_UNAVAILABLE = "MODEL_UNAVAILABLE"
    TIMEOUT = "TIMEOUT"
    SCHEMA_INVALID = "SCHEMA_INVALID"
    CITATION_FAILED = "CITATION_FAILED"
    UNSUPPORTED_CLAIM = "UNSUPPORTED_CLAIM"
    BUDGET_EXCEEDED = "BUDGET_EXCEEDED"
    CONSENT_MISSING = "CONSENT_MISSING"
    INSUFFICIENT_CONTENT = "INSUFFICIENT_CONTENT"
    LANGUAGE_MISMATCH = "LANGUAGE_MISMATCH"  # the model did not write the agent's language
    STAGE_FAILED = "STAGE_FAILED"  # the stage itself broke; its field holds the default


class Answerer(StrEnum):
    """Who answered a field."""

    RULES = "rules"
    MODEL = "model"


class Provenance(Frozen):
    """Where one field of the packet came from; `ms` is the time it took, in milliseconds.

    Tokens and cost are those of all calls for the packet. `dropped` counts the model's statements that were not believed,
    by reason; `beside` is what the rules answered, where a model's answer was taken and differs.
    """

    by: Answerer = Answerer.RULES
    model: str | None = None
    prompt: str | None = None
    prompt_sha: str | None = None
    failure: Failure | None = None
    ms: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    dropped: dict[str, int] = Field(default_factory=dict)
    beside: Any = None


class Coverage(Frozen):
    """How much of the transcript was read; `omitted` lists the turns that were not."""

    turns_total: int
    turns_read: int
    omitted: tuple[int, ...] = ()


class KnowledgeHit(Frozen):
    """An article that may help, with the passage that matched and a score from 0 to 1."""

    article_id: str
    version: int
    title: str
    url: str | None = None
    passage: str
    score: float


class HandoffPacket(Frozen):
    """Everything the human needs, each statement with its proof; field names are the wire contract."""

    id: str
    revision: int = Field(default=1, ge=1)
    conversation_id: str
    channel: Channel
    language: str
    domain: str | None = None
    created_at: datetime
    as_of_turn: int
    escalation: Escalation = Field(default_factory=Escalation)
    intent: Intent = Field(default_factory=Intent)
    verification: Verification = Field(default_factory=Verification)
    steps_tried: tuple[Step, ...] = ()
    summary: Summary = Field(default_factory=Summary)
    sentiment: Sentiment = Field(default_factory=Sentiment)
    facts: tuple[Fact, ...] = ()
    missing: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()
    knowledge: tuple[KnowledgeHit, ...] = ()
    actions: tuple[SuggestedAction, ...] = ()
    sections: tuple[SectionAnswer, ...] = ()
    redactions: dict[str, int] = Field(default_factory=dict)
    coverage: Coverage
    provenance: dict[str, Provenance] = Field(default_factory=dict)
