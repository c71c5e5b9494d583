"""Search by meaning and by words together: the best passage of each article, and whether any is good enough."""

import logging
import threading
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from knowledge.articles import Audience, SearchResult
from knowledge.errors import EmbedderUnavailable
from knowledge.fusion import blended
from knowledge.keywords import query_terms, word_count
from knowledge.ports import Embedder, Reranker, Vectors, VectorStore, collection_name, collection_names
from knowledge.search.corpus import Corpus, Readers
from knowledge.search.explaining import explained
from knowledge.search.habits import Habits
from knowledge.search.ranking import Match, ranked

_log = logging.getLogger(__name__)

NEAREST = 60
"""How many passages each leg brings from a collection."""

RERANKED = 20
"""How many articles a re-ranking model is shown."""

_WINDOW = 80
"""Words of a long question that are embedded at a time: a model cuts the end of a long text off."""

_MOST_WINDOWS = 16

_FEW = 0.5
"""Where more than this share of a collection changed, it is read whole."""


class HybridSearch:
    """Searches the passages of a tenant. Blocking; threads may share it.

    The words of a collection are kept in memory; when its revision changes, those of the changed passages are read anew.
    """

    def __init__(
        self,
        store: VectorStore,
        embedder: Embedder,
        *,
        reranker: Reranker | None = None,
        habits: Habits | None = None,
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._reranker = reranker
        self._habits = habits
        self._corpora: dict[str, Corpus] = {}
        self._building: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

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
        """Return the best articles for a text; with `explain` each hit says why it came up (`ExplainedHit`).

        `domain` None searches all the tenant's articles; a domain searches its articles and those of no domain.
        `vector` stands for the text's meaning, where the caller has it already. `language` keeps to articles in it,
        where there are any. `prefer` gives articles, by id, an advance from 0 to 1 for reasons that the text lacks; what
        agents accepted for this `intent` before has an advance too.
        """
        corpora = [corpus for name in self._names(tenant, domain) if (corpus := self._corpus(name)).passages]
        if not corpora:
            return SearchResult(nothing_relevant=True)
        spoken = language if language and any(corpus.speaks(language) for corpus in corpora) else None
        readers = Readers(today=today, audience=audience, language=spoken)
        query = query_terms(text)
        direction = self._direction(text) if vector is None else vector
        given = prefer or {}
        learnt = self._habits.advances(tenant, intent) if self._habits and intent else {}
        prefer = {name: max(given.get(name, 0.0), learnt.get(name, 0.0)) for name in [*given, *learnt]}
        found = [m for corpus in corpora for m in self._matches(corpus, query, direction, readers, limit, prefer)]
        wide = limit if self._reranker is None else max(limit, RERANKED)
        result = ranked(found, length=word_count(query), limit=wide, prefer=prefer)
        if self._reranker is not None:
            result = self._reranked(self._reranker, text, result, limit)
        return explained(result, found, corpora, query, given=given, learnt=learnt) if explain else result

    def _reranked(self, reranker: Reranker, text: str, result: SearchResult, limit: int) -> SearchResult:
        """Return the hits in the reranker's order; without its model, as they stand. What is relevant stays so."""
        try:
            scores = reranker.scores(text, [f"{hit.title}\n{hit.passage}" for hit in result.hits])
        except EmbedderUnavailable:
            _log.exception("the hits could not be re-ranked; they come in the order of the first search")
            return result.model_copy(update={"hits": result.hits[:limit]})
        order = np.argsort(-scores, kind="stable")[:limit]
        return result.model_copy(update={"hits": tuple(result.hits[at] for at in order)})

    def _names(self, tenant: str, domain: str | None) -> list[str]:
        if domain is None:
            return collection_names(self._store.collections(), tenant, self._embedder.name)
        return [collection_name(tenant, home, self._embedder.name) for home in (domain, None)]

    def _corpus(self, name: str) -> Corpus:
        revision = self._store.revision(name)
        known = self._corpora.get(name)
        if known is not None and known.revision == revision:
            return known
        # One thread reads a changed collection, those that want it wait; searches of other collections go on.
        with self._lock:
            building = self._building.setdefault(name, threading.Lock())
        with building:
            known = self._corpora.get(name)
            if known is None or known.revision != revision:
                known = self._newer(known, name, revision)
                self._corpora[name] = known
            return known

    def _newer(self, known: Corpus | None, name: str, revision: str) -> Corpus:
        """Return the collection as it stands, from what is known of it where that is possible.

        It may be newer than `revision` already: then the next search takes up the same changes again.
        """
        changed = self._store.changed(name, since=known.revision) if known is not None and known.revision else None
        if known is None or changed is None or len(changed) > len(known.passages) * _FEW:
            return Corpus(name, revision, self._store.entries(name) if revision else ())
        return known.revised(revision, changed, self._store.entries(name, ids=sorted(changed)))

    def _direction(self, text: str) -> Vectors | None:
        """Return the text's meaning; None without a model: then the words alone have to do."""
        words = text.split()
        step = max(_WINDOW, -(-len(words) // _MOST_WINDOWS))
        windows = [" ".join(words[at : at + step]) for at in range(0, len(words), step)] or [""]
        try:
            return blended((1.0, row) for row in self._embedder.embed(windows))
        except EmbedderUnavailable:
            _log.exception("the question could not be embedded; it is searched by its words alone")
            return None

    def _matches(
        self,
        corpus: Corpus,
        query: Sequence[str],
        direction: Vectors | None,
        readers: Readers,
        limit: int,
        prefer: Mapping[str, float],
    ) -> list[Match]:
        """Return the open passages that either leg found or that are preferred, each with both scores."""
        opened = corpus.open_to(readers)
        wanted = min(limit * 4, int(opened.sum()))
        if not wanted:
            return []
        words = np.where(opened, corpus.words.scores(query), 0.0)
        near = {} if direction is None or not direction.any() else self._near(corpus, opened, direction, wanted)
        floor = min(near.values(), default=0.0)
        best = np.argsort(-words, kind="stable")[: max(NEAREST, wanted)]
        places = {*near, *(int(at) for at in best if words[at] > 0.0), *(at for at in corpus.of(prefer) if opened[at])}
        return [Match(corpus.passages[at], near.get(at, floor), float(words[at])) for at in sorted(places)]

    def _near(self, corpus: Corpus, opened: np.ndarray, direction: Vectors, wanted: int) -> dict[int, float]:
        """Return the nearest open passages: more are asked for until what is closed crowds out nothing."""
        reach = max(NEAREST, wanted)
        while True:
            found = self._store.nearest(corpus.name, direction, limit=reach)
            # A passage that came after this corpus was read waits for the next search.
            known = {corpus.places[p.passage_id]: p.similarity for p in found if p.passage_id in corpus.places}
            near = {place: similarity for place, similarity in known.items() if opened[place]}
            if len(near) >= wanted or reach >= len(corpus.passages):
                return near
            reach *= 4
