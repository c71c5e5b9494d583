"""What knowledge needs from outside: an embedding model, a vector store, a place for articles, and a reader of files."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.articles import Article, Unreadable

Vectors = NDArray[np.float32]
Metadata = Mapping[str, str | int | float | bool]


class Embedder(Protocol):
    """Turns texts into unit vectors. Blocking: call it in a thread; threads may share it."""

    @property
    def name(self) -> str:
        """The model's name; vectors of two names must not be mixed."""
        ...

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text, in order; shape (len(texts), dimension)."""
        ...


class Reranker(Protocol):
    """Reads a question and a passage together: slower than vectors, and better. Blocking; threads may share it."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """Return how well each passage answers, in order: higher is better, of no fixed scale; shape (len(passages),)."""
        ...


@dataclass(frozen=True, slots=True)
class Passage:
    """A stored passage, with what was stored beside it."""

    passage_id: str
    text: str
    metadata: Metadata = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Near:
    """A stored passage's id, and its cosine similarity to a query, from -1 to 1."""

    passage_id: str
    similarity: float


class VectorStore(Protocol):
    """Named collections of vectors with texts and flat metadata. Blocking: call it in a thread; threads may share it.

    What one process has written, every other process that uses the same store sees in its next call.
    """

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
        ...

    def delete(self, collection: str, *, ids: Sequence[str]) -> None:
        """Remove these entries; absent ones are no error."""
        ...

    def nearest(self, collection: str, vector: Vectors, *, limit: int) -> list[Near]:
        """Return the nearest entries to one vector of shape (dimension,), best first; [] without such a collection."""
        ...

    def neighbours(self, collection: str, ids: Sequence[str], *, limit: int) -> Mapping[str, Sequence[Near]]:
        """Return for each of these entries the nearest others, best first; absent entries have no place in the answer."""
        ...

    def entries(
        self, collection: str, *, article_ids: Sequence[str] | None = None, ids: Sequence[str] | None = None
    ) -> list[Passage]:
        """Return the entries of these articles (metadata `article_id`), of these ids, or all, by id.

        [] without such a collection.
        """
        ...

    def revision(self, collection: str) -> str:
        """Return a mark that changes whenever an entry changes, by whichever process; "" without such a collection."""
        ...

    def changed(self, collection: str, *, since: str) -> frozenset[str] | None:
        """Return the ids of all entries that were written or removed after a revision; None where that is not known.

        There may be more among them than did change, never fewer.
        """
        ...

    def collections(self) -> list[str]:
        """Return the names of all collections, sorted."""
        ...

    def drop(self, collection: str) -> None:
        """Remove a collection; an absent one is no error."""
        ...

    def ping(self) -> None:
        """Raise VectorStoreUnavailable where the store does not answer."""
        ...


Expected = int | Literal["any"] | None
"""The version that an article must be at for a write to happen: 0 where it must not be there, None where all is well."""


@dataclass(frozen=True, slots=True)
class Written:
    """An article as stored, and whether that made a version."""

    article: Article
    is_new: bool


class ArticleStore(Protocol):
    """Where articles live, with all their versions. Every call is within one tenant.

    What changes an article notes the change in the `ChangeLog`, in the same transaction.
    """

    async def put(self, tenant: str, article: Article, *, expected: Expected = None) -> Article:
        """Store the article; returns it with its version, unchanged where the content is the same as the newest.

        ArticleChanged where it is not at the version expected; whoever writes at the same time, one alone succeeds.
        """
        ...

    async def put_all(self, tenant: str, articles: Sequence[Article]) -> Sequence[Written]:
        """Store these articles in one transaction: all or none."""
        ...

    async def newest(self, tenant: str, article_ids: Sequence[str]) -> Mapping[str, Article]:
        """Return the newest versions of those of these articles that are there, by id."""
        ...

    async def get(self, tenant: str, article_id: str, *, version: int | None = None) -> Article | None:
        """Return the newest version, or the one asked for."""
        ...

    async def page(
        self, tenant: str, *, domain: str | None = None, after: str | None = None, limit: int = 50
    ) -> Sequence[Article]:
        """Return the newest versions with article_id > after, by article_id."""
        ...

    async def versions(self, tenant: str, article_id: str) -> Sequence[Article]:
        """Return every version, oldest first."""
        ...

    async def delete(self, tenant: str, article_id: str, *, expected: Expected = None) -> bool:
        """Remove the article and its versions; False where there was none, ArticleChanged as for `put`."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """An article whose vectors have yet to follow; `mark` is new at every change."""

    article_id: str
    mark: str


class ChangeLog(Protocol):
    """Changes of articles that the vectors have yet to follow, kept until they have: a crash in between loses none."""

    async def tenants(self, *, before: datetime) -> Sequence[str]:
        """Return the tenants that have changes from before this moment."""
        ...

    async def pending(
        self, tenant: str, *, article_ids: Sequence[str] | None = None, limit: int = 128
    ) -> Sequence[Change]:
        """Return changes of these articles, or of all, oldest first."""
        ...

    async def settle(self, tenant: str, changes: Sequence[Change]) -> None:
        """Forget these changes; an article that changed again meanwhile stays."""
        ...


class ArticleLoader(Protocol):
    """Reads articles from files. Blocking: call it in a thread."""

    def read(
        self, paths: Sequence[Path], *, domain: str | None = None, encoding: str | None = None
    ) -> Iterator[Article | Unreadable]:
        """Yield each article, or why a file gives none.

        `domain` is for articles that name none themselves, `encoding` for text that is not UTF-8.
        """
        ...


_PLAIN = re.compile(r"[A-Za-z0-9_]")
_LONGEST_PART = 120


def collection_name(tenant: str, domain: str | None, model: str) -> str:
    """Return the name of the collection of a tenant's articles of one domain, None for those of no domain.

    No two inputs share a name, and it has only letters, digits and `._-`, at most 512 of them, which every store
    takes. The embedding model is part of it, so that vectors of two models are never mixed.
    """
    home = "any" if domain is None else f"d{_plain(domain)}"
    return f"t{_plain(tenant)}.{home}.{_mark(model)}"


def collection_names(names: Sequence[str], tenant: str, model: str) -> list[str]:
    """Return those of these names that belong to a tenant and an embedding model."""
    start, end = f"t{_plain(tenant)}.", f".{_mark(model)}"
    return [name for name in names if name.startswith(start) and name.endswith(end)]


def _mark(model: str) -> str:
    return hashlib.sha256(model.encode()).hexdigest()[:12]


def _plain(name: str) -> str:
    plain = "".join(c if _PLAIN.match(c) else "".join(f"-{byte:02x}" for byte in c.encode()) for c in name)
    return plain if len(plain) <= _LONGEST_PART else f"-sha{hashlib.sha256(name.encode()).hexdigest()}"
