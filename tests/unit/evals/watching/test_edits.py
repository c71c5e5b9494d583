"""How much of a statement an agent rewrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.watching.edits import edit_distance

WORDS = st.text(alphabet="abc ", max_size=12)


def by_definition(one: str, other: str) -> int:
    """Return the edit distance by the recursion that defines it."""
    rows = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, start=1):
        for j, b in enumerate(other, start=1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
    return rows[-1][-1]


@pytest.mark.parametrize(
    ("before", "after", "distance"),
    [
        pytest.param("kitten", "sitting", 3 / 7, id="three-of-seven"),
        pytest.param("same", "same ", 0.0, id="space-at-the-end"),
        pytest.param("", "new", 1.0, id="all-new"),
        pytest.param("gone", "", 1.0, id="all-gone"),
        pytest.param("", "", 0.0, id="nothing"),
    ],
)
def test_worked_examples(before: str, after: str, distance: float) -> None:
    """The classic: two replaced and one inserted, of seven characters."""
    assert edit_distance(before, after) == pytest.approx(distance)


@given(WORDS, WORDS)
def test_it_is_the_distance_of_the_definition(before: str, after: str) -> None:
    """The rows computed at once give what the recursion gives."""
    one, other = before.strip(), after.strip()
    longer = max(len(one), len(other), 1)
    assert edit_distance(before, after) == pytest.approx(by_definition(one, other) / longer)


def test_a_text_without_end_is_cut() -> None:
    """A pasted book costs no more than two thousand characters."""
    assert edit_distance("a" * 100_000, "b" * 100_000) == 1.0
