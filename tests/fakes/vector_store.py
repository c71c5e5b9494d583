"""A VectorStore that can fail: memory, with faults to order."""

from collections.abc import Sequence

from knowledge.errors import VectorStoreUnavailable
from knowledge.ports import Metadata, Passage, Vectors
from knowledge.stores.memory import MemoryVectorStore


class FailingVectorStore(MemoryVectorStore):
    """Counts writes, fails at the ones it is told to, and notes by which ids it was read."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self.read: list[list[str] | None] = []
        self.fails_from = 1_000_000

    def upsert(
        self,
        collection: str,
        *,
        ids: Sequence[str],
        vectors: Vectors,
        texts: Sequence[str],
        metadata: Sequence[Metadata],
    ) -> None:
        """Write, unless it is time to fail."""
        self._count()
        super().upsert(collection, ids=ids, vectors=vectors, texts=texts, metadata=metadata)

    def delete(self, collection: str, *, ids: Sequence[str]) -> None:
        """Delete, unless it is time to fail; nothing to delete is no write."""
        if ids:
            self._count()
        super().delete(collection, ids=ids)

    def entries(
        self, collection: str, *, article_ids: Sequence[str] | None = None, ids: Sequence[str] | None = None
    ) -> list[Passage]:
        """Note what was asked for, and read."""
        self.read.append(None if ids is None else list(ids))
        return super().entries(collection, article_ids=article_ids, ids=ids)

    def _count(self) -> None:
        self.writes += 1
        if self.writes >= self.fails_from:
            message = "the disk is full"
            raise VectorStoreUnavailable(message)
