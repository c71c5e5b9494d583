"""JSON that a platform cut off is read as far as it goes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from assist.analysis.tools.cut_json import parsed_json

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def test_the_part_before_the_cut_is_kept() -> None:
    """What came whole before the cut is there, what was cut is not."""
    assert parsed_json('{"id": "A1", "items": [{"name": "a, b", "price": 3}, {"na') == {
        "id": "A1",
        "items": [{"name": "a, b", "price": 3}],
    }


def test_prose_is_no_json() -> None:
    """A sentence gives nothing."""
    assert parsed_json("Hello, world") is None


def test_absurd_nesting_is_survived() -> None:
    """Brackets nested deeper than any answer give nothing, and no error."""
    assert parsed_json('{"a":[' * 50_000) is None


@given(value=_VALUES, cut=st.integers(min_value=0, max_value=400))
def test_any_cut_is_survived(value: object, cut: int) -> None:
    """A whole text gives its value, and no cut of it raises."""
    text = json.dumps(value)
    assert parsed_json(text) == value
    parsed_json(text[:cut])
