"""Scorers of intent, verification, steps, facts, mood and escalation, worked by hand."""

from collections.abc import Iterable

import pytest

from assist.domain.findings import (
    AttemptOutcome,
    Escalation,
    EscalationReason,
    Fact,
    Intent,
    IntentGuess,
    Sentiment,
    SentimentLabel,
    Step,
    StepBy,
    StepOutcome,
    Trend,
    Verification,
    VerificationAttempt,
    VerificationStatus,
)
from assist.domain.transcript import Role, Turn
from evals.metrics import Amount, Counts, Pair, Ranked, Share
from evals.scorers import (
    Score,
    score_escalation,
    score_facts,
    score_human_request,
    score_intent,
    score_sentiment,
    score_steps,
    score_verification,
)
from evals.scorers.facts import same
from tests.unit.evals.answers import a_case, an_answer


def by_measure(scores: Iterable[Score]) -> dict[str, Score]:
    """Return the scores by the name of their measure."""
    return {score.measure: score for score in scores}


def a_step(action: str, outcome: StepOutcome, *turns: int) -> Step:
    """Return a step of the bot."""
    return Step(action=action, by=StepBy.BOT, outcome=outcome, turns=turns)


@pytest.mark.parametrize(
    "scorer",
    [score_intent, score_verification, score_steps, score_sentiment, score_escalation, score_human_request],
)
def test_what_is_not_labelled_is_not_scored(scorer: object) -> None:
    """A case without labels gives unscored measures, no records and no mistakes."""
    assert callable(scorer)
    scores = list(scorer(a_case(), an_answer()))
    assert scores
    assert all(score.unscored and not score.records and not score.mistakes for score in scores)


def test_an_intent_among_the_first_three_counts_there_only() -> None:
    """The second guess is wrong for accuracy and right for the first three."""
    answer = an_answer(
        intent=Intent(label="refund", confidence=0.5, alternatives=(IntentGuess(label="parcel", confidence=0.4),))
    )
    scores = by_measure(score_intent(a_case(intent="parcel"), answer))
    assert scores["intent"].records == (Pair(truth="parcel", guess="refund"),)
    assert scores["intent"].mistakes[0].kind == "intent: parcel taken for refund"
    assert scores["intent_top3"].records == (Pair(truth="parcel", guess="parcel"),)


def test_none_of_these_is_unknown_by_any_name() -> None:
    """A set's `other` and the answer `unknown` agree."""
    scores = by_measure(score_intent(a_case(intent="other"), an_answer()))
    assert scores["intent"].records == (Pair(truth="unknown", guess="unknown"),)
    assert scores["unknown"].records == (Counts(hits=1, false=0, missed=0),)


@pytest.mark.parametrize("truth", ["identified", "failed", "not_attempted"])
def test_a_false_verified_is_counted_and_outweighs_everything(truth: str) -> None:
    """Saying verified against the label is the worst error there is."""
    answer = an_answer(verification=Verification(status=VerificationStatus.VERIFIED))
    scores = by_measure(score_verification(a_case(verification={"status": truth}), answer))
    assert scores["false_verified"].records == (Amount(value=1.0),)
    assert scores["verification"].mistakes[0].weight == 100


def test_a_missed_verified_is_wrong_but_not_dangerous() -> None:
    """The other direction is an ordinary mistake."""
    scores = by_measure(score_verification(a_case(verification={"status": "verified"}), an_answer()))
    assert scores["false_verified"].records == (Amount(value=0.0),)
    assert scores["verification"].mistakes[0].weight == 1


def test_a_failed_attempt_before_is_looked_for_where_it_is_labelled() -> None:
    """A failed attempt in the list answers the label."""
    attempt = VerificationAttempt(method="pin", outcome=AttemptOutcome.FAILED, turns=(1,))
    label = {"status": "verified", "failed_before": True}
    answer = an_answer(verification=Verification(status=VerificationStatus.VERIFIED, attempts=(attempt,)))
    scores = by_measure(score_verification(a_case(verification=label), answer))
    assert scores["failed_before"].records == (Pair(truth="True", guess="True"),)
    missing = by_measure(score_verification(a_case(verification=label), an_answer()))
    assert missing["failed_before"].mistakes


def test_steps_match_by_evidence_and_outcome() -> None:
    """By hand: of two labels and three answers one agrees in both, one in evidence alone.

    Strict: 1 hit, 2 false, 1 missed. Evidence alone: 2 hits, 1 false, 0 missed.
    """
    labels = [
        {"action": "Look up order", "outcome": "succeeded", "turns": [1, 2]},
        {"action": "Refund", "outcome": "blocked", "turns": [5]},
    ]
    found = (
        a_step("Looked up the order", StepOutcome.SUCCEEDED, 2),
        a_step("Refunded", StepOutcome.FAILED, 5, 6),
        a_step("Sang", StepOutcome.SUCCEEDED, 9),
    )
    scores = by_measure(score_steps(a_case(steps_tried=labels), an_answer(steps_tried=found)))
    assert scores["steps"].records == (Counts(hits=1, false=2, missed=1),)
    assert scores["steps_without_outcome"].records == (Counts(hits=2, false=1, missed=0),)
    kinds = [mistake.kind for mistake in scores["steps"].mistakes]
    assert kinds == ["steps: outcome blocked taken for failed", "steps: not a labelled step"]


