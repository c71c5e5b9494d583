"""Every field of the packet on labelled handoffs."""

from evals.cases import Dataset
from evals.metrics import accuracy, f1, f1_of, largest, macro_f1, mean, precision, recall, share, total
from evals.production import Analysis
from evals.scorers import (
    STATES,
    NuggetJudge,
    Scorer,
    score_escalation,
    score_facts,
    score_human_request,
    score_intent,
    score_sentiment,
    score_steps,
    score_verification,
    summary_scorer,
)
from evals.tasks.task import Aim, Measure, Task, analyse

LONGEST_SUMMARY = 90

_SCORERS: tuple[Scorer, ...] = (
    score_intent,
    score_verification,
    score_steps,
    score_facts,
    score_sentiment,
    score_escalation,
    score_human_request,
)

MEASURES = (
    Measure("intent", "accuracy", "intent", accuracy, Aim(0.85)),
    Measure("intent", "in the first three", "intent_top3", accuracy),
    Measure("verification", "accuracy", "verification", accuracy, Aim(0.90)),
    Measure("verification", "false verified", "false_verified", total, Aim(0, at_most=True), form="count"),
    Measure("steps tried", "F1, evidence and outcome", "steps", f1, Aim(0.75), form="number"),
    Measure("steps tried", "F1, evidence alone", "steps_without_outcome", f1, form="number"),
    Measure("facts", "recall", "facts_recall", recall, Aim(0.90)),
    Measure("facts", "precision", "facts_precision", precision, Aim(0.95)),
    Measure("sentiment", "macro-F1", "sentiment", macro_f1, Aim(0.75), form="number"),
    Measure("sentiment", "F1 of frustrated", "frustrated", f1_of("true"), Aim(0.75), form="number"),
    Measure("sentiment", "trend, accuracy", "trend", accuracy),
    Measure("escalation", "labelled reason in first two", "escalation_first2", share, Aim(0.80)),
    Measure("escalation", "labelled reason first", "escalation", accuracy),
    Measure("summary", "vital nuggets stated", "vital_nuggets", share, Aim(0.80)),
    Measure("summary", "all nuggets stated", "all_nuggets", share),
    Measure("summary", "unsupported statements", "unsupported_statements", total, Aim(0, at_most=True), form="count"),
    Measure("summary", "longest, words", "summary_words", largest, Aim(LONGEST_SUMMARY, at_most=True), form="count"),
    Measure("summary", "mean, words", "summary_words", mean, form="number"),
)


def handoffs(dataset: Dataset) -> Task:
    """Return the task over whole labelled handoffs."""

    def scorers(analysis: Analysis) -> tuple[Scorer, ...]:
        return (*_SCORERS, summary_scorer(NuggetJudge(analysis.embedder)))

    return Task(
        name=dataset.name,
        dataset=dataset,
        ask=analyse(),
        scorers=scorers,
        measures=MEASURES,
        confusion=("verification",),
        labels=STATES,
    )
