"""The code that runs in production, as far as measuring needs it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assist.actions import ActionsStage
from assist.actions.precedents import Precedents
from assist.analysis.case import Case
from assist.analysis.pipeline import Reading
from assist.domain.business import Domain
from assist.domain.transcript import Transcript
from assist.ports import ModelReply, ModelRequest
from knowledge import Embedder


class Analysis(Protocol):
    """Reads a transcript as the service does, without a database. Safe to share by threads."""

    @property
    def embedder(self) -> Embedder:
        """The embedding model in use."""
        ...

    @property
    def articles(self) -> Mapping[str, str]:
        """A digest of the articles of each domain."""
        ...

    @property
    def has_model(self) -> bool:
        """Whether a language model takes part."""
        ...

    @property
    def actions(self) -> ActionsStage:
        """What suggests next actions, and can be taught."""
        ...

    @property
    def precedents(self) -> Precedents:
        """What agents did before; empty until it is filled."""
        ...

    def analyse(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Case:
        """Return the rules' findings; `domain` is found where None, `only` names the stages to run."""
        ...

    def read(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Reading:
        """Return the findings and where each came from, a language model's among them where one takes part."""
        ...

    def ask(self, request: ModelRequest) -> ModelReply:
        """Return the model's reply; a ModelError where it fails or there is none."""
        ...


class Production(Protocol):
    """Builds the analysis over the shipped domains and these; nothing heavy happens before its first use."""

    def __call__(self, extra: Mapping[str, Domain]) -> Analysis:
        """Return the analysis."""
        ...


@dataclass(frozen=True, slots=True)
class Configured:
    """The service by its settings; `model`, `replay` and `record` as `assist evals run` takes them."""

    model: str | None = None
    replay: Path | None = None
    record: Path | None = None

    def __call__(self, extra: Mapping[str, Domain]) -> Analysis:
        """Return what the service runs."""
        from assist.wiring import build_trial  # noqa: PLC0415 -- brings the model libraries with it

        return build_trial(extra=extra, model=self.model, replay=self.replay, record=self.record)
