"""Menus in a bot's turn: who is offered "1 Change password, 2 Close account" and types a 2 was asked for no password."""

import re
from typing import Final

_CHOICES: Final = re.compile(r"(?:(?:^|[\s,;:(])[1-9][.):]?\s+[^\W\d_][^,;\n\d]{2,40}[,;\n]?){3,}\s*\.?", re.MULTILINE)
"""Three numbered choices or more, on one line or on several."""
_CHOOSE: Final = re.compile(r"\b(?:select|choose|pick|press|options?|menu)\b", re.IGNORECASE)


def without_choices(text: str) -> str:
    """Return a turn without the choices of a menu; a numbered list of questions stays."""
    return _CHOICES.sub(" ", text) if _CHOOSE.search(text) else text
