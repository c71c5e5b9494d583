"""The index of one embedding model beside that of another, while the new one is built: vectors are never mixed.

Which index of a tenant is complete stands in the vector store itself, so that every process sees it, and so that it is
gone with the vectors.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from knowledge.articles import Article, Audience, SearchResult
from knowledge.indexing import Indexer, IndexReport, Progress
from knowledge.ports import Embedder, Vectors, VectorStore, collection_name, collection_names
from knowledge.search import HybridSearch

_COMPLETE = "indexes"
"""The collection that holds a mark for each tenant and model whose index is complete."""

_FLAG = np.ones((1, 1), dtype=np.float32)

Searching = Callable[[Embedder], HybridSearch]


class Indexes:
    """Reads from the complete index and writes to that of the wanted model too; they are one and the same but for a change.

    `embedder` is the wanted model, `earlier` makes one by name, `searching` the search over a model. Blocking; threads
    may share it.
    """

    def __init__(
        self, store: VectorStore, embedder: Embedder, *, earlier: Callable[[str], Embedder], searching: Searching
    ) -> None:
        self._store = store
        self._wanted = embedder.name
        self._earlier = earlier
        self._searching = searching
        self._indexers = {embedder.name: Indexer(store, embedder)}
        self._searches = {embedder.name: searching(embedder)}
        self._lock = threading.Lock()
        self._known: tuple[str, Mapping[str, frozenset[str]]] = ("", {})

    @property
    def wanted(self) -> Indexer:
        """The index of the wanted model, complete or not."""
        return self._indexers[self._wanted]

    def is_outdated(self, tenant: str) -> bool:
        """Is the tenant's complete index that of another model than the wanted one?"""
        return self._current(tenant) != self._wanted

    def outdated(self) -> list[str]:
        """Return the tenants of which that is so."""
        return [tenant for tenant in sorted(self._complete()) if self.is_outdated(tenant)]

    def complete(self, tenant: str) -> None:
        """Say that the wanted model's index is complete: it is read from now on, and the others are removed."""
        others = self._complete().get(tenant, frozenset()) - {self._wanted}
        if self._wanted not in self._complete().get(tenant, frozenset()):
            about = [{"article_id": tenant, "model": self._wanted}]
            ids = [_mark(tenant, self._wanted)]
            self._store.upsert(_COMPLETE, ids=ids, vectors=_FLAG, texts=[self._wanted], metadata=about)
        for model in others:
            self._store.delete(_COMPLETE, ids=[_mark(tenant, model)])
            for name in collection_names(self._store.collections(), tenant, model):
                self._store.drop(name)

    def index(
        self, tenant: str, articles: Iterable[Article], *, progress: Progress | None = None, dry: bool = False
    ) -> IndexReport:
        """Bring the passages of these articles in step, in every index that is in use; see Indexer.index."""
        given = list(articles)
        if self.is_outdated(tenant) and not dry:
            self.wanted.index(tenant, given)
        report = self._indexer(self._current(tenant)).index(tenant, given, progress=progress, dry=dry)
        if not dry and tenant not in self._complete():
            self.complete(tenant)  # a tenant's first articles: there is nothing that this index could lack
        return report

    def remove(self, tenant: str, article_ids: Sequence[str]) -> IndexReport:
        """Remove every passage of these articles, from every index that is in use."""
        if self.is_outdated(tenant):
            self.wanted.remove(tenant, article_ids)
        return self._indexer(self._current(tenant)).remove(tenant, article_ids)

    def indexed(self, tenant: str) -> set[str]:
        """Return the ids of all articles that have passages in the complete index."""
        return self._indexer(self._current(tenant)).indexed(tenant)

    def collections(self, tenant: str, domain: str | None = None) -> list[str]:
        """Return the names of the complete index's collections: all of the tenant, or that of one domain."""
        model = self._current(tenant)
        names = collection_names(self._store.collections(), tenant, model)
        return names if domain is None else [each for each in names if each == collection_name(tenant, domain, model)]

    def search(
        self,
        tenant: str,
        domain: str | None,
        *,
        text: str,
        today: date,
        vector: Vectors | None = None,
        limit: int = 5,
        audience: Audience = Audience.AGENT,
        language: str | None = None,
        prefer: Mapping[str, float] | None = None,
        intent: str | None = None,
        explain: bool = False,
    ) -> SearchResult:
        """Return the best articles of the complete index; a vector of another model than its own is left out."""
        model = self._current(tenant)
        return self._search(model).search(
            tenant,
            domain,
            text=text,
            today=today,
            vector=vector if model == self._wanted else None,
            limit=limit,
            audience=audience,
            language=language,
            prefer=prefer,
            intent=intent,
            explain=explain,
        )

    def _current(self, tenant: str) -> str:
        complete = self._complete().get(tenant, frozenset())
        return self._wanted if not complete or self._wanted in complete else min(complete)

    def _complete(self) -> Mapping[str, frozenset[str]]:
        """Return the models whose index is complete, by tenant."""
        revision = self._store.revision(_COMPLETE)
        with self._lock:
            if self._known[0] == revision:
                return self._known[1]
        found: dict[str, frozenset[str]] = {}
        for entry in self._store.entries(_COMPLETE):
            tenant = str(entry.metadata["article_id"])
            found[tenant] = found.get(tenant, frozenset()) | {str(entry.metadata["model"])}
        with self._lock:
            self._known = (revision, found)
        return found

    def _indexer(self, model: str) -> Indexer:
        with self._lock:
            if model not in self._indexers:
                self._indexers[model] = Indexer(self._store, self._earlier(model))
            return self._indexers[model]

    def _search(self, model: str) -> HybridSearch:
        with self._lock:
            if model not in self._searches:
                self._searches[model] = self._searching(self._earlier(model))
            return self._searches[model]


def _mark(tenant: str, model: str) -> str:
    return f"{tenant}#{model}"
