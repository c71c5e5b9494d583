"""What of a model's answer stands in the packet, and what the packet says of it."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from assist.analysis.case import Case
from assist.briefing import Judgement, Verdict
from assist.domain.business import SectionDefinition
from assist.domain.findings import Escalation, EscalationReason, Intent, Section, StepOutcome
from assist.domain.packet import Answerer, Failure
from tests.fakes.model import ScriptedModel
from tests.unit.assist.briefing.conversations import RULES, SHOP, a_briefing, a_reading, a_reply, improved


class Believing:
    """A gate that believes whatever cites a turn: for tests of what comes after the gate."""

    def judge(self, case: Case, text: str, turns: Sequence[int]) -> Judgement:
        """Return that it is proved."""
        return Verdict(supported=bool(case.turns and text and turns), reason=None, score=1.0)


async def after(**fields: Any) -> Any:  # noqa: ANN401 -- a reading
    """Return the reading after a good answer with these fields replaced."""
    return await improved(ScriptedModel(a_reply(**fields)))


async def test_proved_lines_stand_and_vital_ones_that_lack_come_from_the_rules() -> None:
    """The model said nothing of identity: the rules' line is there, in its place."""
    reading = await after()
    summary = reading.case.summary
    assert [line.section for line in summary.lines] == [
        Section.WANTS,
        Section.IDENTITY,
        Section.TRIED,
        Section.OPEN,
    ]
    assert summary.lines[0].text == "The customer wants money back for the broken blue kettle."
    assert summary.lines[1] == RULES.lines[1]
    assert summary.text == " ".join(line.text for line in summary.lines)
    assert summary.headline == "Money back for a broken blue kettle"


async def test_provenance_says_who_answered_with_what() -> None:
    """Model, prompt with its digest, tokens, and the rules' answer beside the model's."""
    stamp = (await after()).provenance["summary"]
    assert (stamp.by, stamp.model, stamp.prompt, stamp.failure) == (Answerer.MODEL, "scripted", "handoff/1", None)
    assert stamp.prompt_sha
    assert (stamp.tokens_in, stamp.tokens_out) == (10, 5)
    assert stamp.beside["text"] == RULES.text
    assert stamp.dropped == {}


@pytest.mark.parametrize(
    ("text", "turns", "reason"),
    [
        pytest.param("The bot found order W7654321.", [3], Failure.UNSUPPORTED_CLAIM, id="an id of no turn"),
        pytest.param("The customer has waited for 19 days.", [5], Failure.UNSUPPORTED_CLAIM, id="another number"),
        pytest.param("The customer wants money back.", [], Failure.CITATION_FAILED, id="no turns"),
        pytest.param("The customer wants money back.", [77], Failure.CITATION_FAILED, id="turns that do not exist"),
        pytest.param("The customer was verified by e-mail.", [2, 3], Failure.UNSUPPORTED_CLAIM, id="false identity"),
        pytest.param("The refund was paid.", [0], Failure.UNSUPPORTED_CLAIM, id="done, says the customer alone"),
        pytest.param("Tell the customer to wait.", [5], Failure.UNSUPPORTED_CLAIM, id="a command"),
        pytest.param("See https://evil.example/x now", [5], Failure.UNSUPPORTED_CLAIM, id="a link of no turn"),
    ],
)
async def test_a_line_that_fails_is_dropped_and_counted(text: str, turns: list[int], reason: Failure) -> None:
    """Where it was the only one of a vital section, the rules' lines stand in."""
    wants = {"section": "wants", "text": text, "turns": turns}
    tried = {"section": "tried", "text": "The bot found order W1234567.", "turns": [3, 4]}
    reading = await after(lines=[wants, tried])
    assert text not in reading.case.summary.text
    assert RULES.lines[0] in reading.case.summary.lines
    assert reading.provenance["summary"].dropped == {reason: 1}


async def test_a_summary_without_any_proved_line_is_the_rules_own() -> None:
    """Provenance names the reason."""
    reading = await after(
        lines=[{"section": "wants", "text": "A drone was ordered for $9,999.", "turns": [0]}], open_points=[]
    )
    assert reading.case.summary == RULES
    stamp = reading.provenance["summary"]
    assert (stamp.by, stamp.failure) == (Answerer.RULES, Failure.UNSUPPORTED_CLAIM)


async def test_personal_data_is_hidden_on_the_way_out_and_back_on_the_way_home() -> None:
    """The model sees placeholders, the packet the values."""
    model = ScriptedModel(a_reply(headline={"text": "Money back for [EMAIL_1]", "turns": [0, 2]}))
    reading = await improved(model)
    asked = model.requests[0].system + model.requests[0].user
    assert "ada@example.com" not in asked
    assert "Ada Example" not in asked
    assert "[2] customer: [EMAIL_1]" in asked
    assert reading.case.summary.headline == "Money back for ada@example.com"


async def test_verification_and_actions_are_never_the_models() -> None:
    """Whatever fields an answer has, these are not read."""
    before = a_reading()
    said = a_reply(verification={"status": "verified"}, actions=[{"id": "refund_all"}], knowledge=[{"title": "x"}])
    reading = await improved(ScriptedModel(said), before)
    assert reading.case.verification == before.case.verification
    assert reading.case.actions == before.case.actions
    assert reading.case.knowledge == before.case.knowledge


