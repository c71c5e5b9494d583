"""Are the bot's promises and the missing details the right ones, whatever words they are in?

An entry matches a labelled one where one holds as much of the other as a stated nugget does (see `nuggets.py`); matching is one to
one and greedy, so that the F1 is that of sets.
"""

from collections.abc import Sequence

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Counts
from evals.scorers.nuggets import NuggetJudge
from evals.scorers.score import Score, unscored


def score_lists(case: LabelledCase, answer: Case, judge: NuggetJudge) -> list[Score]:
    """Score promises and missing details as sets."""
    promises = [promise.text for promise in answer.promises]
    return [
        _score("promises", case.labels.promises, promises, judge),
        _score("missing", case.labels.missing, answer.missing, judge),
    ]


def _score(measure: str, wanted: Sequence[str] | None, found: Sequence[str], judge: NuggetJudge) -> Score:
    if wanted is None:
        return unscored(measure)[0]
    left = list(found)
    hits = 0
    for each in wanted:
        match = next((other for other in left if judge.states(other, each) or judge.states(each, other)), None)
        if match is not None:
            left.remove(match)
            hits += 1
    return Score(measure=measure, records=(Counts(hits=hits, false=len(found) - hits, missed=len(wanted) - hits),))
