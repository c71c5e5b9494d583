"""What a bot does in a turn is read from its words, and by the classifier where the words leave it open."""

import pytest

from assist.analysis.steps.bot_moves import REFUSALS, BotMoves, Move
from tests.builders import bot
from tests.unit.assist.analysis.cases import a_case, packaged, words_only


def moves_in(text: str) -> frozenset[Move]:
    """Return the moves by words alone."""
    return words_only().of(a_case(bot(text)))[0]


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("The deposit is non-refundable.", Move.REFUSES_BY_POLICY),
        ("Sale items cannot be exchanged, as our policy says.", Move.REFUSES_BY_POLICY),
        ("I can only help with orders from here.", Move.CANNOT_DO),
        ("I'm unable to change invoices in this chat.", Move.CANNOT_DO),
        ("Sorry, I didn't understand that.", Move.NOT_UNDERSTOOD),
        ("Would you like me to transfer you to a colleague?", Move.OFFERS_TRANSFER),
        ("I am connecting you with an agent now.", Move.TRANSFERS),
        ("I can offer you a voucher of 20 euros.", Move.OFFERS_REMEDY),
        ("Shall I book it for you?", Move.ASKS_CONFIRMATION),
        ("Your order has been cancelled.", Move.REPORTS_SUCCESS),
        ("There are no rooms available for that day.", Move.REPORTS_FAILURE),
        ("I couldn't find your booking.", Move.REPORTS_FAILURE),
        ("Our records show that it was not paid.", Move.DISPUTES_RECORD),
        ("I will send you a new one today.", Move.WILL_DO),
        ("Let me check that.", Move.LOOKS_UP),
        ("What time suits you?", Move.ASKS_INFORMATION),
        ("I have no information about that.", Move.DOES_NOT_KNOW),
        ("Hello there", Move.SMALL_TALK),
    ],
)
def test_a_move_is_read_from_the_words(text: str, move: Move) -> None:
    """Each move has words that show it without any model."""
    assert move in moves_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "If you cannot find it, tell me.",
        "Is it not possible to come on Monday?",
        "I could not find that order.",
        "You can change it at any time.",
    ],
)
def test_nothing_of_this_refuses(text: str) -> None:
    """Conditions, questions and failed searches are no refusals."""
    assert not moves_in(text) & REFUSALS


def test_an_announced_transfer_is_not_an_offered_one() -> None:
    """A transfer to an agent who can help is done, not offered."""
    assert Move.OFFERS_TRANSFER not in moves_in("I will transfer you to a human agent who can look into it.")


def test_the_classifier_hears_a_refusal_without_its_words() -> None:
    """A rule stated in other words than any phrase is still a refusal by policy."""
    text = "There is no way for me to give money back on a promotional booking."
    moves = BotMoves.taught(packaged()).of(a_case(bot(text), embedded=True))[0]
    assert Move.REFUSES_BY_POLICY in moves
