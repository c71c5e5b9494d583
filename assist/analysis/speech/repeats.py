"""What a bot says again: the same sentence, or a longer run of the same words, though other words stand around it."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from assist.domain.transcript import Turn

_FORM: Final = re.compile(
    r"\banything else\b|\bgood ?bye\b|\bhow (?:can|may) i (?:help|assist)\b|\bhave a (?:great|nice|good)\b"
    r"|\bthank(?:s| you)\b|\bwelcome\b|\bsorry\b|\bapologi[sz]e\b|\bi understand\b|\bone moment\b|\blet me\b",
    re.IGNORECASE,
)
"""Sentences of mere form, which everybody says again."""
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_RUN: Final = 6
_SHORTEST: Final = 2
_KEPT: Final = 4


def runs(text: str) -> frozenset[str]:
    """Return what tells of a bot's turn: its short sentences whole, of longer ones each run of six words."""
    return frozenset(run for part in _SENTENCES.split(text) if not _FORM.search(part) for run in _of_sentence(part))


def said_again(turns: Sequence[Turn], bots: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    """Return for each of the bot's turns the last few earlier ones that said the same."""
    where: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_KEPT))
    again: dict[int, tuple[int, ...]] = {}
    for index in sorted(bots):
        told = runs(turns[index].text)
        again[index] = tuple(sorted({earlier for run in told for earlier in where[run]}))
        for run in told:
            where[run].append(index)
    return again


def _of_sentence(sentence: str) -> Iterator[str]:
    words = re.findall(r"\w+", sentence.lower())
    if _SHORTEST <= len(words) <= _RUN:
        yield " ".join(words)
    for start in range(len(words) - _RUN + 1):
        yield " ".join(words[start : start + _RUN])
