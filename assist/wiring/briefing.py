"""The language model's part in a packet, put together."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from assist.analysis.case import Case
from assist.analysis.pipeline import Pipeline
from assist.briefing import Briefing, Terms
from assist.errors import SettingsInvalid
from assist.grounding import Gate, Verdict
from assist.ports import Broadcaster, HandoffStore, Meter, Model
from assist.refinement import Pace, Refinement
from assist.settings import Settings
from prompts import Catalogue, PromptError


class LearntGate:
    """The grounding gate, read on its first use: it loads word lists, and a service without a model never needs it."""

    @cached_property
    def _gate(self) -> Gate:
        return Gate.taught()

    def warm(self) -> None:
        """Read it now, so that the first packet does not wait."""
        self._gate  # noqa: B018 -- the property reads

    def judge(self, case: Case, text: str, turns: Sequence[int]) -> Verdict:
        """Return whether these turns of the case prove the text. Blocking."""
        return self._gate.judge(case, text, turns)


def build_refinement(
    settings: Settings,
    model: Model,
    *,
    gate: LearntGate,
    pipeline: Pipeline,
    handoffs: HandoffStore,
    broadcaster: Broadcaster,
    meter: Meter,
) -> Refinement | None:
    """Return what adds a model's answers to packets; None where no model is named. SettingsInvalid for a bad catalogue of prompts."""
    if not settings.models:
        return None
    terms = Terms(
        agent_language=settings.agent_language,
        summary_only=settings.model_summary_only,
        window=settings.model_window,
        max_tokens=settings.model_max_tokens,
    )
    return Refinement(
        briefing=Briefing(model, prompts=read_prompts(settings.prompts_catalogue), gate=gate, terms=terms),
        pipeline=pipeline,
        handoffs=handoffs,
        broadcaster=broadcaster,
        meter=meter,
        pace=Pace(deadline=settings.model_deadline, quiet=settings.model_quiet_seconds),
    )


def read_prompts(file: Path | None) -> Catalogue:
    """Return the catalogue of prompts in a file, the one that ships if None; SettingsInvalid for a bad one."""
    try:
        return Catalogue.read(file) if file else Catalogue.read()
    except PromptError as exc:
        message = f"ASSIST_PROMPTS_CATALOGUE = {str(file)!r} cannot be used: {exc}"
        raise SettingsInvalid(message) from exc
