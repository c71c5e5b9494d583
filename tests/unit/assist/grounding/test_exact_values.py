"""Numbers, dates, times and ids are the same in any spelling."""

from decimal import Decimal

import pytest

from assist.grounding.dates import dates, times
from assist.grounding.numerals import numbers, spelt_as_digits
from assist.grounding.values import Kind, Source, Value, values


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("two hundred dollars", "200"),
        ("$1,000", "1000"),
        ("1000.00", "1000"),
        ("a hundred and five", "105"),
        ("twenty-five", "25"),
        ("two thousand three hundred", "2300"),
        ("the 25th", "25"),
        ("3k", "3000"),
    ],
)
def test_a_number_is_the_same_in_words_and_digits(text: str, number: str) -> None:
    """Every spelling gives the value."""
    assert numbers(text) == {Decimal(number)}


def test_digits_read_aloud_are_no_number() -> None:
    """A code spelt digit by digit is not added up."""
    assert spelt_as_digits("seven two five") == "seven two five"


@pytest.mark.parametrize(
    "text", ["May 6", "6 May", "6th of May", "May 6th, 2024", "2024-05-06", "06.05.2024", "05/06/2024"]
)
def test_a_date_is_the_same_in_any_form(text: str) -> None:
    """Each form names the sixth of May; one that can be read two ways does so among others."""
    assert dates(text)[0].agrees(dates("6 May 2024")[0])


def test_another_year_is_another_date() -> None:
    """Where both name a year, it counts."""
    assert not dates("6 May 2023")[0].agrees(dates("2024-05-06")[0])


@pytest.mark.parametrize("text", ["7 pm", "19:00", "7:00 p.m.", "7:00"])
def test_a_time_is_the_same_on_both_clocks(text: str) -> None:
    """Seven in the evening is among the readings."""
    assert any(19 * 60 in minutes for minutes in times(text).values())


def test_am_is_not_pm() -> None:
    """The half of the day counts."""
    assert not Source("the shuttle leaves at 7 am").holds(Value(Kind.TIME, "7 pm"))


def test_values_of_each_kind_are_found() -> None:
    """Ids, amounts, dates, times, addresses, placeholders and names are told apart."""
    found = {
        value.text: value.kind
        for value in values("Dr. Osei moved ZK41PB ([PIN_1]) to 3 June at 14:30 for $1,625 and wrote to a@b.example.")
    }
    assert found == {
        "[PIN_1]": Kind.PLACEHOLDER,
        "a@b.example": Kind.CONTACT,
        "3 June": Kind.DATE,
        "14:30": Kind.TIME,
        "ZK41PB": Kind.CODE,
        "$1,625": Kind.NUMBER,
        "Osei": Kind.NAME,
    }


def test_an_id_is_the_same_with_blanks_and_dashes() -> None:
    """What stands between the signs of an id does not matter, a sign less does."""
    source = Source("my ticket is TGR 5521 K")
    assert source.holds(Value(Kind.CODE, "TGR5521K"))
    assert not source.holds(Value(Kind.CODE, "TGR552"))


def test_the_month_may_stand_with_one_of_two_days() -> None:
    """From the 3rd of June to the 5th: both are days of June, and no other is."""
    source = Source("move it from the 3rd of June to the 5th")
    assert source.holds(Value(Kind.DATE, "5 June"))
    assert not source.holds(Value(Kind.DATE, "6 June"))
