"""The scorers of the summary: nuggets, support, length."""

from collections.abc import Sequence

import numpy as np
import pytest

from assist.domain.findings import Section, Summary, SummaryLine
from evals.cases import VerificationLabel
from evals.metrics import Amount, Share
from evals.scorers import NuggetJudge, summary_scorer
from evals.scorers.support import unsupported
from knowledge import Vectors
from tests.unit.evals.answers import SAID, a_case, an_answer

_LIKE = {"parcel": "package", "missing": "lost"}


class PairedWords:
    """An embedder in which every word is unlike every other, but for two pairs."""

    name = "paired"
    dimension = 64

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._places: dict[str, int] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return a unit vector by word, equal for words that are alike."""
        self.asked += texts
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            rows[row, self._places.setdefault(_LIKE.get(text, text), len(self._places))] = 1.0
        return rows


def a_line(text: str, *turns: int, section: Section = Section.TRIED) -> SummaryLine:
    """Return a statement with its proof."""
    return SummaryLine(section=section, text=text, turns=turns)


def test_support_is_the_weighted_share_of_words() -> None:
    """By hand: parcel (like package) 1, W77 double and there, lost 1, yesterday 0: (1 + 2 + 1 + 0) / (1 + 2 + 1 + 1)."""
    judge = NuggetJudge(PairedWords())
    assert judge.support("The package of W77 is lost.", "Parcel W77 lost yesterday") == pytest.approx(4 / 5)


def test_a_number_must_be_there_itself() -> None:
    """No likeness helps an id: W78 is not W77. By hand: (1 + 0) / (1 + 2)."""
    assert NuggetJudge(PairedWords()).support("Package W77", "Parcel W78") == pytest.approx(1 / 3)


def test_words_of_asking_weigh_little() -> None:
    """By hand: wants 0.3 of 0, refund 1 of 1: 1 / 1.3."""
    assert NuggetJudge(PairedWords()).support("A refund is due", "wants refund") == pytest.approx(1 / 1.3)


def test_an_empty_summary_states_nothing() -> None:
    """Nothing is stated by no words."""
    assert NuggetJudge(PairedWords()).support("", "Parcel lost") == 0


def test_each_word_is_embedded_once() -> None:
    """Word vectors are remembered."""
    embedder = PairedWords()
    judge = NuggetJudge(embedder)
    judge.states("The package is lost", "Parcel missing")
    judge.states("The package is lost", "Parcel missing")
    assert len(embedder.asked) == len(set(embedder.asked))


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        pytest.param("Order W77 never came, for which they paid $1286.", (0,), id="id and amount"),
        pytest.param("The parcel is lost since 2026-05-06.", (1,), id="date in words"),
        pytest.param("The customer says: “I want a human now”.", (2,), id="quotation"),
        pytest.param("The bot tried 2 times.", (1, 2), id="number of turns"),
        pytest.param("The customer is not verified.", (1,), id="not verified"),
        pytest.param("They paid $1,286 for order W77.", (0,), id="thousands"),
        pytest.param("Their identity has not been checked.", (), id="what did not happen"),
    ],
)
def test_a_statement_whose_values_stand_in_its_turns_is_supported(text: str, turns: tuple[int, ...]) -> None:
    """Ids, amounts, dates and quotations are found in the cited turns, however they are written."""
    assert unsupported(a_line(text, *turns), SAID, VerificationLabel(status="failed")) is None


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        pytest.param("The customer wants a human.", (), id="no turn"),
        pytest.param("The customer wants a human.", (99,), id="a turn that is not there"),
        pytest.param("Order W77 never came.", (2,), id="id of another turn"),
        pytest.param("They paid $1,268.00.", (0,), id="swapped amount"),
        pytest.param("The customer says: “I want a manager”.", (2,), id="invented quotation"),
        pytest.param("The customer was verified.", (1,), id="false verified"),
    ],
)
def test_a_statement_that_its_turns_do_not_prove_is_unsupported(text: str, turns: tuple[int, ...]) -> None:
    """A missing proof, a foreign or swapped value, an invented quotation and a false verified are found."""
    assert unsupported(a_line(text, *turns), SAID, VerificationLabel(status="failed")) is not None


def test_the_summary_is_scored_on_nuggets_support_and_length() -> None:
    """By hand: one of two vital nuggets and two of three in all are stated; no line is unsupported; nine words."""
    text = "Order W77 is lost. The customer wants a human."
    nuggets = [
        {"text": "Order W77 lost", "importance": "vital"},
        {"text": "Paid 1286 by card", "importance": "vital"},
        {"text": "Wants human", "importance": "okay"},
    ]
    summary = Summary(headline="", text=text, lines=(a_line("Order W77 is lost.", 0, 1),))
    found = summary_scorer(NuggetJudge(PairedWords()))(a_case(nuggets=nuggets), an_answer(summary=summary))
    scores = {score.measure: score.records for score in found}
    assert scores["vital_nuggets"] == (Share(part=1, whole=2),)
    assert scores["all_nuggets"] == (Share(part=2, whole=3),)
    assert scores["unsupported_statements"] == (Amount(value=0),)
    assert scores["summary_words"] == (Amount(value=9),)
