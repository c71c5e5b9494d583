"""What a clause of the customer's does: ask, want, explain, complain, insist."""

from dataclasses import dataclass
from enum import StrEnum


class Clause(StrEnum):
    """What a clause does."""

    WISH = "wish"  # "cancel my order": the wanted act
    THING = "thing"  # "a refund for the insurance": the wanted thing
    HELP = "help"  # "a flight I booked": what help is wanted with
    QUESTION = "question"  # "what are the shipping policies"
    REASON = "reason"  # "my wife passed away yesterday"
    PROBLEM = "problem"  # "I lost my debit card"
    CLAIM = "claim"  # "I did purchase insurance", said against what the bot holds
    HUMAN = "human"  # asks for a person


@dataclass(frozen=True, slots=True)
class Said:
    """A clause of the customer's, as they put it."""

    kind: Clause
    text: str
    turn: int
    is_noun: bool = False  # of a reason: "a family emergency", which stands after "because of"
