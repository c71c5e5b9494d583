"""What depends on the intent and the steps follows them, whoever found them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from assist.analysis.case import Case
from assist.analysis.pipeline import Pipeline, Readers, Reading
from assist.analysis.stage import Stage
from assist.domain.business import Domain
from assist.domain.findings import Intent
from assist.domain.packet import Answerer, Failure, Provenance
from tests.builders import customer, masked
from tests.fakes.embedder import CountingEmbedder


class Noon:
    """Always noon."""

    def now(self) -> datetime:
        return datetime(2026, 1, 1, 12, tzinfo=UTC)


class NeededForIntent:
    """Says that what the intent is called is missing; breaks where the intent is called "broken"."""

    name = "missing"

    def by_rules(self, case: Case) -> tuple[str, ...]:
        if case.intent.label == "broken":
            raise ValueError(case.intent.label)
        return (f"needed for {case.intent.label}",)


class Counted:
    """A stage that no other finding has a say in."""

    name = "promises"

    def __init__(self) -> None:
        self.runs = 0

    def by_rules(self, case: Case) -> tuple[str, ...]:
        self.runs += 1
        return ()


def a_pipeline(*stages: Stage) -> Pipeline:
    """Return a pipeline of these stages."""
    found: Sequence[Stage] = stages
    return Pipeline(
        readers=lambda: Readers(found, lambda _transcript, _vectors: "bakery", lambda _: "en"),
        domains={"bakery": Domain(name="bakery", title="Bakery")},
        embedder=CountingEmbedder(),
        clock=Noon(),
    )


def by_model(reading: Reading, label: str) -> Reading:
    """Return the reading with an intent that a model found."""
    case = reading.case.having(intent=Intent(label=label, name=label, confidence=0.9, turns=(0,)))
    told = {"intent": Provenance(by=Answerer.MODEL, model="openai/good")}
    return Reading(case, {**reading.provenance, **told})


def test_what_depends_on_the_intent_follows_the_models() -> None:
    """It is found anew, by rules, on the model's intent; provenance keeps what stood there before."""
    counted = Counted()
    pipeline = a_pipeline(NeededForIntent(), counted)
    reading = pipeline.read(masked(customer("hi")))
    followed = pipeline.followed(by_model(reading, "refund"), reading.case)
    assert followed.case.missing == ("needed for refund",)
    told = followed.provenance["missing"]
    assert (told.by, told.model, told.beside) == (Answerer.RULES, "openai/good", ["needed for unknown"])
    assert counted.runs == 1


def test_nothing_is_found_anew_where_the_intent_stays() -> None:
    """The same reading comes back."""
    pipeline = a_pipeline(NeededForIntent())
    reading = pipeline.read(masked(customer("hi")))
    assert pipeline.followed(reading, reading.case) is reading


def test_a_stage_that_breaks_on_the_models_intent_keeps_what_it_said_before() -> None:
    """The field is not lost, and provenance has the failure."""
    pipeline = a_pipeline(NeededForIntent())
    reading = pipeline.read(masked(customer("hi")))
    followed = pipeline.followed(by_model(reading, "broken"), reading.case)
    assert followed.case.missing == ("needed for unknown",)
    assert followed.provenance["missing"].failure is Failure.STAGE_FAILED
