"""Questions to the shared knowledge, by a query or by a whole conversation."""

import asyncio
from dataclasses import dataclass

from assist.analysis.pipeline import Pipeline
from assist.domain.transcript import Transcript
from assist.errors import InvalidInput
from assist.ports import Clock, Meter
from assist.redaction import redact
from knowledge import Audience, Hit, Library, SearchResult

_STAGES = frozenset({"intent", "facts", "knowledge"})


@dataclass(frozen=True, slots=True)
class Enquiries:
    """Finds articles for bots and agents, each within one tenant."""

    library: Library
    pipeline: Pipeline
    clock: Clock
    meter: Meter

    async def by_query(
        self,
        tenant: str,
        query: str,
        *,
        domain: str | None = None,
        limit: int = 5,
        audience: Audience = Audience.AGENT,
        intent: str | None = None,
        explain: bool = False,
    ) -> SearchResult:
        """Return the best articles for a question; what agents accepted for the intent before comes up sooner."""
        if not query.strip():
            message = "the query is empty; ask something"
            raise InvalidInput(message, field="query")
        self.pipeline.check_domain(domain)
        today = self.clock.now().date()
        found = await self.library.search(
            tenant,
            domain,
            text=query,
            today=today,
            limit=limit,
            audience=audience,
            intent=intent,
            explain=explain,
        )
        return self._counted(found)

    async def by_transcript(self, tenant: str, transcript: Transcript, *, limit: int = 5) -> SearchResult:
        """Return the articles that a handoff packet of this conversation would carry."""
        redacted = await asyncio.to_thread(redact, transcript)
        reading = await asyncio.to_thread(self.pipeline.read, redacted, tenant=tenant, only=_STAGES)
        case = reading.case
        hits = tuple(Hit.model_validate(hit.model_dump()) for hit in case.knowledge[:limit])
        return self._counted(SearchResult(hits=hits, nothing_relevant=case.nothing_relevant))

    def _counted(self, result: SearchResult) -> SearchResult:
        self.meter.count("searches", relevant=str(not result.nothing_relevant).lower())
        return result
