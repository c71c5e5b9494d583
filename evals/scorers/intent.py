"""Does the packet name what the customer wants?"""

from assist.analysis.case import Case
from evals.cases import UNKNOWN, LabelledCase
from evals.metrics import Counts, Pair
from evals.scorers.score import Mistake, Score, mistakes, unscored

_NONE_FITS = frozenset({"other", "outofdomain", "out_of_scope", UNKNOWN})


def settled(label: str) -> str:
    """Return the label, with every set's own word for "none of these" as `unknown`."""
    return UNKNOWN if label in _NONE_FITS else label


def score_intent(case: LabelledCase, answer: Case) -> list[Score]:
    """Score the first label, whether the label is among the first three, and whether `unknown` was said rightly."""
    if case.labels.intent is None:
        return unscored("intent", "intent_top3", "unknown")
    truth, guess = settled(case.labels.intent), settled(answer.intent.label)
    three = (guess, *(settled(other.label) for other in answer.intent.alternatives))[:3]
    wrong = Mistake(kind=_kind(truth, guess), detail=f"{truth} taken for {guess} at {answer.intent.confidence:.2f}")
    return [
        Score(
            measure="intent",
            records=(Pair(truth=truth, guess=guess),),
            mistakes=mistakes(None if truth == guess else wrong),
        ),
        Score(measure="intent_top3", records=(Pair(truth=truth, guess=truth if truth in three else guess),)),
        Score(measure="unknown", records=(_unknown(truth, guess),)),
    ]


def _kind(truth: str, guess: str) -> str:
    if guess == UNKNOWN:
        return "intent: a known wish called unknown"
    if truth == UNKNOWN:
        return "intent: an unknown wish given a label"
    return f"intent: {truth} taken for {guess}"


def _unknown(truth: str, guess: str) -> Counts:
    said, is_ = guess == UNKNOWN, truth == UNKNOWN
    return Counts(hits=int(said and is_), false=int(said and not is_), missed=int(is_ and not said))
