"""Is the customer's mood right: its label, frustration, trend, and the score against raters?"""

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Pair, Ranked
from evals.scorers.score import Mistake, Score, mistakes, unscored


def score_sentiment(case: LabelledCase, answer: Case) -> list[Score]:
    """Score each part of the mood that is labelled."""
    label = case.labels.sentiment
    if label is None:
        return unscored("sentiment", "frustrated", "trend", "sentiment_rank")
    scores = [
        _pair("sentiment", label.label, answer.sentiment.label.value),
        _pair("frustrated", _said(label.frustrated), _said(answer.sentiment.frustrated)),
        _pair("trend", label.trend, answer.sentiment.trend.value),
    ]
    if label.score is None:
        return [*scores, *unscored("sentiment_rank")]
    ranked = Ranked(truth=label.score, guess=answer.sentiment.score)
    return [*scores, Score(measure="sentiment_rank", records=(ranked,))]


def _said(value: bool | None) -> str | None:  # noqa: FBT001 -- a label that may be absent
    return None if value is None else str(value).lower()


def _pair(measure: str, truth: str | None, guess: str | None) -> Score:
    if truth is None or guess is None:
        return Score(measure=measure, unscored="not labelled")
    wrong = Mistake(kind=f"{measure}: {truth} taken for {guess}", detail="")
    return Score(
        measure=measure,
        records=(Pair(truth=truth, guess=guess),),
        mistakes=mistakes(None if truth == guess else wrong),
    )
