"""Keeps the passages of articles in the vector store: adds, changes, removes; running twice changes nothing."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from knowledge.articles import Article, Chunk, Status, Unreadable
from knowledge.chunking import chunk
from knowledge.fusion import blended
from knowledge.ports import Embedder, Metadata, Passage, Vectors, VectorStore, collection_name, collection_names

TITLE = 0.6
WHOLE = 1.0
"""How much of its article's title and of its whole article a passage's vector carries, beside 1 of its own words.

Chosen by ablation: a passage from the middle of an article often says little of what the article is for.
"""

Progress = Callable[[int], None]
"""Told the number of articles dealt with so far."""

_FORMAT = "3"
"""Part of every stamp: raise it when chunking or the embedded text changes, and loading renews all passages."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What became of each article, by id; `warnings` say what a manager should look at in articles that were stored."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[Unreadable, ...] = field(default=())
    warnings: tuple[str, ...] = ()

    def __add__(self, other: "IndexReport") -> "IndexReport":
        return IndexReport(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
            self.failed + other.failed,
            self.warnings + other.warnings,
        )

    @property
    def total(self) -> int:
        """How many articles were dealt with."""
        return sum(map(len, (self.added, self.changed, self.unchanged, self.removed, self.failed)))


def embedded_text(title: str, heading: str, text: str) -> str:
    """Return what is embedded for a passage: its own words, under its article's title and its headings."""
    return f"{title}\n{heading}\n{text.strip()}" if heading else f"{title}\n{text.strip()}"


