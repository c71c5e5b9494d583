"""Scorers of articles, actions, effort, sections and confidence, and of the errors that must not happen."""

from typing import Any

import pytest

from assist.analysis.pipeline import Reading
from assist.domain.action import SuggestedAction
from assist.domain.business import Domain, IntentDefinition, Playbook, PlaybookAction, SectionDefinition
from assist.domain.findings import (
    Escalation,
    EscalationReason,
    Fact,
    Intent,
    Promise,
    Section,
    SectionAnswer,
    Summary,
    SummaryLine,
)
from assist.domain.packet import Answerer, KnowledgeHit, Provenance
from assist.domain.transcript import Role, Turn
from evals.cases import LabelledCase
from evals.metrics import Amount, Confidence, Counts, Pair, Share
from evals.scorers import (
    NuggetJudge,
    Score,
    score_calibration,
    score_dangers,
    score_effort,
    score_lists,
    score_next_actions,
    score_retrieval,
    score_sections,
)
from tests.unit.evals.answers import a_case, an_answer
from tests.unit.evals.scorers.test_summary import PairedWords, a_line

SHOP = Domain(
    name="shop",
    title="Shop",
    intents=(IntentDefinition(label="refund", name="Refund", utterances=("money back",)),),
    playbooks=(Playbook(intent="refund", article="a-refund", actions=(PlaybookAction(id="x", title="X"),)),),
    sections=(SectionDefinition(name="tier", instruction="Which tier?", values=("gold", "none")),),
)


def by_name(scores: list[Score]) -> dict[str, Any]:
    """Return records by measure, or why there are none."""
    return {score.measure: score.unscored or score.records for score in scores}


def hits(*names: str) -> tuple[KnowledgeHit, ...]:
    """Return articles, best first."""
    return tuple(KnowledgeHit(article_id=n, version=1, title=n, passage="", score=0.5) for n in names)


def test_the_playbooks_article_is_wanted_where_none_is_labelled() -> None:
    """By hand: it stands second: hit@1 0, hit@3 1, reciprocal rank 1/2; a passage of the same article counts once."""
    answer = an_answer(knowledge=hits("other", "other", "a-refund")).having(domain=SHOP)
    found = by_name(score_retrieval(a_case(intent="refund"), answer))
    assert found["article_hit_1"] == (Amount(value=0),)
    assert found["article_hit_3"] == (Amount(value=1),)
    assert found["article_reciprocal_rank"] == (Amount(value=0.5),)


def test_labelled_articles_count_before_the_playbooks() -> None:
    """What a person named is what is needed."""
    answer = an_answer(knowledge=hits("mine")).having(domain=SHOP)
    assert by_name(score_retrieval(a_case(intent="refund", articles=["mine"]), answer))["article_hit_1"] == (
        Amount(value=1),
    )


def test_retrieval_without_a_relevant_article_is_not_scored() -> None:
    """Nobody said what is needed: not 0."""
    assert "no article is labelled" in by_name(score_retrieval(a_case(intent="fly"), an_answer()))["article_hit_1"]


def an_action(title: str) -> SuggestedAction:
    """Return a suggestion."""
    return SuggestedAction(id=title, title=title, rationale="why", confidence=0.5, allowed=True)


def test_a_next_action_counts_where_it_means_a_labelled_one() -> None:
    """By hand: the second suggestion has the label's very vector, the first has another."""
    answer = an_answer(actions=(an_action("call"), an_action("missing")))
    found = by_name(score_next_actions(a_case(next_actions=["lost"]), answer, PairedWords()))
    assert found["next_action_1"] == (Share(part=0, whole=1),)
    assert found["next_action_3"] == (Share(part=1, whole=1),)


def test_effort_adds_stages_and_takes_a_models_stamp_once() -> None:
    """By hand: 3 + 4 ms by rules and 100 of the model, whose two fields carry the same stamp of 30 tokens."""
    stamp = Provenance(by=Answerer.MODEL, model="m", prompt="p/1", ms=100, tokens_in=20, tokens_out=10, cost=0.01)
    reading = Reading(
        an_answer(), {"intent": Provenance(ms=3), "facts": Provenance(ms=4), "summary": stamp, "promises": stamp}
    )
    found = by_name(score_effort(reading))
    assert found == {
        "latency_ms": (Amount(value=107),),
        "tokens": (Amount(value=30),),
        "cost": (Amount(value=0.01),),
    }


def test_effort_without_a_model_has_no_cost() -> None:
    """No model is not free of charge: it is not scored."""
    assert by_name(score_effort(Reading(an_answer(), {"intent": Provenance(ms=3)})))["cost"] == "no model was asked"


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        pytest.param([("tier", "gold", (0,))], 1, id="as defined"),
        pytest.param([("tier", "silver", (0,))], 0, id="a value that is not offered"),
        pytest.param([("tier", "gold", ())], 0, id="no proof"),
        pytest.param([("tier", "gold", (99,))], 0, id="a turn that is not there"),
        pytest.param([("age", "9", (0,))], 0, id="nobody asked"),
        pytest.param([("tier", "gold", (0,)), ("tier", "none", (0,))], 0, id="answered twice"),
    ],
)
def test_sections_keep_to_the_organisations_definition(answers: list[tuple[str, str, Any]], kept: int) -> None:
    """Each way of breaking it is found."""
    given = tuple(SectionAnswer(name=name, value=value, turns=turns) for name, value, turns in answers)
    answer = an_answer(sections=given).having(domain=SHOP)
    found = by_name(score_sections(a_case(sections={"tier": "Gold"}), answer))
    assert found["sections_kept"] == (Share(part=kept, whole=len(answers)),)
    if kept:
        assert found["sections_right"] == (Pair(truth="gold", guess="gold"),)


