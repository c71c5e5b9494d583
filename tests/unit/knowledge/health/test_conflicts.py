"""Sentences that contradict each other, and sentences that only look so."""

import pytest

from knowledge.health.conflicts import candidates, likeness
from knowledge.health.quantities import quantities
from knowledge.health.report import Differing
from knowledge.health.sentences import sentences


def kinds(one: str, other: str, *, meaning: float = 0.85) -> list[Differing]:
    """Return in what two texts contradict each other, at a given likeness of meaning."""
    found = candidates(list(sentences(one)), list(sentences(other)))
    return [each.kind for each in found if likeness(each, meaning) is not None]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Unused items can be returned within 30 days.", "You may return unused items within two weeks.", "duration"),
        ("A late fee of $10 is charged.", "The late fee is 15 dollars.", "amount"),
        ("Interest on an overdraft is 12 % a year.", "Overdraft interest is 15 percent a year.", "percentage"),
        ("The sale ends on May 6, 2027.", "The sale ends on 2027-05-09.", "date"),
        ("A booking holds up to 4 passengers.", "A booking holds up to nine passengers.", "number"),
        ("Gift cards can be refunded.", "Gift cards cannot be refunded.", "permission"),
    ],
)
def test_what_differs_in_one_thing_is_told(one: str, other: str, kind: str) -> None:
    """Amounts, percentages, durations, dates, counts and permissions, however they are written."""
    assert kinds(one, other) == [kind]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("A refund for a parcel takes two weeks.", "A refund for a parcel takes 14 days.", id="same, other unit"),
        pytest.param("The gold card costs $50 a year.", "The silver card costs $20 a year.", id="two cases"),
        pytest.param("A return is free for 30 days.", "A return costs $6.95.", id="not comparable"),
        pytest.param("Refunds take 3 to 5 days.", "Refunds take 5 days.", id="a value in common"),
        pytest.param("Refunds take 5 business days.", "Refunds take 7 days.", id="working days are no days"),
        pytest.param("Orders can be cancelled.", "Orders cannot be cancelled if they were shipped.", id="a condition"),
        pytest.param("Can a gift card be refunded?", "Gift cards cannot be refunded.", id="a question"),
        pytest.param("Call 555-0142 for tents.", "Call 555-0199 for tents.", id="a phone number"),
    ],
)  # fmt: skip
def test_what_is_no_contradiction_is_not(one: str, other: str) -> None:
    """The same in other units, different cases, conditions, questions, and what cannot be compared."""
    assert kinds(one, other) == []


def test_sentences_of_very_different_words_need_the_same_meaning() -> None:
    """Few words in common count only where a model finds the sentences alike."""
    one, other = "Late bills cost $10.", "A bill paid late costs $15 at the end of each month by direct debit."
    assert kinds(one, other, meaning=0.5) == []


def test_quantities_come_in_one_unit() -> None:
    """Two weeks are 336 hours, cents are parts of a dollar, and nothing is counted twice."""
    found = [
        (each.kind.value, each.unit, each.value) for each in quantities("50 cents for two weeks, 1,250 items, 5 %")
    ]
    assert found == [
        ("amount", "usd", "0.5"),
        ("duration", "hours", "336"),
        ("number", "item", "1250"),
        ("percentage", "%", "5"),
    ]


def test_lists_and_tables_are_read_as_sentences() -> None:
    """An item and a row each say something; headings and rules do not."""
    text = "## Fees\n\n- A late bill costs **$10**.\n\n| Matter | Fee |\n|---|---|\n| Late bill | $15 |\n"
    assert [each.text for each in sentences(text)] == ["A late bill costs $10.", "Late bill, $15"]