def test_a_step_matches_only_once_and_the_best_overlap_first() -> None:
    """By hand: the answer on turns 1-2 overlaps both labels, 1/2 and 2/2; the second takes it, the first is missed."""
    labels = [
        {"action": "a", "outcome": "failed", "turns": [1]},
        {"action": "b", "outcome": "failed", "turns": [1, 2]},
    ]
    found = (a_step("x", StepOutcome.FAILED, 1, 2),)
    scores = by_measure(score_steps(a_case(steps_tried=labels), an_answer(steps_tried=found)))
    assert scores["steps"].records == (Counts(hits=1, false=0, missed=1),)
    assert "'a'" in scores["steps"].mistakes[0].detail


@pytest.mark.parametrize(
    ("label", "found", "agree"),
    [
        ("$1,286.00", "1286", True),
        ("#W77", "w77", True),
        ("Ada Lark", "ada lark", True),
        ("Lark", "Ada Lark", True),
        ("9438 Brushwick Dr  Monterey, NY", "9438 Brushwick Dr Monterey NY", True),
        ("12", "1286", False),
        ("Ada", "Ada Lark of Northern Street 12", False),
    ],
)
def test_values_agree_however_they_are_written(label: str, found: str, agree: bool) -> None:  # noqa: FBT001 -- a row
    """Case, currency, commas and spacing do not matter; a small part of a value is not the value."""
    assert same(label, found) is agree


def test_facts_are_recalled_by_value_and_checked_against_their_turns() -> None:
    """By hand: of three labelled values one is masked away and one of the other two found; one of two answers is invented."""
    labels = [
        {"name": "order_id", "value": "W77"},
        {"name": "amount", "value": "$1,286.00"},
        {"name": "pin", "value": "9999"},
    ]
    found = (Fact(name="order", value="W77", turns=(0,)), Fact(name="date", value="July 4", turns=(1,)))
    scores = by_measure(score_facts(a_case(facts=labels), an_answer(facts=found)))
    assert scores["facts_recall"].records == (Counts(hits=1, false=0, missed=1),)
    assert scores["facts_precision"].records == (Counts(hits=1, false=1, missed=0),)


def test_a_name_in_parts_of_a_record_stands_there() -> None:
    """First and last name under their own keys are the whole name; words far apart are not."""
    record = Turn(role=Role.TOOL, text='{"name": {"first_name": "Ada", "last_name": "Lark"}, "city": "Bern"}')
    found = (Fact(name="name", value="Ada Lark", turns=(0,)), Fact(name="name", value="Ada Bern", turns=(0,)))
    scores = by_measure(score_facts(a_case(record), an_answer(record, facts=found)))
    assert scores["facts_precision"].records == (Counts(hits=1, false=1, missed=0),)


def test_a_value_from_another_turn_than_cited_is_not_precise() -> None:
    """The proof must hold the value."""
    found = (Fact(name="order", value="W77", turns=(2,)),)
    scores = by_measure(score_facts(a_case(), an_answer(facts=found)))
    assert scores["facts_precision"].records == (Counts(hits=0, false=1, missed=0),)


def test_each_labelled_part_of_the_mood_is_scored() -> None:
    """Label, frustration, trend and the raters' number are four measures."""
    mood = Sentiment(label=SentimentLabel.NEGATIVE, score=-0.4, frustrated=True, trend=Trend.STEADY)
    label = {"label": "negative", "frustrated": False, "trend": "worsening", "score": -1.5}
    scores = by_measure(score_sentiment(a_case(sentiment=label), an_answer(sentiment=mood)))
    assert scores["sentiment"].records == (Pair(truth="negative", guess="negative"),)
    assert scores["frustrated"].records == (Pair(truth="false", guess="true"),)
    assert scores["trend"].records == (Pair(truth="worsening", guess="steady"),)
    assert scores["sentiment_rank"].records == (Ranked(truth=-1.5, guess=-0.4),)


@pytest.mark.parametrize(("primary", "part"), [("no_progress", 1.0), ("policy_limit", 1.0), ("high_risk", 0.0)])
def test_the_labelled_reason_counts_among_the_first_two(primary: str, part: float) -> None:
    """First and second count, the third does not."""
    given = Escalation(
        reason=EscalationReason.POLICY_LIMIT,
        secondary=(EscalationReason.NO_PROGRESS, EscalationReason.HIGH_RISK),
    )
    scores = by_measure(score_escalation(a_case(escalation={"primary": primary}), an_answer(escalation=given)))
    assert scores["escalation_first2"].records == (Share(part=part, whole=1.0),)


def test_a_wish_for_a_human_counts_wherever_it_stands_among_the_reasons() -> None:
    """A second reason still says that the wish was heard."""
    given = Escalation(reason=EscalationReason.NO_PROGRESS, secondary=(EscalationReason.CUSTOMER_REQUEST,))
    scores = score_human_request(a_case(escalation={"asks_for_human": True}), an_answer(escalation=given))
    assert scores[0].records == (Pair(truth="true", guess="true"),)
    missed = score_human_request(a_case(escalation={"asks_for_human": True}), an_answer())
    assert missed[0].mistakes[0].kind == "asks for a human: not heard"
