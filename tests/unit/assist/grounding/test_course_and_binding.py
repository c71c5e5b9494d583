"""Signs that a statement tells another course of things than the turns, or gives a value to the wrong thing."""

from collections.abc import Callable

import pytest

from assist.domain.findings import Verification
from assist.domain.transcript import Turn
from assist.grounding.claim import Claim
from assist.grounding.evidence import Evidence
from assist.grounding.judge import WEIGHTS, Judge
from assist.grounding.signs import NAMES
from assist.grounding.signs.binding import value_rebound
from assist.grounding.signs.course import not_all_done, only_asked, polarity_differs, status_differs, taken_back
from assist.grounding.signs.identity import identity_refuted
from tests.builders import bot, customer, tool

Sign = Callable[[Claim], float]


def against(sign: Sign, text: str, *turns: Turn) -> float:
    """Return how much a sign speaks against a statement that cites all of these turns."""
    return sign(Claim(text, tuple(range(len(turns))), Evidence(turns, verification=Verification())))


WHEELCHAIR = bot("I have requested a wheelchair. The airport still has to confirm it.")
BARRING = bot("Barring is something that my colleague has to do. Premium numbers can be barred by her.")
PIXEL = customer("The new phone is a Pixel 8. No sorry, Pixel 9.")
SIM = customer("I got a text that a SIM was ordered. I did not order a SIM.")
TWO = (
    tool('{"reservation_id": "H7WW3K", "status": "cancelled"}', name="cancel_reservation"),
    bot("H7WW3K is cancelled, but I cannot cancel V2ZD8R."),
)
RENT = bot("The deposit is $900, the monthly rent is $450.")
BILL = tool('{"items": [{"name": "premium numbers", "amount": 58.4}], "total": 102.3}', name="get_bill")


@pytest.mark.parametrize(
    ("sign", "text", "turns"),
    [
        pytest.param(status_differs, "Premium numbers were barred.", (BARRING,), id="planned, told as done"),
        pytest.param(status_differs, "The airport confirmed it.", (WHEELCHAIR,), id="still to be done, told as done"),
        pytest.param(taken_back, "The new phone is a Pixel 8.", (PIXEL,), id="taken back in the same breath"),
        pytest.param(polarity_differs, "The customer ordered a new SIM.", (customer("I never ordered a new SIM."),), id="denied, told as a fact"),
        pytest.param(only_asked, "The store on Pike Street is open.", (customer("Is the store on Pike Street open?"),), id="asked, told as a fact"),
        pytest.param(not_all_done, "Both reservations were cancelled.", TWO, id="one of two"),
        pytest.param(value_rebound, "The monthly rent is $900.", (RENT,), id="an amount of something else, in words"),
        pytest.param(value_rebound, "The premium numbers cost $102.30.", (BILL,), id="an amount of something else, in an answer"),
    ],
)  # fmt: skip
def test_a_false_statement_has_its_sign(sign: Sign, text: str, turns: tuple[Turn, ...]) -> None:
    """The sign speaks against it."""
    assert against(sign, text, *turns) > 0


@pytest.mark.parametrize(
    ("sign", "text", "turns"),
    [
        pytest.param(status_differs, "A wheelchair was requested.", (WHEELCHAIR,), id="done"),
        pytest.param(taken_back, "The new phone is a Pixel 9.", (PIXEL,), id="the correction itself"),
        pytest.param(polarity_differs, "The customer did not order a SIM.", (SIM,), id="denied by both"),
        pytest.param(only_asked, "The customer asks whether the store is open.", (customer("Is the store open?"),), id="told as a question"),
        pytest.param(not_all_done, "Reservation H7WW3K was cancelled.", TWO, id="the one that was done"),
        pytest.param(value_rebound, "The monthly rent is $450.", (RENT,), id="its own amount, in words"),
        pytest.param(value_rebound, "The premium numbers cost $58.40.", (BILL,), id="its own amount, in an answer"),
        pytest.param(identity_refuted, "Nobody was verified.", (customer("hi"),), id="no claim of identity at all"),
    ],
)  # fmt: skip
def test_a_true_statement_has_no_sign(sign: Sign, text: str, turns: tuple[Turn, ...]) -> None:
    """The sign is silent."""
    assert against(sign, text, *turns) == 0


def test_the_shipped_weights_are_those_of_the_signs_and_none_speaks_for_a_statement() -> None:
    """Each sign has a weight in the file, and none is negative."""
    judge = Judge.shipped()
    assert len(judge.weights) == len(NAMES)
    assert (judge.weights >= 0).all(), WEIGHTS
