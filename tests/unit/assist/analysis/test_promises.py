"""What the bot committed to."""

import pytest

from assist.analysis.promises import PromisesStage
from assist.domain.findings import Promise
from tests.builders import bot, customer
from tests.unit.assist.analysis.cases import a_case


@pytest.mark.parametrize(
    ("said", "promise"),
    [
        pytest.param(
            "I will have a new package sent immediately.", "I will have a new package sent immediately", id="act"
        ),
        pytest.param("Sorry for that. We'll call you back tomorrow.", "We'll call you back tomorrow", id="call"),
        pytest.param("A technician will visit you on Monday.", "A technician will visit you on Monday", id="visit"),
        pytest.param(
            "Your refund will be credited within 5 days.", "Your refund will be credited within 5 days", id="refund"
        ),
    ],
)
def test_a_commitment_is_a_promise(said: str, promise: str) -> None:
    """What will be done for the customer is kept in the bot's words, with its turn."""
    assert PromisesStage().by_rules(a_case(customer("hi"), bot(said))) == (Promise(text=promise, turns=(1,)),)


@pytest.mark.parametrize(
    "said",
    [
        "Would you like me to send a new one?",
        "I will be happy to help you.",
        "I'll need your e-mail address.",
        "I will check that for you.",
        "Once you confirm, I will cancel the order.",
        "The total amount will be $40.",
        "Please confirm, and then I will send it.",
        "I will not be able to change that.",
        "If you return it, you will receive a refund.",
    ],
)
def test_offers_questions_and_conditions_are_no_promises(said: str) -> None:
    """What depends on an answer, is only asked, or happens within the talk binds nobody."""
    assert PromisesStage().by_rules(a_case(customer("hi"), bot(said))) == ()


def test_a_promise_made_twice_is_one_with_both_turns() -> None:
    """Saying it again adds a proof, not a promise."""
    again = bot("We will send you a new card.")
    (promise,) = PromisesStage().by_rules(a_case(again, customer("really?"), again))
    assert promise.turns == (0, 2)
