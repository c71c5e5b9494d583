"""Calibration, rankings, checkers' balance, and paired comparisons, with numbers worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.errors import DataMissing, NothingToScore, Undefined
from evals.metrics import (
    Amount,
    Columns,
    Confidence,
    Filling,
    Pair,
    Record,
    accuracy,
    balanced_accuracy,
    calibration_error,
    curve,
    difference,
    f1_of,
    interval,
    macro_f1,
    mcnemar,
    mean,
    named,
    quantile,
    ranking,
    rate_of,
    wilson,
)


def judged(*said: tuple[str, str]) -> list[Pair]:
    """Return what a checker said of true and false statements."""
    return [Pair(truth=truth, guess=guess) for truth, guess in said]


SEEN = judged(
    ("true", "accepted"), ("true", "accepted"), ("true", "rejected"), ("false", "accepted"), ("false", "rejected")
)


def test_balanced_accuracy_weighs_both_kinds_equally() -> None:
    """By hand: 2 of 3 true statements accepted, 1 of 2 false ones rejected: (2/3 + 1/2) / 2 = 7/12."""
    assert balanced_accuracy(SEEN) == pytest.approx(7 / 12)


def test_balanced_accuracy_takes_both_kinds() -> None:
    """Without false statements it is not defined."""
    with pytest.raises(Undefined):
        balanced_accuracy(SEEN[:3])


def test_a_rate_is_of_one_label() -> None:
    """By hand: of three true statements two were accepted."""
    assert rate_of("true", "accepted")(SEEN) == pytest.approx(2 / 3)


def test_calibration_error_by_hand() -> None:
    """By hand: two at .9 of which one is right, gap .4; two at .2, none right, gap .2: (2 * .4 + 2 * .2) / 4 = .3."""
    records = [Confidence(confidence=c, right=r) for c, r in ((0.9, True), (0.9, False), (0.2, False), (0.2, False))]
    assert calibration_error(records) == pytest.approx(0.3)
    first, second = curve(Columns.of(records))
    assert (first.low, first.n, first.right) == (0.2, 2, 0.0)
    assert (second.low, second.n, second.right) == (0.9, 2, 0.5)


def test_full_confidence_falls_into_the_last_bin() -> None:
    """1.0 has a place."""
    assert calibration_error([Confidence(confidence=1.0, right=True)]) == 0


def test_ranking_by_hand() -> None:
    """By hand: the one relevant thing stands second: reciprocal rank 1/2, nDCG 1 / log2(3)."""
    found = ranking(["a", "b", "c"], {"b"})
    assert (found.hit_at_1, found.hit_at_3, found.reciprocal_rank) == (0.0, 1.0, 0.5)
    assert found.ndcg_at_10 == pytest.approx(0.63093, abs=1e-5)


def test_a_ranking_that_found_nothing_is_wrong_and_one_without_labels_not_scored() -> None:
    """Finding nothing is 0; nothing to find is an error."""
    assert ranking([], {"b"}).ndcg_at_10 == 0
    with pytest.raises(NothingToScore):
        ranking(["a"], set())


def test_a_quantile_lies_below_the_largest() -> None:
    """By hand: of 1, 2 and 3 the middle is 2."""
    assert quantile(0.5)([Amount(value=v) for v in (3, 1, 2)]) == 2


@pytest.mark.parametrize("name", ["accuracy", "f1_of:true", "rate_of:true:accepted", "quantile:0.95", "macro_f1"])
def test_a_measure_is_found_by_its_name(name: str) -> None:
    """What the log names, a report can compute."""
    assert named(name).name == name


def test_an_unknown_measure_is_refused_with_the_list() -> None:
    """The message names those that there are."""
    with pytest.raises(DataMissing, match="accuracy"):
        named("beauty")


def columns_of(*units: list[Record]) -> Columns:
    """Return columns with one conversation a list."""
    filling = Filling()
    for unit, records in enumerate(units):
        for record in records:
            filling.add(unit, record)
    return filling.columns()


def test_a_difference_is_paired_by_conversation() -> None:
    """By hand: 2 of 4 right before, 4 of 4 after; of 16 ways to swap two flips, half reach the gap of .5: p near .5."""
    right, wrong = Pair(truth="a", guess="a"), Pair(truth="a", guess="b")
    before, after = columns_of([right], [right], [wrong], [wrong]), columns_of([right], [right], [right], [right])
    found = difference(before, after, accuracy)
    assert (found.before, found.after, found.change, found.units) == (0.5, 1.0, 0.5, 4)
    assert found.p == pytest.approx(0.5, abs=0.05)
    assert found.low <= 0.5 <= found.high


def test_a_run_does_not_differ_from_itself() -> None:
    """No change, and no evidence of any."""
    same = columns_of([Amount(value=1)], [Amount(value=3)])
    found = difference(same, same, mean)
    assert (found.change, found.p, found.low, found.high) == (0.0, 1.0, 0.0, 0.0)


def test_runs_without_a_common_conversation_cannot_be_compared() -> None:
    """The message says what to do."""
    one = columns_of([Amount(value=1)])
    other = columns_of([], [Amount(value=1)])
    with pytest.raises(NothingToScore, match="same data"):
        difference(one, other, mean)


def test_labels_that_only_one_run_answered_do_not_disturb() -> None:
    """By hand: b is a's right answer in neither; accuracy 1/2 before and 0 after."""
    before = columns_of([Pair(truth="a", guess="a")], [Pair(truth="a", guess="c")])
    after = columns_of([Pair(truth="a", guess="b")], [Pair(truth="a", guess="c")])
    assert difference(before, after, accuracy).change == -0.5
    assert difference(before, after, macro_f1).change < 0


def test_mcnemar_by_hand() -> None:
    """By hand: five conversations gained and none lost: 2 / 2**5."""
    assert mcnemar(5, 0) == pytest.approx(2 / 2**5)
    assert mcnemar(0, 0) == 1.0


_RECORDS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("abc")).map(lambda p: Pair(truth=p[0], guess=p[1])),
    min_size=1,
    max_size=6,
)


@given(st.lists(_RECORDS, min_size=1, max_size=8))
def test_resampling_by_sums_agrees_with_the_plain_value(groups: list[list[Record]]) -> None:
    """Adding up conversations first changes no value: that of the whole lies where drawing each once puts it."""
    columns = columns_of(*groups)
    flat = [record for group in groups for record in group]
    for measure in (accuracy, macro_f1):
        assert measure.of(columns) == pytest.approx(measure(flat))
        low, high = interval(columns, measure, resamples=100)
        assert 0 <= low <= high <= 1


def test_the_f1_of_a_label_survives_a_subset() -> None:
    """Labels keep their index when records are left out."""
    columns = Columns.of(judged(("x", "x"), ("true", "true")))
    assert f1_of("true").of(columns.only(columns.units == 1)) == 1.0


def test_all_right_of_few_leaves_doubt() -> None:
    """By hand, Wilson for 12 of 12: 1 / (1 + 1.96**2 / 12) = .757 at the low end; for none of 12 the mirror image."""
    low, high = wilson(12, 12)
    assert (low, high) == pytest.approx((0.7575, 1.0), abs=1e-3)
    assert wilson(0, 12) == pytest.approx((0.0, 1 - 0.7575), abs=1e-3)
