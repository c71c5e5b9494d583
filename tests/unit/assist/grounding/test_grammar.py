"""What a sentence says of acts."""

import pytest

from assist.grounding.grammar import Status, clauses
from assist.grounding.words import concept


@pytest.mark.parametrize(
    ("sentence", "verb", "status"),
    [
        ("The refund has been approved.", "approve", Status.DONE),
        ("The refund has not been approved.", "approve", Status.NOT_DONE),
        ("No refund has been approved.", "approve", Status.NOT_DONE),
        ("Neither was a report filed nor the card blocked.", "block", Status.NOT_DONE),
        ("The order could not be cancelled.", "cancel", Status.COULD_NOT),
        ("I am not able to cancel the order.", "cancel", Status.COULD_NOT),
        ("Your order will be cancelled.", "cancel", Status.TO_DO),
        ("i will have a new package sent immediately", "send", Status.TO_DO),
        ("The customer wants the flight to be cancelled.", "cancel", Status.WISHED),
        ("The bot changed the address and refunded $5.", "refund", Status.DONE),
        ("I've blocked your card.", "block", Status.DONE),
    ],
)
def test_how_far_an_act_went(sentence: str, verb: str, status: Status) -> None:
    """Done, not done, failed, planned and wished for are told apart."""
    acts = {act.verb: act.status for clause in clauses(sentence) for act in clause.acts}
    assert acts[concept(verb)] is status


def test_the_doer_of_the_first_part_does_the_second() -> None:
    """Who changed the address refunded the fee too."""
    acts = {
        act.verb: act.by_us for clause in clauses("The bot changed the address and refunded $5.") for act in clause.acts
    }
    assert acts == {concept("change"): True, concept("refund"): True}


def test_only_what_stands_in_its_reach_is_denied() -> None:
    """A "no" before the bag does not deny the flight."""
    (clause,) = clauses("The flight has no bag.")
    assert concept("bag") in clause.denied
    assert concept("flight") not in clause.denied
