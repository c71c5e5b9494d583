"""The parts of the report that ask the vector store and the search."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from knowledge.articles import Hit
from knowledge.errors import EmbedderUnavailable
from knowledge.fusion import blended
from knowledge.health.gaps import Need, gaps
from knowledge.health.pairs import Bounds, Compared, Moved, compared
from knowledge.health.report import Gap, Reference, Serving
from knowledge.indexes import Indexes
from knowledge.ports import Embedder, Vectors, VectorStore
from knowledge.search.ranking import ENOUGH

_SHOWN: Final = 3
_LOOKED_AT: Final = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """An intent as customers ask for it; `named` is the article that its playbook names."""

    domain: str
    intent: str
    name: str
    description: str = ""
    utterances: Sequence[str] = ()
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """The articles that serve an intent; `absent` is the named one where nobody can find it."""

    articles: tuple[Serving, ...] = ()
    absent: str | None = None


@dataclass(frozen=True, slots=True)
class Checkup:
    """Looks at a tenant's articles as searches see them. Blocking.

    `embedder` is that of the index; `passing` keeps nothing of what customers said.
    """

    store: VectorStore
    indexes: Indexes
    embedder: Embedder
    passing: Embedder
    bounds: Bounds = field(default_factory=Bounds)

    def compared(self, tenant: str, domain: str | None, *, moved: Moved | None = None) -> Compared:
        """Return what articles of one domain say twice, or differently; `domain` None compares within each."""
        whole = Compared()
        done = 0
        for name in self.indexes.collections(tenant, domain):
            before = done

            def further(count: int, before: int = before) -> None:
                nonlocal done
                done = before + count
                if moved is not None:
                    moved(done)

            part = compared(self.store, name, self.passing, bounds=self.bounds, moved=further)
            whole.duplicates += part.duplicates
            whole.conflicts += part.conflicts
            whole.notes += part.notes
        return whole

    def served(self, tenant: str, asked: Sequence[Asked], today: date) -> Iterator[Served]:
        """Yield for each intent the articles that come up for it."""
        for each in asked:
            found = self.indexes.search(
                tenant,
                each.domain,
                text=f"{each.name}. {each.description}",
                today=today,
                vector=self._direction(each),
                limit=_LOOKED_AT,
                prefer={each.named: 0.0} if each.named else None,
            )
            named = [hit for hit in found.hits if hit.article_id == each.named]
            good = [hit for hit in found.hits[:_SHOWN] if hit.score >= ENOUGH]
            kept = [*good, *(hit for hit in named if hit not in good)]
            yield Served(
                articles=tuple(_serving(hit, is_named=hit in named) for hit in kept),
                absent=each.named if each.named and not named else None,
            )

    def gaps(self, needs: Sequence[Need]) -> tuple[Gap, ...]:
        """Return the needs in clusters; EmbedderUnavailable without the embedding model."""
        return gaps(needs, self.passing)

    def _direction(self, asked: Asked) -> Vectors | None:
        if not asked.utterances:
            return None
        try:
            return blended((1.0, row) for row in self.embedder.embed(asked.utterances))
        except EmbedderUnavailable:
            return None


def _serving(hit: Hit, *, is_named: bool) -> Serving:
    article = Reference(article_id=hit.article_id, version=hit.version, title=hit.title)
    return Serving(article=article, score=hit.score, is_named=is_named)
