"""A vector store in this process's memory: exact, small, gone at the end."""

import threading
import uuid
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.ports import Metadata, Near, Passage, Vectors
from knowledge.stores.journal import Journal


class MemoryVectorStore:
    """Keeps everything in dictionaries and compares with every vector."""

    def __init__(self) -> None:
        self._entries: dict[str, dict[str, tuple[Vectors, Passage]]] = {}
        self._journals: dict[str, Journal] = {}
        self._lock = threading.RLock()

    def upsert(
        self,
        collection: str,
        *,
        ids: Sequence[str],
        vectors: Vectors,
        texts: Sequence[str],
        metadata: Sequence[Metadata],
    ) -> None:
        """Add or replace the entries of these ids."""
        if not ids:
            return
        rows = zip(ids, vectors, texts, metadata, strict=True)
        with self._lock:
            entries = self._entries.setdefault(collection, {})
            entries.update({i: (np.array(v, dtype=np.float32), Passage(i, text, dict(m))) for i, v, text, m in rows})
            self._note(collection, ids)

    def delete(self, collection: str, *, ids: Sequence[str]) -> None:
        """Remove these entries."""
        with self._lock:
            entries = self._entries.get(collection, {})
            if [entries.pop(i) for i in ids if i in entries]:
                self._note(collection, ids)

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Near]:
        """Return the nearest entries, best first."""
        with self._lock:
            rows = [(name, row) for name, (row, _) in self._entries.get(collection, {}).items()]
        if not rows:
            return []
        similar = np.stack([row for _, row in rows]) @ vector
        return [Near(rows[at][0], float(similar[at])) for at in np.argsort(-similar, kind="stable")[:limit]]

    def neighbours(self, collection: str, ids: Sequence[str], *, limit: int) -> Mapping[str, Sequence[Near]]:
        """Return for each of these entries the nearest others."""
        with self._lock:
            held = self._entries.get(collection, {})
            rows = {name: held[name][0] for name in ids if name in held}
        found = {name: self.nearest(collection, row, limit=limit + 1) for name, row in rows.items()}
        return {name: [each for each in near if each.passage_id != name][:limit] for name, near in found.items()}

    def entries(
        self, collection: str, *, article_ids: Sequence[str] | None = None, ids: Sequence[str] | None = None
    ) -> list[Passage]:
        """Return the entries of these articles, of these ids, or all, by id."""
        with self._lock:
            held = self._entries.get(collection, {})
            found = [held[name][1] for name in (held if ids is None else set(ids)) if name in held]
        wanted = None if article_ids is None else set(article_ids)
        kept = [p for p in found if wanted is None or p.metadata.get("article_id") in wanted]
        return sorted(kept, key=lambda passage: passage.passage_id)

    def revision(self, collection: str) -> str:
        """Return a mark that changes with every change."""
        with self._lock:
            return self._journals[collection].revision if collection in self._journals else ""

    def changed(self, collection: str, *, since: str) -> frozenset[str] | None:
        """Return the ids that changed after a revision; None where that is too long ago."""
        with self._lock:
            return self._journals[collection].changed(since) if collection in self._journals else None

    def collections(self) -> list[str]:
        """Return the names of all collections, sorted."""
        with self._lock:
            return sorted(self._entries)

    def drop(self, collection: str) -> None:
        """Remove a collection."""
        with self._lock:
            self._entries.pop(collection, None)
            self._journals.pop(collection, None)

    def ping(self) -> None:
        """Answer; memory always does."""

    def _note(self, collection: str, ids: Sequence[str]) -> None:
        self._journals[collection] = self._journals.get(collection, Journal()).with_change(uuid.uuid4().hex, ids)
