"""What a customer's reply does with a question or an offer: takes it, turns it down, or speaks of something else."""

from enum import StrEnum

from assist.analysis.case import Case
from assist.analysis.speech.phrases import phrase_book
from assist.domain.transcript import Role


class Reply(StrEnum):
    """How a customer answered."""

    ACCEPTS = "accepts"
    DECLINES = "declines"
    OTHER = "other"


def reading(text: str) -> Reply:
    """Return what the reply does."""
    signs = phrase_book("customer_signs")
    if signs["declines"].search(text):
        return Reply.DECLINES
    return Reply.ACCEPTS if signs["accepts"].search(text) else Reply.OTHER


def customer_before(case: Case, index: int) -> int | None:
    """Return the customer's turn next before this one, if there is one."""
    return next((i for i in range(index - 1, -1, -1) if case.turns[i].role is Role.CUSTOMER), None)


def customer_after(case: Case, index: int) -> int | None:
    """Return the customer's turn next after this one, if there is one."""
    return next((i for i in range(index + 1, len(case.turns)) if case.turns[i].role is Role.CUSTOMER), None)


def bot_after(case: Case, index: int) -> int | None:
    """Return the bot's turn that answers a tool turn: the next one, unless the customer speaks first."""
    for later in range(index + 1, len(case.turns)):
        if case.turns[later].role in {Role.BOT, Role.AGENT}:
            return later
        if case.turns[later].role is Role.CUSTOMER:
            return None
    return None
