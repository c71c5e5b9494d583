"""Small comparers: one case with its labels and the answer of the production code in, scores out."""

from evals.scorers.actions import score_next_action
from evals.scorers.calibration import score_calibration
from evals.scorers.checkers import Checker, ExactChecker, GateChecker, LikenessChecker, NameChecker, NumberChecker, Said
from evals.scorers.dangers import score_dangers
from evals.scorers.effort import score_effort
from evals.scorers.escalation import score_escalation, score_human_request
from evals.scorers.facts import score_facts
from evals.scorers.injection import injection_scorer, score_lookalike
from evals.scorers.intent import score_intent
from evals.scorers.lists import score_lists
from evals.scorers.next_actions import score_next_actions
from evals.scorers.nuggets import NuggetJudge
from evals.scorers.prediction import score_false_alarm, score_risk
from evals.scorers.redaction import redaction_scorer
from evals.scorers.retrieval import score_retrieval
from evals.scorers.score import Mistake, Score, Scorer, unscored
from evals.scorers.sections import score_sections
from evals.scorers.sentiment import score_sentiment
from evals.scorers.steps import score_steps
from evals.scorers.summary import summary_scorer
from evals.scorers.verification import STATES, score_verification
from evals.scorers.words import WordVectors
from evals.scorers.yardstick import MATCHER, checker_of, passed_measure, yardstick_measure

__all__ = [
    "MATCHER",
    "STATES",
    "Checker",
    "ExactChecker",
    "GateChecker",
    "LikenessChecker",
    "Mistake",
    "NameChecker",
    "NuggetJudge",
    "NumberChecker",
    "Said",
    "Score",
    "Scorer",
    "WordVectors",
    "checker_of",
    "injection_scorer",
    "passed_measure",
    "redaction_scorer",
    "score_calibration",
    "score_dangers",
    "score_effort",
    "score_escalation",
    "score_facts",
    "score_false_alarm",
    "score_human_request",
    "score_intent",
    "score_lists",
    "score_lookalike",
    "score_next_action",
    "score_next_actions",
    "score_retrieval",
    "score_risk",
    "score_sections",
    "score_sentiment",
    "score_steps",
    "score_verification",
    "summary_scorer",
    "unscored",
    "yardstick_measure",
]
