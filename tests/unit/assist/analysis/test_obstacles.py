"""Why a bot gets no further, as its turns say it."""

import pytest

from assist.analysis.triggers.obstacles import Obstacle, Obstacles
from tests.builders import bot, customer
from tests.unit.assist.analysis.cases import a_case, packaged


@pytest.fixture(scope="module")
def obstacles() -> Obstacles:
    """Return the reader, taught."""
    return Obstacles.taught(packaged())


@pytest.mark.parametrize(
    ("text", "obstacle"),
    [
        ("Your weekly limit is $400, so I can't pay out $900.", Obstacle.RULE),
        ("The three weeks have passed, so I can't take the boots back.", Obstacle.RULE),
        ("Only a supervisor may approve that.", Obstacle.RULE),
        ("The plan doesn't let me do that, it isn't in my hands.", Obstacle.REMIT),
        ("Which pets may travel is decided by our cargo desk, not by me.", Obstacle.REMIT),
        ("I have no information on school buses.", Obstacle.KNOWLEDGE),
        ("The booking system is not responding right now.", Obstacle.SYSTEM),
        ("I still cannot save your change.", Obstacle.SYSTEM),
        ("Sorry, I didn't get that.", Obstacle.UNDERSTANDING),
        ("Your answer does not match what we have.", Obstacle.IDENTITY),
        ("Without the contract number I cannot find your line.", Obstacle.DETAILS),
        ("I'm passing this to our repairs team.", Obstacle.HANDED_OVER),
        ("La tarifa no permite cambios.", Obstacle.RULE),
        ("Das habe ich leider nicht verstanden.", Obstacle.UNDERSTANDING),
    ],
)
def test_a_bot_says_what_is_in_its_way(obstacles: Obstacles, text: str, obstacle: Obstacle) -> None:
    """Rule, remit, knowledge, system, understanding, identity and details are told apart."""
    case = a_case(customer("x"), bot(text), embedded=True)
    assert obstacle in obstacles.of(case)[1]


@pytest.mark.parametrize(
    "text",
    [
        "Your parcel arrives on Tuesday.",
        "Done, the seat is changed.",
        "Could you tell me your order number?",
        "Shall I book the early train?",
        "Thank you, you are verified.",
    ],
)
def test_a_bot_that_gets_on_faces_nothing(obstacles: Obstacles, text: str) -> None:
    """Questions, answers and successes are no obstacle."""
    assert not obstacles.of(a_case(customer("x"), bot(text), embedded=True))[1]


def test_customers_turns_are_not_read(obstacles: Obstacles) -> None:
    """Only what the bot or an agent says counts."""
    assert obstacles.of(a_case(customer("I have no information on that."))) == {}
