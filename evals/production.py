"""The code that runs in production, as far as measuring needs it."""

from collections.abc import Collection, Mapping
from typing import Protocol

from assist.actions.precedents import Precedents
from assist.analysis.case import Case
from assist.domain.business import Domain
from assist.domain.transcript import Transcript
from knowledge import Embedder


class Analysis(Protocol):
    """Reads a transcript as the service does, without a database."""

    @property
    def embedder(self) -> Embedder:
        """The embedding model in use."""
        ...

    @property
    def precedents(self) -> Precedents:
        """What agents did before; empty until it is filled."""
        ...

    def analyse(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Case:
        """Return the findings; `domain` is found where None, `only` names the stages to run."""
        ...


class Production(Protocol):
    """Builds the analysis over the shipped domains and these; nothing heavy happens before its first use."""

    def __call__(self, extra: Mapping[str, Domain]) -> Analysis:
        """Return the analysis."""
        ...


def production(extra: Mapping[str, Domain]) -> Analysis:
    """Return what the service runs, by its settings."""
    from assist.wiring import build_analysis  # noqa: PLC0415 -- brings the model libraries with it

    return build_analysis(extra=extra)
