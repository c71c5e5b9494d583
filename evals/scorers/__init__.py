"""Small comparers: one case with its labels and the answer of the production code in, scores out."""

from evals.scorers.actions import score_next_action
from evals.scorers.escalation import score_escalation, score_human_request
from evals.scorers.facts import score_facts
from evals.scorers.intent import score_intent
from evals.scorers.nuggets import NuggetJudge
from evals.scorers.prediction import score_false_alarm, score_risk
from evals.scorers.redaction import redaction_scorer
from evals.scorers.score import Mistake, Score, Scorer, unscored
from evals.scorers.sentiment import score_sentiment
from evals.scorers.steps import score_steps
from evals.scorers.summary import summary_scorer
from evals.scorers.verification import STATES, score_verification

__all__ = [
    "STATES",
    "Mistake",
    "NuggetJudge",
    "Score",
    "Scorer",
    "redaction_scorer",
    "score_escalation",
    "score_facts",
    "score_false_alarm",
    "score_human_request",
    "score_intent",
    "score_next_action",
    "score_risk",
    "score_sentiment",
    "score_steps",
    "score_verification",
    "summary_scorer",
    "unscored",
]
