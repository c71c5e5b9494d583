"""Words and sentences of a text as scorers count them, and vectors of single words that are embedded once."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge import Embedder

_MOST: Final = 20_000  # words remembered: 30 MB
_WORD: Final = re.compile(r"[^\W_]+(?:['’.@-][^\W_]+)*")
_SENTENCE: Final = re.compile(r"[^.!?]+(?:[.!?]+(?!\s|$)[^.!?]*)*[.!?]*")

Floats = NDArray[np.float32]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, in any script; thousands lose their comma."""
    return _WORD.findall(re.sub(r"(?<=\d),(?=\d{3}\b)", "", text.lower()))


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a point inside a number or an address ends none."""
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip(" .!?")]


class WordVectors:
    """Vectors of words, each embedded once; forgotten together when there are too many, so that memory does not grow."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Floats] = {}

    def of(self, wanted: Sequence[str]) -> Floats:
        """Return a unit row a word."""
        known = self._known
        if len(known) > _MOST:
            known = self._known = {}
        new = [word for word in dict.fromkeys(wanted) if word not in known]
        if new:
            known.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([known[word] for word in wanted])
