"""An Embedder without a model that remembers what it was asked."""

from collections.abc import Sequence

from knowledge.embedders.hashing import HashingEmbedder
from knowledge.ports import Vectors


class CountingEmbedder(HashingEmbedder):
    """Embeds by hashing words, and keeps every text and call."""

    def __init__(self, dimension: int = 64, *, name: str | None = None) -> None:
        super().__init__(dimension)
        self._own_name = name
        self.calls: list[list[str]] = []

    @property
    def name(self) -> str:
        """The name given, or the one of the hashing embedder."""
        return self._own_name or super().name

    @property
    def texts(self) -> list[str]:
        """Every text embedded so far."""
        return [text for call in self.calls for text in call]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text."""
        self.calls.append(list(texts))
        return super().embed(texts)
