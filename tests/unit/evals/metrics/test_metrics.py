"""Measures, with numbers worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.errors import NothingToScore, Undefined
from evals.metrics import (
    Amount,
    Counts,
    Pair,
    Ranked,
    Share,
    accuracy,
    bootstrap,
    confusion,
    f1,
    f1_by_label,
    f1_of,
    largest,
    macro_f1,
    mean,
    precision,
    rank_correlation,
    recall,
    share,
    total,
)

PAIRS = [
    Pair(truth=truth, guess=guess)
    for truth, guess in [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("b", "a"), ("c", "b")]
]


def test_accuracy_is_the_share_of_right_answers() -> None:
    """Three of six answers are right."""
    assert accuracy(PAIRS) == 3 / 6


def test_f1_of_each_label_by_hand() -> None:
    """By hand: a 2*2/(3+3), b 2*1/(2+3), c never answered."""
    assert f1_by_label(PAIRS) == {"a": 4 / 6, "b": 2 / 5, "c": 0.0}


def test_macro_f1_is_the_mean_over_labels() -> None:
    """By hand: (2/3 + 2/5 + 0) / 3 = 16/45."""
    assert macro_f1(PAIRS) == pytest.approx(16 / 45)


def test_f1_of_one_label_that_never_occurs_is_undefined() -> None:
    """A label that nobody gave or answered has no F1."""
    assert f1_of("a")(PAIRS) == 4 / 6
    with pytest.raises(Undefined):
        f1_of("z")(PAIRS)


def test_counts_are_added_over_cases_before_dividing() -> None:
    """By hand: 4 hits, 1 false, 3 missed: precision 4/5, recall 4/7, F1 8/12."""
    records = [Counts(hits=3, false=1, missed=0), Counts(hits=1, false=0, missed=3)]
    assert precision(records) == 4 / 5
    assert recall(records) == 4 / 7
    assert f1(records) == 8 / 12


def test_nothing_found_has_no_precision() -> None:
    """Where nothing was found, precision is undefined and recall is 0."""
    records = [Counts(hits=0, false=0, missed=2)]
    assert recall(records) == 0
    with pytest.raises(Undefined):
        precision(records)


def test_a_share_weighs_cases_by_their_size() -> None:
    """By hand: (1 + 3) of (2 + 8)."""
    assert share([Share(part=1, whole=2), Share(part=3, whole=8)]) == 4 / 10


def test_amounts_are_summed_averaged_and_compared() -> None:
    """By hand over 2, 3 and 7: sum 12, mean 4, largest 7."""
    records = [Amount(value=value) for value in (2, 3, 7)]
    assert (total(records), mean(records), largest(records)) == (12, 4, 7)


def test_rank_correlation_by_hand() -> None:
    """By hand: ranks 1 2 3 4 against 1 3 2 4: 1 - 6 * 2 / (4 * 15) = 0.8."""
    records = [Ranked(truth=truth, guess=guess) for truth, guess in [(-2, 0.1), (0, 0.5), (1, 0.4), (3, 0.9)]]
    assert rank_correlation(records) == pytest.approx(0.8)


def test_rank_correlation_of_equal_values_is_undefined() -> None:
    """An answer that never changes orders nothing."""
    with pytest.raises(Undefined):
        rank_correlation([Ranked(truth=1, guess=0), Ranked(truth=2, guess=0)])


@pytest.mark.parametrize(
    "measure",
    [accuracy, macro_f1, f1_of("a"), precision, recall, f1, share, total, mean, largest, rank_correlation],
)
def test_no_data_is_an_error_and_not_zero(measure: object) -> None:
    """Every measure refuses to measure nothing."""
    assert callable(measure)
    with pytest.raises(NothingToScore):
        measure([])


def test_a_share_of_nothing_is_an_error() -> None:
    """Cases without anything to count give no share."""
    with pytest.raises(Undefined):
        share([Share(part=0, whole=0)])


def test_confusion_counts_by_label_and_answer() -> None:
    """Named labels come first and stand even where they never occur."""
    matrix = confusion(PAIRS, labels=("b", "a", "d"))
    assert list(matrix) == ["b", "a", "d", "c"]
    assert matrix["a"] == {"b": 1, "a": 2, "d": 0, "c": 0}
    assert matrix["d"] == {"b": 0, "a": 0, "d": 0, "c": 0}


def test_the_interval_of_equal_answers_has_no_width() -> None:
    """Where every conversation is right, every resample is."""
    assert bootstrap([[PAIRS[0]]] * 5, accuracy) == (1.0, 1.0)


def test_the_interval_draws_whole_conversations() -> None:
    """One conversation with all the errors: a resample has 0, 1 or 2 copies of it, so accuracy is 1, 1/2 or 0."""
    right, wrong = [PAIRS[0]] * 10, [PAIRS[2]] * 10
    assert bootstrap([right, wrong], accuracy) == (0.0, 1.0)


def test_the_interval_is_the_same_each_time() -> None:
    """The seed is fixed, so that two runs can be compared."""
    groups = [[pair] for pair in PAIRS]
    assert bootstrap(groups, accuracy) == bootstrap(groups, accuracy)


def test_the_interval_of_nothing_is_an_error() -> None:
    """Nothing to draw from gives no bounds."""
    with pytest.raises(NothingToScore):
        bootstrap([], accuracy)


@given(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=30))
def test_an_interval_holds_the_value_of_its_sample(pairs: list[Pair]) -> None:
    """The accuracy of the sample lies between the bounds."""
    low, high = bootstrap([[pair] for pair in pairs], accuracy, resamples=200)
    assert low <= accuracy(pairs) <= high
