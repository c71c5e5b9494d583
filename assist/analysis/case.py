"""What a stage reads: the transcript, its vectors, the domain, and what earlier stages found."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assist.domain.action import SuggestedAction
from assist.domain.business import Domain
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
from assist.domain.packet import KnowledgeHit
from assist.domain.transcript import RedactedTranscript, Turn

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Case:
    """One conversation under analysis; each stage reads it and the pipeline returns it with one field more.

    `handled` is the last turn that a human has dealt with, `fired` names escalation rules with the turn they fired at: only a
    running conversation has either. `vectors` has one unit row per turn, shape (turns, dimension); rows of tool, system and empty turns are zero.
    Fields of stages that have not run, or that broke, hold their defaults.
    """

    transcript: RedactedTranscript
    domain: Domain
    vectors: Vectors
    now: datetime
    tenant: str = "default"
    handled: int = -1
    fired: Mapping[str, int] = field(default_factory=dict)
    language: str = "en"
    intent: Intent = field(default_factory=Intent)
    facts: tuple[Fact, ...] = ()
    verification: Verification = field(default_factory=Verification)
    steps_tried: tuple[Step, ...] = ()
    sentiment: Sentiment = field(default_factory=Sentiment)
    promises: tuple[Promise, ...] = ()
    knowledge: tuple[KnowledgeHit, ...] = ()
    nothing_relevant: bool = False
    escalation: Escalation = field(default_factory=Escalation)
    missing: tuple[str, ...] = ()
    actions: tuple[SuggestedAction, ...] = ()
    summary: Summary = field(default_factory=Summary)
    sections: tuple[SectionAnswer, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The masked turns."""
        return self.transcript.turns

    def having(self, **found: Any) -> "Case":  # noqa: ANN401 -- the pipeline sets the field a stage is named after
        """Return the case with these findings added."""
        return replace(self, **found)
