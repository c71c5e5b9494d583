"""The order of stages, and what happens when one breaks."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest

from assist.analysis.case import Case, Vectors
from assist.analysis.pipeline import Pipeline, Readers
from assist.analysis.stage import Stage
from assist.domain.business import Domain
from assist.domain.findings import Promise, Verification, VerificationStatus
from assist.domain.packet import Failure
from assist.domain.transcript import RedactedTranscript
from assist.errors import InvalidInput
from tests.builders import bot, customer, masked, tool


class Promising:
    """Finds one promise."""

    name = "promises"

    def by_rules(self, case: Case) -> tuple[Promise, ...]:
        return (Promise(text=f"seen {len(case.turns)} turns", turns=(0,)),)


class Broken:
    """Breaks where verification would be found."""

    name = "verification"

    def by_rules(self, case: Case) -> Verification:
        message = f"broken on {len(case.turns)} turns"
        raise ZeroDivisionError(message)


class CountingEmbedder:
    """Counts calls and texts; fails where told to."""

    name = "counting"
    dimension = 4

    def __init__(self, *, fails: bool = False) -> None:
        self.calls: list[list[str]] = []
        self._fails = fails

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(list(texts))
        if self._fails:
            message = "out of memory"
            raise RuntimeError(message)
        return np.ones((len(texts), 4), dtype=np.float32)


class FixedClock:
    """Always noon."""

    def now(self) -> datetime:
        return datetime(2026, 1, 1, 12, tzinfo=UTC)


def first_domain(transcript: RedactedTranscript, vectors: Vectors) -> str:
    """Find nothing, take the first."""
    del transcript, vectors
    return "bakery"


def a_pipeline(*stages: Stage, embedder: CountingEmbedder | None = None) -> Pipeline:
    """Return a pipeline over a domain without content."""
    return Pipeline(
        readers=lambda: Readers(stages, first_domain, lambda _: "en"),
        domains={"bakery": Domain(name="bakery", title="Bakery")},
        embedder=embedder or CountingEmbedder(),
        clock=FixedClock(),
    )


def test_a_broken_stage_costs_one_field() -> None:
    """The field of a broken stage holds its default and is named; later stages still run."""
    reading = a_pipeline(Broken(), Promising()).read(masked(customer("hi")))
    assert reading.case.verification.status is VerificationStatus.NOT_ATTEMPTED
    assert reading.provenance["verification"].failure is Failure.STAGE_FAILED
    assert reading.case.promises[0].text == "seen 1 turns"
    assert reading.provenance["promises"].failure is None


def test_a_broken_model_costs_the_vectors_only() -> None:
    """Without vectors the rules go on, and the packet says that the model was not there."""
    reading = a_pipeline(Promising(), embedder=CountingEmbedder(fails=True)).read(masked(customer("hi")))
    assert not reading.case.vectors.any()
    assert reading.provenance["embedding"].failure is Failure.MODEL_UNAVAILABLE
    assert reading.case.promises


def test_one_call_embeds_the_whole_conversation() -> None:
    """Spoken turns go into one call; tool turns and empty ones do not."""
    embedder = CountingEmbedder()
    reading = a_pipeline(embedder=embedder).read(masked(customer("a"), tool("{}"), bot(" "), bot("b")))
    assert embedder.calls == [["a", "b"]]
    assert reading.case.vectors.any(axis=1).tolist() == [True, False, False, True]


def test_only_named_stages_run() -> None:
    """A live answer runs the stages it needs."""
    reading = a_pipeline(Broken(), Promising()).read(masked(customer("hi")), only={"promises"})
    assert set(reading.provenance) == {"embedding", "promises"}


def test_an_unknown_domain_is_named_with_the_known_ones() -> None:
    """The error says which domains there are."""
    with pytest.raises(InvalidInput, match=r"'brewery' is not configured; configured are bakery"):
        a_pipeline().read(masked(customer("hi"), domain="brewery"))


def test_the_named_domain_and_language_win() -> None:
    """What the platform says is not guessed."""
    reading = a_pipeline().read(masked(customer("hi"), domain="bakery", language="de"))
    assert (reading.case.domain.name, reading.case.language) == ("bakery", "de")
