"""How far two samples lie apart; the numbers are worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.errors import NothingToScore
from evals.metrics.divergence import chance, chance_index, holm, jensen_shannon, stability_index

ROWS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8).filter(
    lambda pairs: sum(a for a, _ in pairs) > 0 and sum(b for _, b in pairs) > 0
)


def test_the_stability_index_of_two_labels() -> None:
    """With half a packet added, 30 of 40 and 10 of 40 are 30.5/41 and 10.5/41: 2 * (20/41) * ln(30.5/10.5) = 1.0404."""
    assert stability_index(np.array([30.0, 10.0]), np.array([10.0, 30.0])) == pytest.approx(
        2 * 20 / 41 * math.log(30.5 / 10.5)
    )


def test_samples_that_share_no_label_are_one_bit_apart() -> None:
    """Each lies one bit from their middle; alike ones lie 0 apart."""
    assert jensen_shannon(np.array([5.0, 0.0]), np.array([0.0, 9.0])) == pytest.approx(1.0)
    assert jensen_shannon(np.array([5.0, 5.0]), np.array([50.0, 50.0])) == pytest.approx(0.0)


@given(ROWS)
def test_both_are_symmetric_and_never_negative(pairs: list[tuple[int, int]]) -> None:
    """Which window comes first does not matter, and the divergence is at most one bit."""
    now, before = (np.array(row, dtype=np.float64) for row in zip(*pairs, strict=True))
    for measure in (stability_index, jensen_shannon):
        assert measure(now, before) == pytest.approx(float(measure(before, now)), abs=1e-9)
        assert measure(now, before) >= -1e-12
    assert jensen_shannon(now, before) <= 1 + 1e-9


def test_small_samples_lie_apart_by_chance() -> None:
    """Five labels in 50 and 100 packets: 4 * (1/50 + 1/100) = 0.12, above the 0.1 that is worth a look."""
    assert chance_index(np.array([10] * 5), np.array([20] * 5)) == pytest.approx(0.12)


def test_a_permutation_finds_fishers_exact_p_value() -> None:
    """3 of 3 against 0 of 3 happens in 2 of the 20 ways to hand them out: p = 0.1."""
    p = chance(np.array([3, 0]), np.array([0, 3]), lambda a, b: a[..., 0] / 3 - b[..., 0] / 3)
    assert p == pytest.approx(0.1, abs=0.04)


def test_what_is_sure_gets_a_p_value_small_enough_to_be_raised() -> None:
    """Two windows that share nothing are told apart at 1 in 100,000, so that hundreds of measures can be tested together."""
    assert chance(np.array([300, 0]), np.array([0, 300]), stability_index) == pytest.approx(1e-5)


def test_chance_alone_is_seldom_called_a_shift() -> None:
    """Of 200 pairs of samples from one population, about 5 % fall below p = 0.05: at most 10 %, and not none."""
    drawing = np.random.default_rng(7)
    parts = [0.4, 0.3, 0.2, 0.1]
    pairs = [(drawing.multinomial(40, parts), drawing.multinomial(120, parts)) for _ in range(200)]
    below = sum(chance(now, before, stability_index, seed=i) < 0.05 for i, (now, before) in enumerate(pairs))
    assert 0 < below <= 20


def test_an_empty_window_is_an_error_not_a_zero() -> None:
    """There is nothing to hold against each other."""
    with pytest.raises(NothingToScore, match="empty"):
        chance(np.array([0, 0]), np.array([3, 4]), stability_index)


def test_p_values_are_raised_for_their_number() -> None:
    """0.01 * 3 = 0.03; 0.02 * 2 = 0.04; 0.03 * 1 stays at 0.04, since no later one is lower."""
    assert holm([0.03, 0.01, 0.02]) == pytest.approx([0.04, 0.03, 0.04])
    assert holm([]) == []
