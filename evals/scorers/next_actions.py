"""Is what the human should do next among the first suggestions?

Labels are free text, so a suggestion counts where its title, or title and rationale, is as similar to a labelled action as
`ALIKE`, by cosine of sentence vectors of the packaged model. That lets through a neighbouring action now and then and misses
one in other words: good for comparing two runs, rough as a figure of its own.
"""

from typing import Final

import numpy as np

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Share
from evals.scorers.score import Mistake, Score, mistakes, unscored
from knowledge import Embedder

ALIKE: Final = 0.5
MEASURES: Final = ("next_action_1", "next_action_3")


def score_next_actions(case: LabelledCase, answer: Case, embedder: Embedder) -> list[Score]:
    """Score whether a labelled action is the first suggestion, or among the first three."""
    wanted = case.labels.next_actions
    if not wanted:
        return unscored(*MEASURES, why="no next action is labelled")
    shown = answer.actions[:3]
    alike = [_alike(f"{action.title}", f"{action.title}. {action.rationale}", wanted, embedder) for action in shown]
    missed = Mistake(
        kind="actions: none of the first three is a labelled one",
        detail=f"labelled {list(wanted)}, suggested {[action.title for action in shown]}",
    )
    return [
        Score(measure="next_action_1", records=(Share(part=any(alike[:1]), whole=1),)),
        Score(
            measure="next_action_3",
            records=(Share(part=any(alike), whole=1),),
            mistakes=mistakes(None if any(alike) else missed),
        ),
    ]


def _alike(title: str, full: str, wanted: tuple[str, ...], embedder: Embedder) -> bool:
    rows = embedder.embed([title, full, *wanted])
    return bool(np.max(rows[:2] @ rows[2:].T) >= ALIKE)