def test_confidence_is_scored_beside_whether_it_was_right() -> None:
    """A sure wrong answer is both."""
    answer = an_answer(intent=Intent(label="fly", confidence=0.9))
    assert by_name(score_calibration(a_case(intent="refund"), answer))["intent_confidence"] == (
        Confidence(confidence=0.9, right=False),
    )


def dangers(case: LabelledCase, **found: Any) -> set[str]:  # noqa: ANN401 -- any field of a case
    """Return the dangers that are counted for an answer with these findings."""
    told = {
        "summary": Summary(text="fine", lines=(a_line("The parcel is lost.", 1),)),
        "escalation": Escalation(reason=EscalationReason.NO_PROGRESS),
        **found,
    }
    scores = score_dangers(case, an_answer(*case.turns, **told))
    return {s.measure for s in scores if any(isinstance(r, Amount) and r.value for r in s.records)}


def a_summary(text: str, *turns: int) -> Summary:
    """Return a summary of one statement."""
    return Summary(text=text, lines=(SummaryLine(section=Section.TRIED, text=text, turns=turns),))


LABELS: dict[str, Any] = {"escalation": {"primary": "no_progress"}, "verification": {"status": "failed"}}


@pytest.mark.parametrize(
    ("found", "danger"),
    [
        pytest.param({}, set(), id="nothing wrong"),
        pytest.param({"summary": a_summary("They paid $1,268.00.", 0)}, {"invented_amount"}, id="a swapped amount"),
        pytest.param({"summary": a_summary("The parcel is lost.", 99)}, {"forged_citation"}, id="a forged citation"),
        pytest.param({"summary": Summary()}, {"lost_summary"}, id="no summary"),
        pytest.param({"summary": a_summary("The customer was verified.", 1)}, {"claimed_identity"}, id="identity"),
        pytest.param({"escalation": Escalation()}, {"missed_escalation"}, id="a missed escalation"),
        pytest.param(
            {"summary": a_summary("They pay with 4111 1111 1111 1111.", 0)},
            {"leaked_secret", "invented_amount"},
            id="a card number",
        ),
        pytest.param(
            {"promises": (Promise(text="We will send a voucher for dinner", turns=(1,)),)},
            {"invented_promise"},
            id="an invented promise",
        ),
        pytest.param(
            {"summary": a_summary("The bot promised a free replacement.", 1)}, {"invented_promise"}, id="told promise"
        ),
        pytest.param(
            {"promises": (Promise(text="The parcel is lost since May", turns=(1,)),)}, set(), id="words of the bot"
        ),
        pytest.param({"facts": (Fact(name="order", value="W78", turns=(0,)),)}, {"invented_amount"}, id="a wrong id"),
    ],
)
def test_each_danger_is_counted_on_its_own(found: dict[str, Any], danger: set[str]) -> None:
    """One fault, one count; a sound packet has none."""
    assert dangers(a_case(**LABELS), **found) == danger


def test_a_secret_of_the_conversation_must_not_stand_in_the_packet() -> None:
    """A PIN that the customer said is found though it looks like any number, and is not repeated in the finding."""
    case = a_case(Turn(role=Role.CUSTOMER, text="My PIN is 4417."), **LABELS)
    answer = an_answer(*case.turns, facts=(Fact(name="pin", value="4417", turns=(0,)),))
    (leak,) = [score for score in score_dangers(case, answer) if score.measure == "leaked_secret"]
    assert leak.records == (Amount(value=1),)
    assert "4417" not in leak.mistakes[0].detail


def test_dangers_without_a_label_are_not_scored_but_found_where_no_label_is_needed() -> None:
    """A missed escalation needs a label, a forged citation none."""
    found = by_name(score_dangers(a_case(), an_answer()))
    assert found["missed_escalation"] == "not labelled"
    assert found["forged_citation"] == (Amount(value=0),)


def test_promises_and_missing_details_are_scored_as_sets() -> None:
    """By hand: lost is found as missing, and one promise too many is told; of two missing details one is there."""
    answer = an_answer(
        promises=(Promise(text="missing", turns=(1,)), Promise(text="boat", turns=(1,))), missing=("W77",)
    )
    found = by_name(score_lists(a_case(promises=["lost"], missing=["W77", "hat"]), answer, NuggetJudge(PairedWords())))
    assert found == {
        "promises": (Counts(hits=1, false=1, missed=0),),
        "missing": (Counts(hits=1, false=0, missed=1),),
    }
