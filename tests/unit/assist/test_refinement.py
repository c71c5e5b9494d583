"""What a model adds after the packet, and ahead of it."""

import asyncio
from datetime import UTC, datetime

from assist.analysis.assembly import assemble
from assist.analysis.pipeline import Pipeline, Readers, Reading
from assist.broadcast import MemoryBroadcaster
from assist.domain.business import Domain
from assist.domain.findings import Summary
from assist.domain.packet import Answerer, HandoffPacket, Provenance
from assist.domain.transcript import RedactedTranscript
from assist.metrics import PrometheusMeter
from assist.refinement import Pace, Refinement
from tests.builders import customer, masked
from tests.fakes.embedder import CountingEmbedder
from tests.fakes.handoff_store import MemoryHandoffStore


class FixedClock:
    """Always noon."""

    def now(self) -> datetime:
        return datetime(2026, 1, 1, 12, tzinfo=UTC)


class Writing:
    """A briefing that writes one headline; counts how often it was asked, and may be held up."""

    def __init__(self, *, hold: asyncio.Event | None = None, fails: bool = False) -> None:
        self.asked = 0
        self._hold = hold
        self._fails = fails

    async def improve(self, reading: Reading, *, tenant: str, deadline: float) -> Reading:
        self.asked += 1
        if self._hold:
            await self._hold.wait()
        if self._fails:
            message = f"broken for {tenant} within {deadline}"
            raise RuntimeError(message)
        case = reading.case.having(summary=Summary(headline=f"{len(reading.case.turns)} turns, by the model"))
        told = Provenance(by=Answerer.MODEL, dropped={"UNSUPPORTED_CLAIM": 2})
        return Reading(case, {**reading.provenance, "summary": told})


def a_pipeline() -> Pipeline:
    """Return a pipeline that finds nothing."""
    return Pipeline(
        readers=lambda: Readers((), lambda _transcript, _vectors: "bakery", lambda _: "en"),
        domains={"bakery": Domain(name="bakery", title="Bakery")},
        embedder=CountingEmbedder(),
        clock=FixedClock(),
    )


class Desk:
    """A refinement with a store that holds one packet."""

    def __init__(self, briefing: Writing, *, quiet: float = 0.0) -> None:
        self.pipeline = a_pipeline()
        self.store = MemoryHandoffStore()
        self.broadcaster = MemoryBroadcaster()
        self.meter = PrometheusMeter()
        self.refinement = Refinement(
            briefing=briefing,
            pipeline=self.pipeline,
            handoffs=self.store,
            broadcaster=self.broadcaster,
            meter=self.meter,
            pace=Pace(deadline=5.0, quiet=quiet),
        )

    async def packet(self) -> tuple[HandoffPacket, Reading]:
        """Store a packet of one turn."""
        transcript = masked(customer("hi"), conversation_id="c-1")
        reading = self.pipeline.read(transcript)
        made = assemble(reading, handoff_id="ho_1", conversation_id="c-1", created_at=FixedClock().now())
        await self.store.add("t", made, transcript)
        return made, reading

    async def newest(self) -> HandoffPacket:
        """Return the packet as stored now."""
        return HandoffPacket.model_validate_json((await self.store.get("t", "ho_1")).body)


async def test_the_models_answer_becomes_the_next_revision_and_is_told() -> None:
    """Revision 2 is stored under the same id, and watchers hear of it."""
    desk = Desk(Writing())
    packet, reading = await desk.packet()
    with desk.broadcaster.watching("t", "ho_1") as events:
        await desk.refinement.after("t", packet, reading)
        event = await anext(events)
    assert event.id == "2"
    newest = await desk.newest()
    assert (newest.revision, newest.summary.headline) == (2, "1 turns, by the model")
    assert newest.created_at == packet.created_at


async def test_a_broken_model_leaves_the_packet_as_it_is() -> None:
    """Whatever the briefing raises, revision 1 stands, and nothing is raised."""
    desk = Desk(Writing(fails=True))
    packet, reading = await desk.packet()
    await desk.refinement.after("t", packet, reading)
    assert (await desk.newest()).revision == 1


async def test_closing_stops_what_runs() -> None:
    """A model that never answers does not keep the service from stopping."""
    desk = Desk(Writing(hold=asyncio.Event()))
    packet, reading = await desk.packet()
    running = desk.refinement.after("t", packet, reading)
    await asyncio.sleep(0)
    await desk.refinement.close()
    assert running.cancelled()
    assert (await desk.newest()).revision == 1


async def prepared(refinement: Refinement, conversation: RedactedTranscript) -> Reading | None:
    """Wait until something is prepared, or until it is clear that nothing will be."""
    for _ in range(200):
        await asyncio.sleep(0.01)
        if not refinement.is_preparing:
            break
    return refinement.take("t", conversation)


async def test_a_quiet_conversation_is_prepared_once() -> None:
    """Turns that come close together are prepared together, and what is ready is handed out once."""
    briefing = Writing()
    desk = Desk(briefing, quiet=0.05)
    short, whole = (
        masked(customer("hi"), conversation_id="c-1"),
        masked(customer("hi"), customer("hello?"), conversation_id="c-1"),
    )
    desk.refinement.ahead("t", short)
    desk.refinement.ahead("t", whole)
    ready = await prepared(desk.refinement, whole)
    assert ready is not None
    assert ready.case.summary.headline == "2 turns, by the model"
    assert briefing.asked == 1
    assert desk.refinement.take("t", whole) is None


async def test_what_was_prepared_for_fewer_turns_is_not_used() -> None:
    """A turn that came after the preparation makes it outdated."""
    desk = Desk(Writing())
    desk.refinement.ahead("t", masked(customer("hi"), conversation_id="c-1"))
    later = masked(customer("hi"), customer("wait, one more thing"), conversation_id="c-1")
    assert await prepared(desk.refinement, later) is None


async def test_revisions_and_claims_that_were_not_believed_are_counted() -> None:
    """Operators see who wrote the summary, and how many statements were dropped for which reason."""
    desk = Desk(Writing())
    packet, reading = await desk.packet()
    await desk.refinement.after("t", packet, reading)
    told = desk.meter.exposition().decode()
    assert 'assist_revisions_total{summary_by="model"} 1.0' in told
    assert 'assist_dropped_claims_total{field="summary",reason="UNSUPPORTED_CLAIM"} 2.0' in told
    assert 'assist_briefed_fields_total{by="model",failure="none",field="summary"} 1.0' in told
    assert "assist_briefing_seconds_count 1.0" in told
