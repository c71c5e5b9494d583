"""The lexical leg of search: exact words, pairs of words, ids and error codes, ranked by BM25."""

import logging
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

_TOKEN = re.compile(r"\w+(?:[-_./#]\w+)*")
_PART = re.compile(r"[-_./#]")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))
_SHORTEST_PLURAL = 4


def terms(text: str) -> list[str]:
    """Return the search terms of a text: words that carry meaning, pairs of neighbours, and whole ids.

    `E-4012` gives itself, its parts, and the pair of them; so does `order_id`. Pairs tell "refund status" from
    "status of the order" where single words do not.
    """
    words: list[str] = []
    whole: list[str] = []
    for token in _TOKEN.findall(text.casefold()):
        parts = [part for part in _PART.split(token) if part]
        if len(parts) > 1:
            whole.append(token)
        words.extend(_singular(part) for part in parts if part not in _stop_words())
    return [*words, *whole, *(f"{first} {second}" for first, second in pairwise(words))]


def query_terms(text: str) -> list[str]:
    """Return the terms of a question; what it says often counts more, but by the logarithm: twice is two, eight is four."""
    return [term for term, times in Counter(terms(text)).items() for _ in range(times.bit_length())]


def word_count(query: Iterable[str]) -> int:
    """Return how many different words these terms have, pairs left out."""
    return len({term for term in query if " " not in term})


class KeywordIndex:
    """BM25 over a fixed list of texts; it does not change once built, so threads may share it."""

    def __init__(self, texts: Iterable[str]) -> None:
        corpus = [terms(text) for text in texts]
        self._size = len(corpus)
        self._ranker: Any = _ranker(corpus) if any(corpus) else None

    def __len__(self) -> int:
        return self._size

    def scores(self, query: Iterable[str]) -> Scores:
        """Return the BM25 score of every text for these terms; 0 where none of them occurs."""
        known = self._ranker.get_tokens_ids(list(query)) if self._ranker else []
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._ranker.get_scores_from_ids(known), dtype=np.float32)


def _singular(word: str) -> str:
    """Fold plain English plurals, by which a question and an article differ most; all else stays exact."""
    if len(word) >= _SHORTEST_PLURAL and word.isalpha():
        for ending, kept in _PLURALS:
            if word.endswith(ending):
                return word[: len(word) - len(ending)] + kept
    return word


@cache
def _stop_words() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS  # noqa: PLC0415 -- bm25s pulls in scipy; only who searches pays

    return frozenset(STOPWORDS_EN_PLUS)


def _ranker(corpus: list[list[str]]) -> Any:  # noqa: ANN401 -- bm25s ships no types
    import bm25s  # noqa: PLC0415 -- as above

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # on import it sets itself to DEBUG
    ranker = bm25s.BM25()
    ranker.index(corpus, show_progress=False)
    return ranker
