"""Every field of the packet on labelled handoffs."""

from assist.analysis.case import Case
from assist.analysis.pipeline import Reading
from assist.domain.findings import EscalationReason
from assist.grounding import Gate
from evals.cases import Dataset, LabelledCase
from evals.judges import ModelChecker, score_preference
from evals.metrics import (
    accuracy,
    balanced_accuracy,
    calibration_error,
    f1,
    f1_of,
    largest,
    macro_f1,
    mean,
    precision,
    quantile,
    rate_of,
    recall,
    share,
    total,
)
from evals.production import Analysis
from evals.scorers import (
    MATCHER,
    STATES,
    Checker,
    ExactChecker,
    GateChecker,
    LikenessChecker,
    NameChecker,
    NuggetJudge,
    NumberChecker,
    Score,
    Scorer,
    WordVectors,
    passed_measure,
    score_calibration,
    score_dangers,
    score_effort,
    score_escalation,
    score_facts,
    score_human_request,
    score_intent,
    score_lists,
    score_next_actions,
    score_retrieval,
    score_sections,
    score_sentiment,
    score_steps,
    score_verification,
    summary_scorer,
    unscored,
    yardstick_measure,
)
from evals.tasks.task import Aim, Measure, Task

LONGEST_SUMMARY = 90
CHECKERS = (
    "grounding gate",
    "exact values",
    "number fidelity",
    "name fidelity",
    "sentence similarity",
    "language model",
)
_NONE = Aim(0, at_most=True)

_SCORERS: tuple[Scorer, ...] = (
    score_intent,
    score_calibration,
    score_verification,
    score_steps,
    score_facts,
    score_sentiment,
    score_escalation,
    score_human_request,
    score_retrieval,
    score_sections,
    score_dangers,
)


def _danger(name: str, score: str) -> Measure:
    return Measure("dangers", name, score, total, _NONE, form="count")


DANGERS = (
    _danger("false verified", "false_verified"),
    _danger("claimed identity", "claimed_identity"),
    _danger("leaked secret", "leaked_secret"),
    _danger("invented promise", "invented_promise"),
    _danger("invented amount", "invented_amount"),
    _danger("forged citation", "forged_citation"),
    _danger("missed escalation", "missed_escalation"),
    _danger("lost summary", "lost_summary"),
)

