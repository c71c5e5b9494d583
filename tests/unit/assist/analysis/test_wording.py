"""Turning words round: person, tense, order and length."""

import pytest

from assist.analysis.speech.questions import indirect
from assist.analysis.speech.wording import listed, past, shortened, third_person


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I'm sick and can't fly", "they are sick and cannot fly"),
        ("I've changed my mind and don't want it", "they have changed their mind and do not want it"),
        ("someone's been using my card", "someone has been using their card"),
        ("change the passenger to myself", "change the passenger to themselves"),
    ],
)
def test_the_customer_is_they(said: str, told: str) -> None:
    """What customers say of themselves is told of them."""
    assert third_person(said, by_customer=True) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I'm unable to change your booking", "it is unable to change their booking"),
        ("I need your address so you can print a label", "it needs their address so they can print a label"),
        ("I can offer you a voucher", "it can offer them a voucher"),
        ("we don't understand what you mean", "it does not understand what they mean"),
    ],
)
def test_the_bot_is_it_and_the_customer_they(said: str, told: str) -> None:
    """What bots say of themselves and the customer is told of both."""
    assert third_person(said, by_customer=False) == told


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("Look up order 5", "looked up order 5"),
        ("Looked up order 5", "looked up order 5"),
        ("Try again", "tried again"),
    ],
)
def test_actions_come_in_the_past(action: str, told: str) -> None:
    """Imperatives become past, and what is past stays."""
    assert past(action) == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is the flat haunted?", "whether the flat is haunted"),
        ("Have you paid the fee?", "whether they have paid the fee"),
        ("what am I supposed to do now", "what they are supposed to do now"),
        ("What are the shipping fees?", "what the shipping fees are"),
        ("how much is on my gift card", "how much is on their gift card"),
        ("Why was I charged twice?", "why they were charged twice"),
        ("What's the status of my order?", "what the status of their order is"),
        ("When will my parcel arrive?", "when their parcel will arrive"),
        ("What time does the flight leave?", "what time the flight leaves"),
        ("Who moved it?", "who moved it"),
    ],
)
def test_questions_go_inside_a_sentence(question: str, told: str) -> None:
    """A question becomes its indirect form."""
    by_customer = "you" not in question
    assert indirect(question, by_customer=by_customer) == told


def test_lists_read_as_people_write_them() -> None:
    """Commas and a last word between."""
    assert listed(["a", "b", "c"], last="or") == "a, b or c"


def test_a_long_clause_is_cut_where_a_phrase_ends() -> None:
    """No cut leaves a preposition or an article hanging."""
    text = "move the flights of the whole family out by two days in the first week of the next month"
    cut = shortened(text, words=12)
    assert cut == "move the flights of the whole family out by two days"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "MY ORDER WAS CANCELLED AND YOU STILL HAVE MY MONEY",
            "their order was cancelled and the company still has their money",
        ),
        ("you keep sending me in circles", "the company keeps sending them in circles"),
        ("I did NOT order W1234567", "they did not order W1234567"),
    ],
)
def test_shouting_is_calmed_and_you_are_the_company(said: str, told: str) -> None:
    """Capitals that only shout become small, and "you" is the company, with its verb."""
    assert third_person(said, by_customer=True) == told


def test_you_before_a_verb_is_the_subject() -> None:
    """The words "the address you name" are told as "the address they name"."""
    assert third_person("the address you name is on file", by_customer=False) == "the address they name is on file"
