"""Kappa and alpha against published examples, and by what must always hold."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from evals.agreement import cohen_kappa, krippendorff_alpha
from evals.errors import NothingToScore, Undefined
from evals.metrics import Pair

LABELS = st.sampled_from("abcd")
UNITS = st.lists(st.lists(LABELS, min_size=2, max_size=4), min_size=2, max_size=25)


def pairs(table: Sequence[Sequence[int]]) -> list[Pair]:
    """Return the pairs of a square table of counts."""
    return [
        Pair(truth=str(row), guess=str(column))
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


def columns(*raters: str) -> list[list[str]]:
    """Return units of raters' rows of labels, `.` for none."""
    return [[label for label in unit if label != "."] for unit in zip(*raters, strict=True)]


def test_kappa_of_cohens_own_table() -> None:
    """Cohen (1960): p_o = (88 + 40 + 12) / 200 = .70, p_e = .6 * .5 + .3 * .3 + .1 * .2 = .41, kappa = .29 / .59 = .492."""
    found = cohen_kappa(pairs([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))
    assert found == pytest.approx(0.29 / 0.59, abs=1e-12)
    assert round(found, 3) == 0.492


def test_kappa_below_chance_is_negative() -> None:
    """Cohen (1960): proportions with p_o = .29 and p_e = .35 give -.09."""
    assert round(cohen_kappa(pairs([[25, 13, 12], [12, 2, 16], [3, 15, 2]])), 2) == -0.09


def test_alpha_of_two_observers_with_two_values() -> None:
    """Krippendorff (2011), A: two observers, ten units, binary: alpha = .095."""
    found = krippendorff_alpha(columns("0100000010", "1110010000"))
    assert round(found.value, 3) == 0.095
    assert found.units == 10


def test_alpha_of_two_observers_with_any_values() -> None:
    """Krippendorff (2011), B: two observers, twelve units, five values: alpha = .692."""
    assert round(krippendorff_alpha(columns("aabbdcccedda", "babbbccceddd")).value, 3) == 0.692


def test_alpha_of_many_observers_with_gaps() -> None:
    """Krippendorff (2011), C: four observers, twelve units, missing values: alpha = .743; the unit with one label does not count."""
    found = krippendorff_alpha(columns("123321412...", "1233224125.3", ".3332342251.", "12332441251."))
    assert round(found.value, 3) == 0.743
    assert found.units == 11


@given(st.lists(st.tuples(LABELS, LABELS), min_size=2, max_size=40))
@settings(max_examples=60, deadline=None)
def test_kappa_is_that_of_scikit_learn(both: list[tuple[str, str]]) -> None:
    """Another implementation gives the same number."""
    assume(len({label for pair in both for label in pair}) > 1)
    expected = cohen_kappa_score([one for one, _ in both], [other for _, other in both])
    found = cohen_kappa([Pair(truth=one, guess=other) for one, other in both])
    assert found == pytest.approx(expected, abs=1e-9)


@given(UNITS, st.permutations("abcd"))
@settings(max_examples=40, deadline=None)
def test_alpha_asks_neither_for_names_nor_for_order(units: list[list[str]], names: Sequence[str]) -> None:
    """Labels renamed, raters and units in another order: the same alpha, at most 1, and its interval holds."""
    assume(len({label for unit in units for label in unit}) > 1)
    found = krippendorff_alpha(units).value
    renamed = [[names["abcd".index(label)] for label in reversed(unit)] for unit in reversed(units)]
    assert found == pytest.approx(krippendorff_alpha(renamed).value, abs=1e-9)
    assert found <= 1 + 1e-9


@given(st.lists(LABELS, min_size=2, max_size=20), st.integers(2, 4))
@settings(max_examples=30, deadline=None)
def test_full_agreement_is_one(said: list[str], people: int) -> None:
    """Where all say the same of every unit, and not one word throughout, both measures are 1."""
    assume(len(set(said)) > 1)
    assert krippendorff_alpha([[label] * people for label in said]).value == pytest.approx(1)
    assert cohen_kappa([Pair(truth=label, guess=label) for label in said]) == pytest.approx(1)


@given(UNITS)
@settings(max_examples=30, deadline=None)
def test_a_unit_with_one_label_changes_nothing(units: list[list[str]]) -> None:
    """What one person labelled alone says nothing of agreement."""
    assume(len({label for unit in units for label in unit}) > 1)
    assert krippendorff_alpha([*units, ["z"]]) == krippendorff_alpha(units)


def test_one_label_throughout_is_not_defined() -> None:
    """Nothing could have been said otherwise: neither 0 nor 1."""
    with pytest.raises(Undefined, match="same one label"):
        krippendorff_alpha([["a", "a"], ["a", "a"]])
    with pytest.raises(Undefined, match="same one label"):
        cohen_kappa([Pair(truth="a", guess="a")] * 3)


def test_nobody_to_agree_with_is_an_error() -> None:
    """One person alone does not agree at 1."""
    with pytest.raises(NothingToScore):
        krippendorff_alpha([["a"], ["b"]])


def test_the_interval_narrows_with_more_units() -> None:
    """Ten times the units, a narrower interval around the same value."""
    few = columns("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    one, many = krippendorff_alpha(few), krippendorff_alpha(few * 10)
    assert one.low < one.value < one.high
    assert many.high - many.low < one.high - one.low
    assert math.isclose(one.value, many.value, abs_tol=0.02)
