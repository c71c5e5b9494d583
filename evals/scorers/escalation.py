"""Is the reason for escalating among the first two given, and was a wish for a human heard?"""

from assist.analysis.case import Case
from assist.domain.findings import EscalationReason
from evals.cases import LabelledCase
from evals.metrics import Pair, Share
from evals.scorers.score import Mistake, Score, mistakes, unscored


def score_escalation(case: LabelledCase, answer: Case) -> list[Score]:
    """Score the labelled reason against the first and the first two given."""
    label = case.labels.escalation
    if label is None or label.primary is None:
        return unscored("escalation_first2", "escalation")
    given = (answer.escalation.reason.value, *(reason.value for reason in answer.escalation.secondary))
    right = label.primary in given[:2]
    wrong = Mistake(
        kind=f"escalation: {label.primary} taken for {given[0]}",
        detail=f"given {list(given)}, also labelled {list(label.secondary)}",
        weight=3.0 if given[0] == EscalationReason.NONE else 1.0,
    )
    return [
        Score(
            measure="escalation_first2",
            records=(Share(part=float(right), whole=1.0),),
            mistakes=mistakes(None if right else wrong),
        ),
        Score(measure="escalation", records=(Pair(truth=label.primary, guess=given[0]),)),
    ]


def score_human_request(case: LabelledCase, answer: Case) -> list[Score]:
    """Score whether a wish for a human was heard, as any of the reasons."""
    label = case.labels.escalation
    if label is None or label.asks_for_human is None:
        return unscored("asks_for_human")
    truth = label.asks_for_human
    reasons = (answer.escalation.reason, *answer.escalation.secondary)
    guess = EscalationReason.CUSTOMER_REQUEST in reasons
    kind = "asks for a human: not heard" if truth else "asks for a human: false alarm"
    wrong = Mistake(kind=kind, detail=case.turns[-1].text[:120], weight=3.0 if truth else 1.0)
    return [
        Score(
            measure="asks_for_human",
            records=(Pair(truth=str(truth).lower(), guess=str(guess).lower()),),
            mistakes=mistakes(None if truth == guess else wrong),
        )
    ]
