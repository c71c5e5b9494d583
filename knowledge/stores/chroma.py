"""Chroma as the vector store: embedded in this process, or a server by URL.

Vectors always come from our own embedding model; Chroma's default one (which downloads itself) is never used.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.ports import Metadata, Near, Passage, Vectors
from knowledge.stores.chroma_session import EmbeddedSession, ServerSession, Session, existing

_COSINE = {"hnsw": {"space": "cosine"}}
_READ = 5_000


class ChromaStore:
    """A vector store over one Chroma; made by `embedded` or `server`."""

    def __init__(self, session: Session, *, batch: int = 1000) -> None:
        self._session = session
        self._batch = batch

    @classmethod
    def embedded(cls, folder: Path) -> "ChromaStore":
        """Return the store in that folder, which is made where absent; nothing is opened before the first call."""
        return cls(EmbeddedSession(folder))

    @classmethod
    def server(cls, url: str, *, headers: Mapping[str, str] | None = None) -> "ChromaStore":
        """Return the store behind a Chroma server (`chroma run`), such as `http://127.0.0.1:8001`."""
        return cls(ServerSession(url, headers))

    def upsert(
        self,
        collection: str,
        *,
        ids: Sequence[str],
        vectors: Vectors,
        texts: Sequence[str],
        metadata: Sequence[Metadata],
    ) -> None:
        """Add or replace the entries of these ids; the collection is made where absent."""
        if not ids:
            return
        with self._session.mapped(), self._session.writing(collection, ids):
            held = self._session.client.get_or_create_collection(
                collection, embedding_function=None, configuration=_COSINE
            )
            for at in range(0, len(ids), self._batch):
                part = slice(at, at + self._batch)
                held.upsert(
                    ids=list(ids[part]),
                    embeddings=np.asarray(vectors[part], dtype=np.float32),
                    documents=list(texts[part]),
                    metadatas=[dict(each) for each in metadata[part]],
                )

    def delete(self, collection: str, *, ids: Sequence[str]) -> None:
        """Remove these entries."""
        if not ids or self._found(collection) is None:
            return
        with self._session.mapped(), self._session.writing(collection, ids):
            held = self._found(collection)
            for at in range(0, len(ids) if held else 0, self._batch):
                held.delete(ids=list(ids[at : at + self._batch]))

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Near]:
        """Return the nearest entries, best first."""
        with self._session.mapped(), self._session.reading():
            held = self._found(collection)
            if held is None:
                return []
            query = [np.asarray(vector, dtype=np.float32)]
            reply = held.query(query_embeddings=query, n_results=limit, include=["distances"])
        return [Near(i, 1.0 - float(far)) for i, far in zip(reply["ids"][0], reply["distances"][0], strict=True)]

    def neighbours(self, collection: str, ids: Sequence[str], *, limit: int) -> Mapping[str, Sequence[Near]]:
        """Return for each of these entries the nearest others."""
        found: dict[str, list[Near]] = {}
        with self._session.mapped(), self._session.reading():
            held = self._found(collection)
            for at in range(0, len(ids) if held else 0, self._batch):
                there = held.get(ids=list(ids[at : at + self._batch]), include=["embeddings"])
                if not there["ids"]:
                    continue
                rows = [np.asarray(row, dtype=np.float32) for row in there["embeddings"]]
                reply = held.query(query_embeddings=rows, n_results=limit + 1, include=["distances"])
                for name, others, distances in zip(there["ids"], reply["ids"], reply["distances"], strict=True):
                    near = zip(others, distances, strict=True)
                    found[name] = [Near(other, 1.0 - float(far)) for other, far in near if other != name][:limit]
        return found

    def entries(
        self, collection: str, *, article_ids: Sequence[str] | None = None, ids: Sequence[str] | None = None
    ) -> list[Passage]:
        """Return the entries of these articles, of these ids, or all, by id."""
        if any(wanted is not None and not wanted for wanted in (article_ids, ids)):
            return []
        where: Mapping[str, Any] | None = None
        if article_ids is not None:
            where = {"article_id": {"$in": list(article_ids)}}
        with self._session.mapped(), self._session.reading():
            held = self._found(collection)
            if held is None:
                return []
            # Ids first, and then a batch at a time: of a collection of 200,000 entries Chroma cannot give all texts at once.
            names = held.get(ids=None if ids is None else list(ids), where=where, include=[])["ids"]
            found: list[Passage] = []
            for at in range(0, len(names), _READ):
                reply = held.get(ids=names[at : at + _READ], include=["documents", "metadatas"])
                rows = zip(reply["ids"], reply["documents"], reply["metadatas"], strict=True)
                found += [Passage(name, text, about or {}) for name, text, about in rows]
        return sorted(found, key=lambda each: each.passage_id)

    def revision(self, collection: str) -> str:
        """Return a mark that changes whenever an entry changes."""
        with self._session.mapped():
            return self._session.revision(collection)

    def changed(self, collection: str, *, since: str) -> frozenset[str] | None:
        """Return the ids that changed after a revision; None where that is not known, as with a server."""
        with self._session.mapped():
            return self._session.changed(collection, since)

    def collections(self) -> list[str]:
        """Return the names of all collections, sorted."""
        with self._session.mapped(), self._session.reading():
            return sorted(each.name for each in self._session.client.list_collections())

    def drop(self, collection: str) -> None:
        """Remove a collection."""
        with self._session.mapped(), self._session.writing(collection, None):
            if self._found(collection) is not None:
                self._session.client.delete_collection(collection)

    def ping(self) -> None:
        """Raise VectorStoreUnavailable where Chroma does not answer."""
        with self._session.mapped(), self._session.reading():
            self._session.client.heartbeat()

    def close(self) -> None:
        """Let go of the files or the connection; the next call opens them again."""
        self._session.close()

    def _found(self, collection: str) -> Any:  # noqa: ANN401 -- as above
        return existing(self._session.client, collection)
