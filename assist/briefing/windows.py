"""A conversation too long to be read at once, in overlapping parts. Nothing is left out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of a prompt about one turn; a turn that is too long for one line has several."""

    turn: int
    text: str

    @property
    def tokens(self) -> int:
        """How many tokens the line takes, by a careful guess."""
        return estimate(self.text) + 2


def estimate(text: str) -> int:
    """Return how many tokens a text takes at most, as a rule: three letters each, outside of ASCII one."""
    wide = sum(1 for character in text if character > "\x7f")
    return (len(text) - wide + 2) // 3 + wide


def windows(passages: Sequence[Passage], *, tokens: int, overlap: int = 3) -> list[tuple[Passage, ...]]:
    """Return parts of at most so many tokens; each begins with the last lines of the one before, where these leave room."""
    made: list[tuple[Passage, ...]] = []
    part: list[Passage] = []
    for passage in passages:
        if part and _size(part) + passage.tokens > tokens:
            made.append(tuple(part))
            part = part[-overlap:]
            while part and (_size(part) + passage.tokens > tokens or _size(part) > tokens // 3):
                part = part[1:]
        part.append(passage)
    return [*made, tuple(part)] if part else made


def pieces(text: str, *, tokens: int) -> list[str]:
    """Return a text in pieces of at most so many tokens, cut between words where there are any."""
    made: list[str] = []
    while estimate(text) > tokens:
        room = tokens if not text.isascii() else tokens * 3
        at = text.rfind(" ", room // 2, room)
        at = at if at > 0 else room
        made.append(text[:at])
        text = text[at:].lstrip()
    return [*made, text]


def _size(part: Sequence[Passage]) -> int:
    return sum(passage.tokens for passage in part)
