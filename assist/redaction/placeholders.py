"""Stable names for hidden values: [PIN_1], [EMAIL_2]; the same value keeps its name within one call."""

import re
from collections import Counter
from collections.abc import Mapping

from assist.redaction.kinds import SECRETS, Kind

PLACEHOLDER = re.compile(rf"\[(?P<kind>{'|'.join(kind.upper() for kind in Kind)})_(?P<number>\d{{1,6}})\]")
"""A placeholder as this package writes it."""

_AS_DIGITS = frozenset((Kind.CARD_NUMBER, Kind.CVV, Kind.PIN, Kind.NATIONAL_ID, Kind.ONE_TIME_CODE, Kind.PHONE))


def same(kind: Kind, value: str) -> str:
    """Return the form under which two spellings of one value are equal: "4111-1111" is "4111 1111"."""
    if kind in _AS_DIGITS and any(c.isdigit() for c in value):
        return "".join(c for c in value if c.isalnum()).lower()
    if kind in SECRETS:
        return value
    return " ".join(value.casefold().split())


class Numbering:
    """Hands out placeholders; starts after the numbers that earlier turns of the conversation used up."""

    def __init__(self, counts: Mapping[str, int] | None = None) -> None:
        self._last: Counter[str] = Counter(
            {kind: number for kind, number in (counts or {}).items() if kind in set(Kind)}
        )
        self._names: dict[tuple[Kind, str], str] = {}
        self._originals: dict[str, str] = {}

    def reserve(self, text: str) -> None:
        """Take note of placeholders that already stand in a text, so that none is given twice."""
        for match in PLACEHOLDER.finditer(text):
            kind = match["kind"].lower()
            self._last[kind] = max(self._last[kind], int(match["number"]))

    def name(self, kind: Kind, value: str) -> str:
        """Return the placeholder of a value; two spellings of one value share it."""
        return self._given((kind, same(kind, value)), kind, value)

    def placeholder(self, kind: Kind, value: str) -> str:
        """Return the placeholder of a value in this very spelling, from which it can be restored to the letter."""
        return self._given((kind, value), kind, value)

    def _given(self, key: tuple[Kind, str], kind: Kind, value: str) -> str:
        if key not in self._names:
            self._last[kind] += 1
            self._names[key] = f"[{kind.upper()}_{self._last[kind]}]"
            self._originals[self._names[key]] = value
        return self._names[key]

    @property
    def originals(self) -> Mapping[str, str]:
        """What each placeholder given so far stands for."""
        return self._originals