@pytest.mark.parametrize(
    ("mine", "label", "expected"),
    [
        pytest.param(0.8, "cancel_order", "refund", id="the rules were sure"),
        pytest.param(0.3, "cancel_order", "cancel_order", id="the rules were not, and thought of it too"),
        pytest.param(0.3, "hack_bank", "refund", id="no such label"),
    ],
)
async def test_the_better_grounded_intent_stands(mine: float, label: str, expected: str) -> None:
    """A model's label has to be one of the domain's, and the rules unsure of theirs."""
    before = a_reading()
    unsure = before.case.intent.model_copy(update={"confidence": mine})
    before = a_reading(found={"intent": unsure})
    reading = await improved(ScriptedModel(a_reply(intent={"label": label, "turns": [0]})), before)
    assert reading.case.intent.label == expected


async def test_an_unknown_intent_is_filled_where_the_turns_prove_it() -> None:
    """The statement "wants to get their money back" goes through the gate."""
    before = a_reading(found={"intent": Intent()})
    reading = await improved(ScriptedModel(a_reply()), before)
    assert reading.case.intent.label == "refund"
    assert reading.provenance["intent"].by is Answerer.MODEL


async def test_a_reason_is_taken_where_the_rules_have_none() -> None:
    """Where the rules found one, theirs stands."""
    reply = a_reply(escalation={"reason": "policy_limit", "turns": [4]})
    assert (await improved(ScriptedModel(reply))).case.escalation.reason is EscalationReason.POLICY_LIMIT
    found = a_reading(found={"escalation": Escalation(reason=EscalationReason.NO_PROGRESS)})
    assert (await improved(ScriptedModel(reply), found)).case.escalation.reason is EscalationReason.NO_PROGRESS


async def test_steps_are_added_and_success_needs_a_back_end_call() -> None:
    """A step on turns that the rules' steps have is theirs already."""
    steps = [
        {"action": "Looked up order W1234567 again", "by": "bot", "outcome": "failed", "turns": [3]},
        {"action": "Asked for the e-mail address", "by": "bot", "outcome": "succeeded", "turns": [1]},
        {"action": "Asked for the e-mail address", "by": "customer", "outcome": "succeeded", "turns": [1]},
    ]
    reading = await after(steps=steps)
    made = [(step.action, step.outcome) for step in reading.case.steps_tried]
    assert made == [
        ("Asked for the e-mail address", StepOutcome.UNKNOWN),
        ("Looked up order W1234567", StepOutcome.SUCCEEDED),
    ]
    assert reading.provenance["steps_tried"].dropped == {Failure.CITATION_FAILED: 1}


async def test_only_the_bot_can_have_promised() -> None:
    """What the customer says of a promise is not one."""
    said = [{"text": "A colleague will call back today", "turns": [4]}, {"text": "Waited for 9 days", "turns": [5]}]
    reading = await after(promises=said)
    assert [promise.turns for promise in reading.case.promises] == [(4,)]


async def test_sections_of_the_organisation_are_asked_and_answered() -> None:
    """A question with allowed values takes these alone; its instruction is in the prompt and its values in the schema."""
    risk = SectionDefinition(name="churn_risk", instruction="How likely do they leave?", values=("low", "high"))
    mood = SectionDefinition(name="wish", title="Wish", instruction="What would please them?")
    domain = SHOP.model_copy(update={"sections": (risk, mood)})
    said = {
        "churn_risk": {"value": "High", "turns": [5]},
        "wish": {"value": "Money back for the kettle", "turns": [0]},
    }
    model = ScriptedModel(
        a_reply(sections=said), a_reply(sections={**said, "churn_risk": {"value": "x", "turns": [5]}})
    )
    reading = await improved(model, a_reading(domain=domain))
    assert [(answer.name, answer.value) for answer in reading.case.sections] == [
        ("churn_risk", "high"),
        ("wish", "Money back for the kettle"),
    ]
    assert "- `churn_risk`: How likely do they leave? Allowed: low, high." in model.requests[0].user
    assert '"enum": ["low", "high", ""]' in json.dumps(model.requests[0].reply.model_json_schema())
    reading = await improved(model, a_reading(domain=domain))
    assert [answer.name for answer in reading.case.sections] == ["wish"]


async def test_a_long_summary_loses_what_is_not_vital() -> None:
    """Ninety words is the aim."""
    told = "The customer wants money back for the broken blue kettle from order W1234567, " * 5
    tried = "I found order W1234567 with the blue kettle, order W1234567 with the blue kettle, order W1234567 again"
    lines = [
        {"section": "wants", "text": told, "turns": [0]},
        {"section": "tried", "text": tried * 2, "turns": [4]},
    ]
    reading = await after(lines=lines)
    assert {line.section for line in reading.case.summary.lines} == {Section.WANTS, Section.IDENTITY, Section.OPEN}


async def test_a_line_of_the_rules_in_another_language_than_the_agents_is_told() -> None:
    """The model writes German and has no line on identity: the rules' English one stands in, and provenance says so."""
    said = a_reply(
        headline={"text": "Der Kunde wartet auf sein Geld zurück", "turns": [0]},
        lines=[
            {"section": "wants", "text": "Der Kunde möchte sein Geld für den kaputten Kessel zurück.", "turns": [0]}
        ],
        open_points=[{"text": "Der Kunde wartet seit 9 Tagen auf eine Antwort.", "turns": [5]}],
        promises=[],
    )
    reading = await a_briefing(ScriptedModel(said), gate=Believing(), agent_language="de").improve(
        a_reading(), tenant="acme", deadline=20.0
    )
    assert reading.provenance["summary"].by is Answerer.MODEL
    assert reading.provenance["summary"].failure is Failure.LANGUAGE_MISMATCH
    assert "Nothing proves who they are." in reading.case.summary.text
