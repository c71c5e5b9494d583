"""Is it right who the customer has proved to be? A false `verified` is counted on its own: nothing is worse."""

from assist.analysis.case import Case
from assist.domain.findings import AttemptOutcome, VerificationStatus
from evals.cases import LabelledCase
from evals.metrics import Amount, Pair
from evals.scorers.score import Mistake, Score, mistakes, unscored

STATES = tuple(status.value for status in VerificationStatus)


def score_verification(case: LabelledCase, answer: Case) -> list[Score]:
    """Score the state, count false `verified`, and score a failed attempt before it where that is labelled."""
    label = case.labels.verification
    if label is None:
        return unscored("verification", "false_verified", "failed_before")
    truth, guess = label.status, answer.verification.status.value
    false = guess == VerificationStatus.VERIFIED and truth != VerificationStatus.VERIFIED
    wrong = Mistake(
        kind="verification: FALSE VERIFIED" if false else f"verification: {truth} taken for {guess}",
        detail=f"evidence turns {list(answer.verification.turns)}, labelled {list(label.turns)}",
        weight=100.0 if false else 1.0,
    )
    return [
        Score(
            measure="verification",
            records=(Pair(truth=truth, guess=guess),),
            mistakes=mistakes(None if truth == guess else wrong),
        ),
        Score(measure="false_verified", records=(Amount(value=float(false)),)),
        _failed_before(label.failed_before, answer),
    ]


def _failed_before(truth: bool | None, answer: Case) -> Score:  # noqa: FBT001 -- a label that may be absent
    if truth is None:
        return Score(measure="failed_before", unscored="not labelled")
    guess = any(attempt.outcome is AttemptOutcome.FAILED for attempt in answer.verification.attempts)
    missed = Mistake(
        kind="verification: a failed attempt is not listed", detail=f"{len(answer.verification.attempts)} attempts"
    )
    return Score(
        measure="failed_before",
        records=(Pair(truth=str(truth), guess=str(guess)),),
        mistakes=mistakes(missed if truth and not guess else None),
    )
