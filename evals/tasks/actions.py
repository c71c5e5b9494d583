"""What agents would do next, by playbooks and by what others did."""

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assist.actions.precedents import Precedent
from assist.actions.teaching import Point, point_of, taught
from assist.actions.weights import Weights
from assist.analysis.case import Case
from assist.domain.transcript import Role, Transcript, Turn
from evals.cases import LabelledCase
from evals.metrics import calibration_error, share
from evals.production import Analysis
from evals.readers.next_actions import Cut, Taken
from evals.scorers import score_next_action
from evals.tasks.task import Aim, Measure, Task, using
from knowledge import Embedder, Vectors

_BEFORE = frozenset({"intent", "facts", "verification", "steps_tried"})
_STAGES = _BEFORE | {"actions"}
_SPOKEN = (Role.CUSTOMER, Role.BOT, Role.AGENT)


def next_actions(cut: Cut, *, first: float, few: float) -> Task:
    """Return the task of suggesting what was done next; what was done elsewhere is remembered and taught on the first case."""
    prepared: list[Analysis] = []
    lock = threading.Lock()

    def ask(analysis: Analysis, case: LabelledCase) -> Case:
        with lock:
            if analysis not in prepared:
                remember(analysis, cut.taken)
                teach(analysis, cut.taken)
                prepared.append(analysis)
        return analysis.analyse(case.transcript, domain=case.domain, only=_STAGES)

    return Task(
        name=cut.dataset.name.replace(" ", "-"),
        dataset=cut.dataset,
        ask=ask,
        scorers=using(score_next_action),
        measures=(
            Measure("actions", "next action first", "next_action", share, Aim(first)),
            Measure("actions", "next action in the first three", "next_action_top3", share, Aim(few)),
            Measure(
                "actions",
                "confidence, calibration error",
                "next_action_confidence",
                calibration_error,
                form="number",
                less=True,
            ),
        ),
        curve="next_action_confidence",
    )


def teach(analysis: Analysis, taken: Sequence[Taken]) -> None:
    """Teach each domain's ranking by what was taken in it, none of which is tested there.

    Each conversation is read in its home, and finds no precedent in itself.
    """
    read: dict[tuple[str, str], Case] = {}
    points: dict[str, list[Point]] = defaultdict(list)
    for each in taken:
        place = (each.home, each.handoff)
        if place not in read:
            read[place] = analysis.analyse(Transcript(turns=each.turns), domain=each.home, only=_BEFORE)
        case = read[place]
        here = case.having(domain=case.domain.model_copy(update={"name": each.domain}))
        considered = analysis.actions.considered(here, apart=each.conversation)
        point = point_of(considered.candidates, considered.signs, each.action, each.conversation)
        if point is not None:
            points[each.domain].append(point)
    for domain, known in points.items():
        analysis.actions.adopt(domain, taught(known, start=Weights.shipped()))


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