class Indexer:
    """Puts articles into the collections of their tenant and domain. Blocking; one writer of a tenant at a time."""

    def __init__(self, store: VectorStore, embedder: Embedder, *, window: int = 128) -> None:
        self._store = store
        self._embedder = embedder
        self._window = window

    def index(
        self, tenant: str, articles: Iterable[Article], *, progress: Progress | None = None, dry: bool = False
    ) -> IndexReport:
        """Bring the passages of these articles in step with them; articles that are not published lose theirs.

        Articles are taken a window at a time, so that a long iterable needs little memory. `dry` says what would be
        done, and does nothing.
        """
        report = IndexReport()
        stream = iter(articles)
        while window := list(islice(stream, self._window)):
            report += self._index_window(tenant, {article.article_id: article for article in window}, dry=dry)
            if progress is not None:
                progress(report.total)
        return report

    def remove(self, tenant: str, article_ids: Sequence[str]) -> IndexReport:
        """Remove every passage of these articles; an article without any is not named in the report."""
        removed: set[str] = set()
        for collection in self._collections(tenant):
            entries = self._store.entries(collection, article_ids=article_ids)
            self._store.delete(collection, ids=[entry.passage_id for entry in entries])
            removed |= {str(entry.metadata["article_id"]) for entry in entries}
        return IndexReport(removed=tuple(sorted(removed)))

    def indexed(self, tenant: str) -> set[str]:
        """Return the ids of all articles that have passages."""
        return {
            str(entry.metadata["article_id"])
            for collection in self._collections(tenant)
            for entry in self._store.entries(collection)
        }

    def _index_window(self, tenant: str, articles: dict[str, Article], *, dry: bool) -> IndexReport:
        before = {name: self._entries(name, list(articles)) for name in self._collections(tenant)}
        wanted: dict[str, dict[str, tuple[Chunk, ...]]] = {}
        added: list[str] = []
        changed: list[str] = []
        unchanged: list[str] = []
        removed: list[str] = []
        for article_id, article in articles.items():
            home = collection_name(tenant, article.domain, self._embedder.name)
            had = {name: entries[article_id] for name, entries in before.items() if article_id in entries}
            if article.status is not Status.PUBLISHED:
                (removed if had else unchanged).append(article_id)
            elif set(had) == {home} and _is_current(had[home], stamp(article)):
                unchanged.append(article_id)
                before[home].pop(article_id)
            else:
                (changed if had else added).append(article_id)
                wanted.setdefault(home, {})[article_id] = chunk(article)
        if not dry:
            self._write(wanted, articles)
            self._clean(before, wanted)
        return IndexReport(tuple(added), tuple(changed), tuple(unchanged), tuple(removed))

    def _write(self, wanted: dict[str, dict[str, tuple[Chunk, ...]]], articles: dict[str, Article]) -> None:
        cut = {article_id: chunks for homes in wanted.values() for article_id, chunks in homes.items()}
        vectors = self._vectors([(articles[article_id], chunks) for article_id, chunks in cut.items()])
        for home, there in wanted.items():
            pieces = [piece for chunks in there.values() for piece in chunks]
            self._store.upsert(
                home,
                ids=[piece.passage_id for piece in pieces],
                vectors=np.stack([row for article_id in there for row in vectors[article_id]]),
                texts=[piece.text.strip() for piece in pieces],
                metadata=[_metadata(articles[p.article_id], p, of=len(there[p.article_id])) for p in pieces],
            )

    def _vectors(self, cut: Sequence[tuple[Article, Sequence[Chunk]]]) -> dict[str, Vectors]:
        """Return a row for each passage, by article: its own words, with something of its title and whole article."""
        # One call for all articles: batches fill up, and the embedder sorts by length across them.
        titles = [article.title for article, _ in cut]
        texts = [embedded_text(article.title, piece.heading, piece.text) for article, chunks in cut for piece in chunks]
        rows = self._embedder.embed([*titles, *texts])
        found: dict[str, Vectors] = {}
        at = len(titles)
        for (article, chunks), title in zip(cut, rows, strict=False):
            own = rows[at : at + len(chunks)]
            whole = blended([(1.0, own.sum(axis=0))])
            found[article.article_id] = blended([(1.0, own), (TITLE, title), (WHOLE, whole)])
            at += len(chunks)
        return found

    def _clean(
        self,
        before: dict[str, dict[str, list[Passage]]],
        wanted: dict[str, dict[str, tuple[Chunk, ...]]],
    ) -> None:
        """Remove what articles had and have no longer; after the new passages stand, so that none is ever missing."""
        for name, entries in before.items():
            kept = {each.passage_id for chunks in wanted.get(name, {}).values() for each in chunks}
            gone = [p.passage_id for passages in entries.values() for p in passages if p.passage_id not in kept]
            self._store.delete(name, ids=gone)

    def _entries(self, collection: str, article_ids: Sequence[str]) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for entry in self._store.entries(collection, article_ids=article_ids):
            found.setdefault(str(entry.metadata["article_id"]), []).append(entry)
        return found

    def _collections(self, tenant: str) -> list[str]:
        # Collections of another embedding model are another index, and stay as they are.
        return collection_names(self._store.collections(), tenant, self._embedder.name)


def stamp(article: Article) -> str:
    """Return a mark of all that an article's passages are made from."""
    return hashlib.sha256(f"{_FORMAT}|{article.version}|{article.content_hash}".encode()).hexdigest()[:24]


def _is_current(entries: Sequence[Passage], mark: str) -> bool:
    return all(e.metadata.get("stamp") == mark and e.metadata.get("of") == len(entries) for e in entries)


def _metadata(article: Article, piece: Chunk, *, of: int) -> Metadata:
    """Return what stands beside a passage; flat, since stores take nothing else, and "" for what an article lacks."""
    return {
        "article_id": article.article_id,
        "version": article.version,
        "title": article.title,
        "url": article.url or "",
        "heading": piece.heading,
        "ordinal": piece.ordinal,
        "of": of,
        "stamp": stamp(article),
        "audience": article.audience.value,
        "language": article.language,
        "valid_from": article.valid_from.isoformat() if article.valid_from else "",
        "valid_until": article.valid_until.isoformat() if article.valid_until else "",
    }
