"""The lexical leg of search: exact words, pairs of words, ids and error codes, ranked by BM25.

The table of scores is made from the counts of all texts at once, in arrays: at 20,000 passages that takes a tenth of a
second where reading and counting their words takes five. So an index is revised by reading the new texts alone, and
scores as one built afresh does, to the last digit. Libraries that score by BM25 (bm25s, the one that the tests compare
with) count everything again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

Scores = NDArray[np.float32]

_TOKEN = re.compile(r"\w+(?:[-_./#]\w+)*")
_PART = re.compile(r"[-_./#]")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("s", ""))
_SHORTEST_PLURAL = 4

_SATURATION, _LENGTH = 1.5, 0.75
"""k1 and b of BM25, as bm25s has them."""


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
    """BM25 over a list of texts; it does not change once built, so threads may share it.

    Lucene's variant, after Kamphuis, de Vries, Boytsov and Lin, "Which BM25 do you mean?" (ECIR 2020).
    """

    def __init__(self, texts: Iterable[str]) -> None:
        # Revised indexes share the numbers of terms: they are only added to, and a number beyond `_width` is not ours.
        self._numbers: dict[str, int] = {}
        self._keep(_counted(texts, self._numbers))

    def revised(self, places: Sequence[int], texts: Iterable[str]) -> "KeywordIndex":
        """Return an index whose texts are those at these places of this one; a place of -1 takes the next of `texts`.

        It scores as one built afresh; only `texts` are read. One thread at a time may revise an index or what came of it.
        """
        from scipy.sparse import csr_array, vstack  # noqa: PLC0415 -- half a second; only who searches pays

        new = _counted(texts, self._numbers)
        width = len(self._numbers)
        old = csr_array((self._counts.data, self._counts.indices, self._counts.indptr), shape=(len(self), width))
        taken = np.asarray(places, dtype=np.int64)
        fresh = taken < 0
        taken[fresh] = len(self) + np.arange(int(fresh.sum()))
        made = KeywordIndex.__new__(KeywordIndex)
        made._numbers = self._numbers  # noqa: SLF001 -- another of the same class
        made._keep(csr_array(vstack([old, new], format="csr")[taken]))  # noqa: SLF001 -- likewise
        return made

    def __len__(self) -> int:
        return int(self._counts.shape[0])

    def scores(self, query: Iterable[str]) -> Scores:
        """Return the BM25 score of every text for these terms; 0 where none of them occurs."""
        found = np.zeros(len(self), dtype=np.float32)
        starts, rows, weights = self._weights.indptr, self._weights.indices, self._weights.data
        for term, times in Counter(query).items():
            number = self._numbers.get(term, self._width)
            if number < self._width:
                part = slice(starts[number], starts[number + 1])
                found[rows[part]] += times * weights[part]
        return found

    def matched(self, query: Iterable[str], place: int) -> dict[str, float]:
        """Return what each of these terms adds to the score of one text, the most first; those that add nothing are left out."""
        starts, rows, weights = self._weights.indptr, self._weights.indices, self._weights.data
        found: dict[str, float] = {}
        for term, times in Counter(query).items():
            number = self._numbers.get(term, self._width)
            if number < self._width:
                part = slice(starts[number], starts[number + 1])
                if (share := float(weights[part][rows[part] == place].sum())) > 0.0:
                    found[term] = times * share
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    def _keep(self, counts: "csr_array[Any]") -> None:
        self._counts = counts
        self._width = int(counts.shape[1])
        self._weights = _weighed(counts)


def _counted(texts: Iterable[str], numbers: dict[str, int]) -> "csr_array[Any]":
    """Return how often each text has each term, a row a text; new terms are numbered."""
    from scipy.sparse import csr_array  # noqa: PLC0415 -- as above

    columns: list[int] = []
    times: list[int] = []
    starts = [0]
    for text in texts:
        counted = Counter(terms(text))
        columns.extend(numbers.setdefault(term, len(numbers)) for term in counted)
        times.extend(counted.values())
        starts.append(len(columns))
    arrays = (np.array(times, dtype=np.float32), np.array(columns, dtype=np.int32), np.array(starts, dtype=np.int32))
    return csr_array(arrays, shape=(len(starts) - 1, len(numbers)))


def _weighed(counts: "csr_array[Any]") -> "csc_array[Any]":
    """Return what each term adds to the score of each text, a column a term."""
    from scipy.sparse import csr_array  # noqa: PLC0415 -- as above

    size, width = counts.shape
    lengths = np.add.reduceat(np.append(counts.data, 0.0), counts.indptr[:-1]) if size else np.zeros(0)
    lengths = np.where(np.diff(counts.indptr) > 0, lengths, 0.0)
    usual = float(lengths.mean()) if size else 0.0
    having = np.bincount(counts.indices, minlength=width)
    rarity = np.log1p((size - having + 0.5) / (having + 0.5))
    dampening = _SATURATION * (1.0 - _LENGTH + _LENGTH * lengths / (usual or 1.0))
    data = rarity[counts.indices] * counts.data / (counts.data + np.repeat(dampening, np.diff(counts.indptr)))
    return csr_array((data.astype(np.float32), counts.indices, counts.indptr), shape=counts.shape).tocsc()


def _singular(word: str) -> str:
    """Fold plain English plurals, by which a question and an article differ most; all else stays exact."""
    if len(word) >= _SHORTEST_PLURAL and word.isalpha():
        for ending, kept in _PLURALS:
            if word.endswith(ending):
                return word[: len(word) - len(ending)] + kept
    return word


@cache
def _stop_words() -> frozenset[str]:
    import logging  # noqa: PLC0415 -- beside what it quietens

    from bm25s.stopwords import STOPWORDS_EN_PLUS  # noqa: PLC0415 -- bm25s pulls in scipy; only who searches pays

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # on import it sets itself to DEBUG
    return frozenset(STOPWORDS_EN_PLUS)
