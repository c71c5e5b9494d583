"""Joining two legs of a search keeps what both agree on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fusion import blended, weighted

SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 1, width=32), max_size=8)
WEIGHTS = st.floats(0.125, 4, width=32)


@given(one=SCORES, two=SCORES, weight=WEIGHTS)
def test_every_name_of_either_leg_is_scored(one: dict[str, float], two: dict[str, float], weight: float) -> None:
    """Nothing that a leg found is lost, and nothing is made up."""
    assert set(weighted([(1.0, one), (weight, two)])) == one.keys() | two.keys()


@given(one=SCORES, two=SCORES, weight=WEIGHTS)
def test_best_comes_first(one: dict[str, float], two: dict[str, float], weight: float) -> None:
    """Scores fall from the first to the last."""
    scores = list(weighted([(1.0, one), (weight, two)]).values())
    assert scores == sorted(scores, reverse=True)


@given(one=SCORES, two=SCORES, weight=WEIGHTS, rise=st.floats(0, 1, width=32), data=st.data())
def test_a_better_score_in_one_leg_never_lowers_a_name(
    one: dict[str, float], two: dict[str, float], weight: float, rise: float, data: st.DataObject
) -> None:
    """Fusion is monotone: who improves in a leg does not fall behind somebody they were before."""
    if not one:
        return
    name = data.draw(st.sampled_from(sorted(one)))
    before = weighted([(1.0, one), (weight, two)])
    after = weighted([(1.0, one | {name: one[name] + rise}), (weight, two)])
    beaten = {other for other in before if before[other] < before[name] - 1e-6}
    # A name that the leg lacks gets the leg's least score, which rises where this name had it.
    known = {other for other in beaten if other in one}
    assert all(after[other] < after[name] for other in known)


@given(legs=SCORES, weight=WEIGHTS)
def test_one_leg_alone_keeps_its_order(legs: dict[str, float], weight: float) -> None:
    """With one leg the fused order is that leg's."""
    expected = sorted(legs, key=lambda name: (-weight * legs[name], name))
    assert list(weighted([(weight, legs)])) == expected


@given(seed=st.integers(0, 10_000), weights=st.lists(WEIGHTS, min_size=1, max_size=4))
def test_a_blend_has_length_one(seed: int, weights: list[float]) -> None:
    """Rows blended with any weights are unit rows again."""
    rows = np.random.default_rng(seed).normal(size=(len(weights), 3, 8)).astype(np.float32)
    made = blended(list(zip(weights, rows, strict=True)))
    assert np.linalg.norm(made, axis=1) == pytest.approx([1.0, 1.0, 1.0], abs=1e-5)
