"""An embedder without a model: equal words give equal directions. For tests, and to try things out."""

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from knowledge.ports import Vectors

_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """Sums a fixed pseudo-random direction per word; texts that share words are near each other."""

    def __init__(self, dimension: int = 64) -> None:
        self._dimension = dimension

    @property
    def name(self) -> str:
        """The name, with the dimension."""
        return f"hashing:{self._dimension}"

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text; a text without words points along the first axis."""
        rows = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for place, text in enumerate(texts):
            for word in _WORD.findall(text.casefold()):
                rows[place] += self._direction(word)
            if not rows[place].any():
                rows[place, 0] = 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True) if len(texts) else rows

    def _direction(self, word: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big")
        return np.random.default_rng(seed).normal(size=self._dimension).astype(np.float32)
