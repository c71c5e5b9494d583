"""A writer of articles that dies at a chosen moment, by SIGKILL: run as a process of its own.

python -m tests.e2e.killed_writer FOLDER MOMENT put|delete
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from assist.store import Database, SqlArticleStore, SqlChangeLog, migrate
from knowledge.articles import Article
from knowledge.embedders.hashing import HashingEmbedder
from knowledge.indexing import Indexer
from knowledge.library import Library
from knowledge.loaders.files import FileLoader
from knowledge.ports import Change, Metadata, Vectors
from knowledge.search import HybridSearch
from knowledge.stores.chroma import ChromaStore
from knowledge.stores.chroma_session import EmbeddedSession

TENANT = "acme"
MOMENTS = ("embedding", "before vectors", "after vectors")


class Now:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC)


def die() -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingEmbedder(HashingEmbedder):
    """Dies when asked: what is embedded is committed already, and not yet in the vector store."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Die."""
        die()
        return super().embed(texts)


class DyingVectors(ChromaStore):
    """Dies instead of its first write."""

    def upsert(
        self,
        collection: str,
        *,
        ids: Sequence[str],
        vectors: Vectors,
        texts: Sequence[str],
        metadata: Sequence[Metadata],
    ) -> None:
        """Die."""
        die()

    def delete(self, collection: str, *, ids: Sequence[str]) -> None:
        """Die."""
        if ids:
            die()


class DyingLog(SqlChangeLog):
    """Dies when the vectors stand, before that is noted."""

    async def settle(self, tenant: str, changes: Sequence[Change]) -> None:
        """Die."""
        die()


def a_library(folder: Path, database: Database, moment: str = "") -> Library:
    """Return a library over SQLite and embedded Chroma in this folder, that dies at this moment."""
    session = EmbeddedSession(folder / "chroma")
    vectors = DyingVectors(session) if moment == "before vectors" else ChromaStore(session)
    embedder = DyingEmbedder() if moment == "embedding" else HashingEmbedder()
    changes = DyingLog(database) if moment == "after vectors" else SqlChangeLog(database)
    articles = SqlArticleStore(database, clock=Now())
    return Library(
        articles, changes, Indexer(vectors, embedder), HybridSearch(vectors, HashingEmbedder()), loader=FileLoader()
    )


def an_article(body: str) -> Article:
    """Return the article that is written about."""
    return Article(article_id="refunds", title="Refunds", body=body)


def database_of(folder: Path) -> str:
    """Return the URL of the folder's database."""
    return f"sqlite:///{folder / 'assist.db'}"


async def write(folder: Path, moment: str, action: str) -> None:
    """Put or delete, and die on the way."""
    await migrate(database_of(folder))
    library = a_library(folder, Database(database_of(folder)), moment)
    if action == "put":
        await library.put(TENANT, an_article("The new words."))
    else:
        await library.delete(TENANT, "refunds")


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
