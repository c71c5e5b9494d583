"""Production code that answers by a rule of thumb, for tests of the measuring code."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assist.actions import ActionsStage
from assist.actions.precedents import Precedents
from assist.analysis.case import Case
from assist.analysis.pipeline import Reading
from assist.domain.business import Domain
from assist.domain.findings import Escalation, EscalationReason, Intent, Sentiment, Verification, VerificationStatus
from assist.domain.packet import Provenance
from assist.domain.transcript import Role, Transcript
from assist.errors import ModelUnavailable
from assist.ports import ModelReply, ModelRequest
from knowledge import Vectors
from knowledge.stores.memory import MemoryVectorStore
from tests.unit.evals.answers import an_answer


class EqualWords:
    """An embedder in which all words are unlike."""

    name = "equal"
    dimension = 8

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a zero row per text."""
        return np.zeros((len(texts), self.dimension), dtype=np.float32)


@dataclass
class StubAnalysis:
    """Takes the last word of the customer for the intent, and fails on "break"."""

    domains: Mapping[str, Domain] = field(default_factory=dict)
    asked: list[tuple[str | None, Collection[str] | None]] = field(default_factory=list)
    embedder: EqualWords = field(default_factory=EqualWords)
    articles: Mapping[str, str] = field(default_factory=dict)
    has_model: bool = False
    precedents: Precedents = field(default_factory=lambda: Precedents(MemoryVectorStore(), model="equal"))

    @property
    def actions(self) -> ActionsStage:
        """What suggests by playbooks and by what was remembered."""
        return ActionsStage(self.precedents)

    def analyse(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Case:
        """Return an answer by the last word."""
        self.asked.append((domain, only))
        words = " ".join(turn.text for turn in transcript.turns if turn.role is Role.CUSTOMER).split()
        if "break" in words:
            message = "asked to break"
            raise ValueError(message)
        human = "human" in words
        return an_answer(
            *transcript.turns,
            intent=Intent(label=words[-1].lower(), confidence=0.9),
            verification=Verification(
                status=VerificationStatus.VERIFIED if "pin" in words else VerificationStatus.NOT_ATTEMPTED
            ),
            sentiment=Sentiment(score=-0.5 if "bad" in words else 0.5),
            escalation=Escalation(reason=EscalationReason.CUSTOMER_REQUEST if human else EscalationReason.NONE),
        ).having(vectors=np.zeros((len(transcript.turns), self.embedder.dimension), dtype=np.float32))

    def read(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Reading:
        """Return the same answer as a reading."""
        return Reading(self.analyse(transcript, domain=domain, only=only), {"intent": Provenance(ms=3.0)})

    def ask(self, request: ModelRequest) -> ModelReply:
        """Raise ModelUnavailable: there is no model."""
        message = f"nobody answers {request.purpose}"
        raise ModelUnavailable(message)


@dataclass
class StubProduction:
    """Builds the stub and keeps it."""

    built: list[StubAnalysis] = field(default_factory=list)

    def __call__(self, extra: Mapping[str, Domain]) -> StubAnalysis:
        """Return the stub over these domains."""
        self.built.append(StubAnalysis(domains=extra))
        return self.built[-1]
