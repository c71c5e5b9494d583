"""What agents would do next, by playbooks and by what others did."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assist.actions.precedents import Precedent
from assist.analysis.case import Case
from assist.domain.transcript import Role, Turn
from evals.cases import LabelledCase
from evals.metrics import share
from evals.production import Analysis
from evals.readers.next_actions import Cut, Taken
from evals.scorers import score_next_action
from evals.tasks.task import Aim, Measure, Task, using
from knowledge import Embedder, Vectors

_STAGES = frozenset({"intent", "facts", "verification", "steps_tried", "actions"})
_SPOKEN = (Role.CUSTOMER, Role.BOT, Role.AGENT)


def next_actions(cut: Cut, *, first: float, few: float) -> Task:
    """Return the task of suggesting what was done next; the memory is filled on the first case."""
    filled: list[Analysis] = []

    def ask(analysis: Analysis, case: LabelledCase) -> Case:
        if analysis not in filled:
            remember(analysis, cut.taken)
            filled.append(analysis)
        return analysis.analyse(case.transcript, domain=case.domain, only=_STAGES)

    return Task(
        name=cut.dataset.name.replace(" ", "-"),
        dataset=cut.dataset,
        ask=ask,
        scorers=using(score_next_action),
        measures=(
            Measure("actions", "next action first", "next_action", share, Aim(first)),
            Measure("actions", "next action in the first three", "next_action_top3", share, Aim(few)),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """A conversation up to an action."""

    turns: tuple[Turn, ...]
    vectors: Vectors


def remember(analysis: Analysis, taken: Sequence[Taken]) -> None:
    """Keep the actions as if agents had accepted them; each turn is embedded once."""
    texts = sorted({said.text for each in taken for said in each.turns if said.role in _SPOKEN and said.text.strip()})
    if not texts:
        return
    known = dict(zip(texts, analysis.embedder.embed(texts), strict=True))
    for domain in sorted({each.domain for each in taken}):
        analysis.precedents.add_all(
            "default",
            domain,
            [
                (
                    Precedent(each.action, each.handoff, 1.0, each.intent),
                    _Point(each.turns, _vectors(each.turns, known, analysis.embedder)),
                )
                for each in taken
                if each.domain == domain
            ],
        )


def _vectors(turns: Sequence[Turn], known: dict[str, Vectors], embedder: Embedder) -> Vectors:
    nothing = np.zeros(embedder.dimension, dtype=np.float32)
    return np.stack([known.get(said.text, nothing) if said.role in _SPOKEN else nothing for said in turns])
