"""Is the action that was taken next among the first suggested?"""

from collections.abc import Mapping

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Confidence, Share
from evals.scorers.score import Mistake, Score, mistakes, unscored

_FIRST, _FEW, _SURE = "next_action", "next_action_top3", "next_action_confidence"


def score_next_action(case: LabelledCase, answer: Case) -> list[Score]:
    """Score the first and the first three suggestions, by likelihood alone: what is permitted is another question."""
    taken = case.labels.next_actions
    if not taken:
        return unscored(_FIRST, _FEW, _SURE)
    likeliest = sorted(answer.actions, key=lambda action: -action.confidence)
    order = [action.id for action in likeliest]
    wrong = Mistake(kind="next action: not in the first three", detail=f"{taken[0]} was taken, suggested {order[:3]}")
    hit = {_FIRST: any(name in order[:1] for name in taken), _FEW: any(name in order[:3] for name in taken)}
    sure = Confidence(confidence=likeliest[0].confidence if likeliest else 0.0, right=hit[_FIRST])
    return [
        Score(measure=_SURE, records=(sure,)),
        *_hits(hit, wrong),
    ]


def _hits(hit: Mapping[str, bool], wrong: Mistake) -> list[Score]:
    return [
        Score(
            measure=name,
            records=(Share(part=float(found), whole=1.0),),
            mistakes=mistakes(wrong if name == _FEW and not found else None),
        )
        for name, found in hit.items()
    ]
