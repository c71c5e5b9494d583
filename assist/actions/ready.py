"""The text that can be sent as it stands, and the language it is in."""

from typing import NamedTuple

from assist.actions.candidates import Candidate
from assist.actions.replies import filled, primary
from assist.actions.situation import Situation


class ReadyReply(NamedTuple):
    """A text for the customer and its language; None where there is none that may be sent as it stands."""

    text: str | None
    language: str


def ready_reply(candidate: Candidate, case: Situation) -> ReadyReply:
    """Return the ready text in the customer's language; where the playbook has none in it, the domain's, named as such."""
    wanted, own = primary(case.language), primary(case.domain.language)
    replies = candidate.action.replies
    if wanted in replies:
        return ReadyReply(filled(replies[wanted], case.facts), wanted)
    if candidate.reply != candidate.action.reply:  # the service's own text, which is in the customer's language
        return ReadyReply(filled(candidate.reply, case.facts), wanted)
    return ReadyReply(filled(candidate.reply, case.facts), own)
