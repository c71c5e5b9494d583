"""When a bot refuses, and when it tells what the records hold."""

import re

_REFUSAL = re.compile(
    r"\b(?:unfortunately|cannot|can'?t|can not|unable|not (?:able|allowed|permitted|possible|eligible|available|authori[sz]ed)|non-?refundable|only able to|"
    r"only (?:be )?(?:cancel\w*|modif\w*|refund\w*|process|add|offer)|must (?:be|go)|no (?:room|flights?|appointments?|record)|don'?t have the ability|against (?:our|the) policy|"
    r"not (?:purchased|found)|beyond the|not covered|don'?t quite understand)\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:retrieved|according to|the (?:details|record|reservation|order) (?:show|is|was)|here (?:are|is) the|your (?:reservation|order|booking) (?:is|was|shows))\b",
    re.IGNORECASE,
)


def is_refusal(text: str) -> bool:
    """Say whether a bot's words refuse or limit something."""
    return bool(_REFUSAL.search(text))


def is_account(text: str) -> bool:
    """Say whether a bot's words tell what the records hold, against which the customer may hold something."""
    return bool(_ACCOUNT.search(text))