MEASURES = (
    *DANGERS,
    Measure("intent", "accuracy", "intent", accuracy, Aim(0.85)),
    Measure("intent", "in the first three", "intent_top3", accuracy),
    Measure("intent", "macro-F1", "intent", macro_f1, form="number"),
    Measure("intent", "calibration error", "intent_confidence", calibration_error, form="number", less=True),
    Measure("verification", "accuracy", "verification", accuracy, Aim(0.90)),
    Measure("verification", "false verified", "false_verified", total, _NONE, form="count"),
    Measure("steps tried", "F1, evidence and outcome", "steps", f1, Aim(0.75), form="number"),
    Measure("steps tried", "F1, evidence alone", "steps_without_outcome", f1, form="number"),
    Measure("facts", "recall", "facts_recall", recall, Aim(0.90)),
    Measure("facts", "precision", "facts_precision", precision, Aim(0.95)),
    Measure("sentiment", "macro-F1", "sentiment", macro_f1, Aim(0.75), form="number"),
    Measure("sentiment", "F1 of frustrated", "frustrated", f1_of("true"), Aim(0.75), form="number"),
    Measure("sentiment", "trend, accuracy", "trend", accuracy),
    Measure("escalation", "labelled reason in first two", "escalation_first2", share, Aim(0.80)),
    Measure("escalation", "labelled reason first", "escalation", accuracy),
    Measure("escalation", "asks for a human, F1", "asks_for_human", f1_of("true"), form="number"),
    Measure("summary", "vital nuggets stated", "vital_nuggets", share, Aim(0.80)),
    Measure("summary", "all nuggets stated", "all_nuggets", share),
    Measure("summary", "lines that carry a nugget", "nugget_precision", share),
    Measure("summary", "unsupported statements", "unsupported_statements", total, _NONE, form="count"),
    Measure("summary", "numbers that were said", "number_fidelity", share),
    Measure("summary", "names that were said", "name_fidelity", share),
    Measure("summary", "ROUGE-1", "rouge_1", mean, form="number"),
    Measure("summary", "ROUGE-2", "rouge_2", mean, form="number"),
    Measure("summary", "ROUGE-L", "rouge_l", mean, form="number"),
    Measure("summary", "word similarity", "likeness", mean, form="number"),
    Measure("summary", "longest, words", "summary_words", largest, Aim(LONGEST_SUMMARY, at_most=True), form="count"),
    Measure("summary", "mean, words", "summary_words", mean, form="number", less=True),
    Measure("summary", "words a sentence", "sentence_words", mean, form="number", less=True),
    Measure("summary", "reading ease", "reading_ease", mean, form="number"),
    *(Measure("summary", f"accepted by {name}", passed_measure(name), share) for name in CHECKERS),
    Measure("promises", "F1", "promises", f1, form="number"),
    Measure("missing details", "F1", "missing", f1, form="number"),
    Measure("judge", "prefers the packet's summary to the reference", "judge_preference", share),
    Measure("judge", "agrees with itself when places are swapped", "judge_agreement", share),
    Measure("judge", "favours the same place", "judge_first_place", share, less=True),
    Measure("knowledge", "hit@1", "article_hit_1", mean),
    Measure("knowledge", "hit@3", "article_hit_3", mean),
    Measure("knowledge", "hit@5", "article_hit_5", mean),
    Measure("knowledge", "reciprocal rank", "article_reciprocal_rank", mean, form="number"),
    Measure("knowledge", "nDCG@10", "article_ndcg_10", mean, form="number"),
    Measure("next action", "first", "next_action_1", share),
    Measure("next action", "in the first three", "next_action_3", share),
    Measure("sections", "kept to the definition", "sections_kept", share),
    Measure("sections", "right", "sections_right", accuracy),
    Measure("effort", "milliseconds, mean", "latency_ms", mean, form="number", less=True),
    Measure("effort", "milliseconds, 95th of 100", "latency_ms", quantile(0.95), form="number", less=True),
    Measure("effort", "tokens, mean", "tokens", mean, form="number", less=True),
    Measure("effort", "US dollars, mean", "cost", mean, form="number", less=True),
    *(
        Measure("yardstick", f"{name}: {what}", yardstick_measure(name), metric)
        for name in (*CHECKERS, MATCHER)
        for what, metric in (
            ("balanced accuracy", balanced_accuracy),
            ("true accepted", rate_of("true", "accepted")),
            ("false rejected", rate_of("false", "rejected")),
        )
    ),
)


def handoffs(dataset: Dataset) -> Task:
    """Return the task over whole labelled handoffs."""
    return Task(
        name=dataset.name,
        dataset=dataset,
        ask=_read,
        scorers=packet_scorers,
        measures=MEASURES,
        confusion=("verification", "escalation", "sentiment"),
        labels={
            "verification": STATES,
            "escalation": tuple(reason.value for reason in EscalationReason),
            "sentiment": ("negative", "neutral", "positive"),
        },
        curve="intent_confidence",
    )


def packet_scorers(analysis: Analysis) -> tuple[Scorer, ...]:
    """Return what scores a whole packet: each scorer takes the labelled case and the reading."""
    vectors = WordVectors(analysis.embedder)
    checkers: tuple[Checker, ...] = (
        GateChecker(Gate.taught()),
        ExactChecker(),
        NumberChecker(),
        NameChecker(),
        LikenessChecker(analysis.embedder),
    )
    if analysis.has_model:
        checkers = (*checkers, ModelChecker(analysis.ask))
    matcher = NuggetJudge(analysis.embedder)
    of_summary = summary_scorer(matcher, vectors, checkers)

    def lists(case: LabelledCase, answer: Case) -> list[Score]:
        return score_lists(case, answer, matcher)

    def next_actions(case: LabelledCase, answer: Case) -> list[Score]:
        return score_next_actions(case, answer, analysis.embedder)

    def preference(case: LabelledCase, answer: Case) -> list[Score]:
        if not analysis.has_model:
            return unscored("judge_preference", "judge_agreement", "judge_first_place", why="no model judges")
        return score_preference(case, answer, analysis.ask)

    def effort(_: LabelledCase, reading: Reading) -> list[Score]:
        return score_effort(reading)

    return (*map(_on_case, (*_SCORERS, of_summary, lists, next_actions, preference)), effort)


def _on_case(scorer: Scorer) -> Scorer:
    return lambda case, reading: scorer(case, reading.case)


def _read(analysis: Analysis, case: LabelledCase) -> Reading:
    return analysis.read(case.transcript, domain=case.domain)
