"""Sums of money among the facts."""

import pytest

from assist.actions.amounts import amount, at_stake
from assist.domain.findings import Fact


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1,234.50", 1234.5),
        ("1.234,50 EUR", 1234.5),
        ("1,234", 1234.0),
        ("12,5", 12.5),
        ("500", 500.0),
        ("USD 99.99", 99.99),
        ("40 dollars", 40.0),
        ("gift_card_77", None),
        ("about a hundred", None),
    ],
)
def test_a_sum_is_read_as_people_write_it(text: str, value: float | None) -> None:
    """Currency signs, thousands and either decimal mark are understood; other values are no sums."""
    assert amount(text) == value


def test_the_largest_sum_is_at_stake() -> None:
    """Only facts named as money count, and of them the largest."""
    facts = [("order_id", "99999"), ("fee", "$20"), ("total_price", "$80")]
    assert at_stake(Fact(name=name, value=value, turns=()) for name, value in facts) == 80.0


def test_without_a_sum_nothing_is_known() -> None:
    """No money among the facts is not the same as zero."""
    assert at_stake([Fact(name="order_id", value="5", turns=())]) is None
