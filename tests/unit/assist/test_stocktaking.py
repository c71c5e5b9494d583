"""What handoffs say of the articles."""

import pytest

from assist.domain.transcript import Transcript
from assist.stocktaking import _need

PACKET = {"id": "ho_1", "intent": "rental", "demands": set[int]()}


def need_of(*texts: str, turns: tuple[int, ...] = (), demands: tuple[int, ...] = ()) -> tuple[int, str] | None:
    """Return turn and text of what the customer needed; every other turn is the bot's."""
    said = [{"role": "bot" if at % 2 else "customer", "text": text} for at, text in enumerate(texts)]
    found = _need({**PACKET, "turns": list(turns), "demands": set(demands)}, Transcript.model_validate({"turns": said}))
    return (found.turn, found.text) if found else None


def test_the_turn_that_shows_the_intent_says_the_need() -> None:
    """Not the greeting, and not what was said before."""
    said = ("My kettle is red, by the way", "Hello", "I want to rent a tent")
    assert need_of(*said, turns=(2,)) == (2, "I want to rent a tent")


def test_a_turn_of_one_word_says_no_need() -> None:
    """The first that says enough counts instead."""
    assert need_of("hi", "Hello", "Can I rent a party tent?", turns=(0,)) == (2, "Can I rent a party tent?")


@pytest.mark.parametrize("texts", [("hi",), ("agent", "Sorry?", "human"), ("", "Hello")])
def test_who_said_nothing_needed_nothing_known(texts: tuple[str, ...]) -> None:
    """A bare demand for a human is no gap in the articles."""
    assert need_of(*texts) is None


def test_a_demand_for_a_human_is_no_need() -> None:
    """What the customer wanted besides is; where there is nothing else, there is none."""
    demand = "I want to talk to a real person"
    assert need_of(demand, "Why?", "I want to rent a tent", demands=(0,)) == (2, "I want to rent a tent")
    assert need_of(demand, "Why?", turns=(0,), demands=(0,)) is None


def test_what_the_bot_said_is_no_need() -> None:
    """Only customers need something."""
    assert need_of("hi", "Do you want to rent a party tent?", turns=(1,)) is None
