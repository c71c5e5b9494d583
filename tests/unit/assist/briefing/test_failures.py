"""Each way in which a model can fail has a code, and a usable reading."""

import asyncio

import pytest

from assist.briefing import Briefing, Judgement
from assist.domain.packet import Answerer, Failure
from assist.errors import (
    BudgetExceeded,
    ModelBadReply,
    ModelEmptyReply,
    ModelError,
    ModelRateLimited,
    ModelTimeout,
    ModelUnavailable,
)
from assist.ports import ModelReply, ModelRequest
from tests.builders import bot, customer
from tests.fakes.model import ScriptedModel
from tests.unit.assist.briefing.conversations import FIELDS, RULES, a_reading, a_reply, improved


class Sleeping:
    """A model that does not keep to deadlines."""

    async def answer(self, request: ModelRequest) -> ModelReply:
        """Sleep."""
        await asyncio.sleep(3600)
        raise AssertionError(request.purpose)


class Broken:
    """A gate that breaks."""

    def judge(self, case: object, text: str, turns: object) -> Judgement:
        """Break."""
        message = "broken"
        raise ZeroDivisionError(message)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ModelUnavailable("down"), Failure.MODEL_UNAVAILABLE),
        (ModelRateLimited("later"), Failure.MODEL_UNAVAILABLE),
        (ModelTimeout("slow"), Failure.TIMEOUT),
        (ModelBadReply("half"), Failure.SCHEMA_INVALID),
        (ModelEmptyReply("empty"), Failure.INSUFFICIENT_CONTENT),
        (BudgetExceeded("spent"), Failure.BUDGET_EXCEEDED),
    ],
)
async def test_an_error_leaves_the_rules_reading_and_its_code(error: ModelError, code: Failure) -> None:
    """Every field that was to have a model's answer says why it has none."""
    before = a_reading()
    reading = await improved(ScriptedModel(error), before)
    assert reading.case == before.case
    assert {reading.provenance[name].failure for name in FIELDS} == {code}
    assert {reading.provenance[name].by for name in FIELDS} == {Answerer.RULES}


async def test_a_model_that_never_answers_is_left_at_the_deadline() -> None:
    """The deadline is the briefing's own, whatever the model does."""
    reading = await Briefing(Sleeping()).improve(a_reading(), tenant="acme", deadline=0.05)
    assert reading.provenance["summary"].failure is Failure.TIMEOUT


async def test_without_consent_nothing_is_asked() -> None:
    """Not one request is made."""
    model = ScriptedModel(a_reply())
    reading = await improved(model, a_reading(consent={"model": False}))
    assert reading.provenance["summary"].failure is Failure.CONSENT_MISSING
    assert model.requests == []


async def test_a_silent_customer_is_not_summarised() -> None:
    """A turn without words is no content."""
    model = ScriptedModel(a_reply())
    reading = await improved(model, a_reading(bot("Hello?"), customer("...")))
    assert reading.provenance["summary"].failure is Failure.INSUFFICIENT_CONTENT
    assert model.requests == []


async def test_the_wrong_language_has_a_code_of_its_own() -> None:
    """The agent reads English; what is quoted of the customer may be anything."""
    german = "Der Kunde möchte sein Geld für den kaputten blauen Wasserkocher zurück haben und wartet schon lange."
    said = a_reply(
        headline={"text": "Der Kunde wartet auf sein Geld", "turns": [0]},
        lines=[{"section": "wants", "text": german, "turns": [0]}],
        open_points=[],
        promises=[],
    )
    reading = await improved(ScriptedModel(said))
    assert reading.case.summary == RULES
    assert reading.provenance["summary"].failure is Failure.LANGUAGE_MISMATCH
    assert reading.provenance["summary"].model == "scripted"


async def test_a_gate_that_breaks_costs_the_models_part_only() -> None:
    """The rules' reading comes back."""
    reading = await Briefing(ScriptedModel(a_reply()), gate=Broken()).improve(a_reading(), tenant="acme", deadline=20)
    assert reading.case.summary == RULES
    assert reading.provenance["summary"].failure is Failure.MODEL_UNAVAILABLE


async def test_a_small_model_is_asked_for_the_summary_alone() -> None:
    """The other fields stay as they were, provenance too."""
    model = ScriptedModel(a_reply())
    before = a_reading()
    reading = await improved(model, before, summary_only=True)
    assert model.requests[0].purpose == "handoff_summary"
    assert "steps" not in model.requests[0].reply.model_fields
    assert reading.provenance["summary"].prompt == "handoff_summary/1"
    assert reading.provenance["steps_tried"] == before.provenance["steps_tried"]
