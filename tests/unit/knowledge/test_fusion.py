"""Joining vectors and scores, with numbers worked by hand."""

import numpy as np
import pytest

from knowledge.fusion import blended, weighted


def test_scores_add_up_by_weight() -> None:
    """a: 0.9 + 0.5 * 0 = 0.9; b: 0.6 + 0.5 * 1 = 1.1, so b comes first."""
    assert weighted([(1.0, {"a": 0.9, "b": 0.6}), (0.5, {"a": 0.0, "b": 1.0})]) == pytest.approx({"b": 1.1, "a": 0.9})


def test_a_name_that_a_leg_lacks_gets_the_legs_least() -> None:
    """In the second leg alone, c gets 0.6 (the least of the first) + 0.5 * 1 = 1.1."""
    fused = weighted([(1.0, {"a": 0.9, "b": 0.6}), (0.5, {"a": 0.0, "c": 1.0})])
    assert fused == pytest.approx({"c": 1.1, "a": 0.9, "b": 0.6})


def test_ties_are_in_the_order_of_names() -> None:
    """The same question always has the same answer."""
    assert list(weighted([(1.0, {"b": 0.5, "a": 0.5})])) == ["a", "b"]


def test_nothing_joined_is_nothing() -> None:
    """No leg, no name."""
    assert weighted([]) == {}


def test_a_blend_lies_between_its_parts() -> None:
    """(3, 0) + (0, 4) = (3, 4), of length 5: (0.6, 0.8)."""
    north, east = np.array([1.0, 0.0], dtype=np.float32), np.array([0.0, 1.0], dtype=np.float32)
    assert list(blended([(3.0, north), (4.0, east)])) == pytest.approx([0.6, 0.8])


def test_a_row_joins_every_row() -> None:
    """One title is blended into each passage of its article."""
    rows, title = np.eye(2, dtype=np.float32), np.array([1.0, 0.0], dtype=np.float32)
    made = blended([(1.0, rows), (1.0, title)])
    assert made.tolist() == [pytest.approx([1.0, 0.0]), pytest.approx([0.5**0.5, 0.5**0.5])]


def test_opposites_cancel_without_a_division_by_zero() -> None:
    """What has no direction stays zero."""
    north = np.array([1.0, 0.0], dtype=np.float32)
    assert blended([(1.0, north), (1.0, -north)]).tolist() == [0.0, 0.0]
