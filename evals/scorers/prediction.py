"""Was a hand-over seen coming, and does nothing alarm where all goes well?"""

from assist.analysis.case import Case
from assist.domain.findings import EscalationReason
from evals.cases import LabelledCase
from evals.metrics import Ranked, Share
from evals.scorers.score import Mistake, Score, mistakes, unscored


def score_risk(case: LabelledCase, answer: Case) -> list[Score]:
    """Score the risk of a hand-over against whether one came."""
    came = (case.model_extra or {}).get("handed_over")
    if came is None:
        return unscored("handover_risk")
    return [Score(measure="handover_risk", records=(Ranked(truth=float(came), guess=answer.escalation.risk),))]


def score_false_alarm(case: LabelledCase, answer: Case) -> list[Score]:
    """Score a dialogue that was solved: any reason to escalate is a false alarm."""
    reason = answer.escalation.reason
    alarm = reason is not EscalationReason.NONE
    rules = ", ".join(trigger.rule for trigger in answer.escalation.triggers)
    wrong = Mistake(kind=f"false alarm: {reason.value}", detail=f"{case.case_id} was solved, but {rules} fired")
    return [
        Score(
            measure="false_alarm",
            records=(Share(part=float(alarm), whole=1.0),),
            mistakes=mistakes(wrong if alarm else None),
        )
    ]
