"""Scorers of a summary's text, with numbers worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics import Amount, Share
from evals.scorers.fidelity import score_fidelity, unheard_names
from evals.scorers.likeness import likeness
from evals.scorers.readability import reading_ease, score_readability
from evals.scorers.rouge import overlap, score_rouge, subsequence
from evals.scorers.words import WordVectors, sentences, words
from tests.unit.evals.answers import SAID, a_case
from tests.unit.evals.scorers.test_summary import PairedWords

_WORDS = st.lists(st.sampled_from("abcd"), max_size=12)


def test_rouge_counts_words_pairs_and_order_by_hand() -> None:
    """By hand: reference "the parcel was lost", summary "parcel lost the": 3 of 4 and 3, no pair, the longest run in order 2."""
    case = a_case(reference_summary="the parcel was lost")
    values = {score.measure: score.records for score in score_rouge(case, "Parcel lost the.")}
    assert values["rouge_1"] == (Amount(value=2 * 3 / 7),)
    assert values["rouge_2"] == (Amount(value=0.0),)
    assert values["rouge_l"] == (Amount(value=2 * 2 / 7),)


def test_rouge_compares_stems() -> None:
    """Refunds, refunded and refund are one word."""
    (first, *_) = score_rouge(a_case(reference_summary="refunded"), "refunds")
    assert first.records == (Amount(value=1.0),)


def test_rouge_without_a_reference_is_not_scored() -> None:
    """Nobody wrote one: not 0."""
    assert {score.unscored for score in score_rouge(a_case(), "x")} == {"no reference summary"}


@given(_WORDS, _WORDS)
def test_order_never_gives_more_than_words(one: list[str], other: list[str]) -> None:
    """The longest common subsequence is no longer than what both hold; both measures are symmetric and 1 for equal texts."""
    assert subsequence(one, other) <= overlap(one, other) + 1e-9
    assert subsequence(one, other) == pytest.approx(subsequence(other, one))
    assert overlap(one, one) == subsequence(one, one) == (1.0 if one else 0.0)


def test_likeness_matches_each_word_with_its_best() -> None:
    """By hand: parcel is like package, W77 equal, yesterday like nothing: recall 2/3, precision 2/2, F1 4/5."""
    vectors = WordVectors(PairedWords())
    assert likeness("Parcel W77 yesterday", "package w77", vectors) == pytest.approx(4 / 5)


def test_likeness_of_nothing_is_zero() -> None:
    """A lost summary is like nothing."""
    assert likeness("a parcel", "", WordVectors(PairedWords())) == 0


def test_words_and_sentences_keep_numbers_and_addresses_whole() -> None:
    """A point inside an amount ends no sentence, in any script."""
    assert words("Paid $1,286.50 für Ada’s Kühlschrank") == ["paid", "1286.50", "für", "ada’s", "kühlschrank"]
    assert len(sentences("They paid 12.50 to a@b.com. Then they left!")) == 2


def test_reading_ease_by_hand() -> None:
    """By hand: one sentence, three words of one syllable: 206.835 - 1.015 * 3 - 84.6."""
    assert reading_ease("The cat sat.") == pytest.approx(206.835 - 3.045 - 84.6)


def test_long_words_read_worse() -> None:
    """The measure goes down with syllables."""
    assert reading_ease("The cat sat.") > reading_ease("Verification documentation necessitated reconsideration.")


def test_an_empty_summary_has_a_length_but_no_reading_ease() -> None:
    """Nothing to read is not hard to read."""
    scores = {score.measure: score for score in score_readability("")}
    assert scores["summary_words"].records == (Amount(value=0),)
    assert scores["reading_ease"].unscored == "the summary is empty"


def test_fidelity_counts_numbers_and_names_that_were_said() -> None:
    """By hand: W77 and 1286 were said and 99 was not; Ada was heard, Quimby was not."""
    numbers, names = score_fidelity("For W77 they paid $1286, not 99, says Ada to Quimby.", SAID)
    assert numbers.records == (Share(part=2, whole=3),)
    assert names.records == (Share(part=1, whole=2),)
    assert {mistake.detail for mistake in (*numbers.mistakes, *names.mistakes)} == {"'99'", "'Quimby'"}


@pytest.mark.parametrize(
    "text",
    ["Their parcel is lost. They wait.", "It said: “Gone.” Their parcel", "Due on Monday in May", "Ada Lark called"],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    """The beginning of a sentence, days and months are no names; a heard one is right."""
    assert unheard_names(text, "ada lark") == []
