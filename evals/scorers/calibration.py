"""Is the intent's confidence the share of cases in which it is right?"""

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Confidence
from evals.scorers.intent import settled
from evals.scorers.score import Score, unscored


def score_calibration(case: LabelledCase, answer: Case) -> list[Score]:
    """Score the confidence of the first label."""
    if case.labels.intent is None:
        return unscored("intent_confidence")
    right = settled(answer.intent.label) == settled(case.labels.intent)
    return [Score(measure="intent_confidence", records=(Confidence(confidence=answer.intent.confidence, right=right),))]
