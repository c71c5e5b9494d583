"""Does a summary state a nugget? Judged word by word, since whole sentences mislead.

Method (a soft recall in the manner of BERTScore, Zhang et al. 2020, on single words): each content word of the nugget
scores 1 where the summary holds it, else the square of its best cosine similarity to a word of the summary. A word with a
digit (id, amount, date) must be there itself, and weighs double; words of asking and saying weigh 0.3, since every nugget
has them. The nugget is stated where the weighted mean reaches `STATED`.

Weights and threshold were chosen among 81 settings on 76 pairs of vital nuggets and summaries that a bot's own model had
written, read by one person: 35 stated, 24 in part, 17 not. On the 52 clear ones of these same pairs the method agrees with
the reader in 85 % (area under the curve .91), which flatters it, since it was fitted there. On 24 pairs with summaries
composed by this service, read afterwards and used for no choice, it agreed on 16 of the 20 clear ones, three times saying
stated where the reader did not and once the other way. So a share of nuggets is good for comparing two versions, and may be
off by several points as a figure of its own, rather too high than too low.

What it cannot see is a
small false word in a right sentence: about half of the traps pass, so it must never be used to say that a text is true.
"""

import re

import numpy as np
from numpy.typing import NDArray

from evals.scorers.words import WordVectors
from knowledge import Embedder

STATED = 0.53
_NUMBER_WEIGHT, _SPEECH_WEIGHT, _POWER = 2.0, 0.3, 2

_WORD = re.compile(r"[a-z0-9][a-z0-9_.@#'-]*[a-z0-9]|[a-z0-9]")
_EMPTY_WORDS = """
a an the of to in on at by for from with and or but is are was were be been being it its this that these those he she his
her him their them they who which what as not no than then so do does did has have had will would can could may there here
customer user bot agent s
"""
_SPEECH_WORDS = """
wants want says said say asks ask asked requests request requesting needs need because reservation account bot's insists
claims customer's given reason further assistance user's
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_SPEECH = frozenset(_SPEECH_WORDS.split())


def content_words(text: str) -> list[str]:
    """Return the words that carry content, in lower case; thousands lose their comma."""
    return [word for word in _WORD.findall(text.lower().replace(",", "")) if word not in _EMPTY]


class NuggetJudge:
    """Says how far a text states a nugget. Word vectors are remembered, so each word is embedded once."""

    def __init__(self, embedder: Embedder, *, threshold: float = STATED) -> None:
        self._vectors = WordVectors(embedder)
        self._threshold = threshold

    def states(self, summary: str, nugget: str) -> bool:
        """Say whether the summary states the nugget."""
        return self.support(summary, nugget) >= self._threshold

    def support(self, summary: str, nugget: str) -> float:
        """Return how much of the nugget the summary holds, from 0 to 1."""
        there = sorted(set(content_words(summary)))
        wanted = content_words(nugget)
        if not there or not wanted:
            return 0.0
        vectors = self._vectors.of(there)
        weights = [_weight(word) for word in wanted]
        values = [self._value(word, there, vectors) for word in wanted]
        return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)

    def _value(self, word: str, there: list[str], vectors: NDArray[np.float32]) -> float:
        if word in there:
            return 1.0
        if _numeric(word):
            return 0.0
        return max(0.0, float((vectors @ self._vectors.of([word])[0]).max())) ** _POWER


def _numeric(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _weight(word: str) -> float:
    if _numeric(word):
        return _NUMBER_WEIGHT
    return _SPEECH_WEIGHT if word in _SPEECH else 1.0
