"""A language model's answers, which arrive after the packet: nobody waits for them, and nothing is lost without them."""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from assist.analysis.assembly import assemble
from assist.analysis.pipeline import Pipeline, Reading
from assist.domain.packet import HandoffPacket, Provenance
from assist.domain.transcript import RedactedTranscript
from assist.errors import AssistError
from assist.ports import Broadcaster, Event, HandoffStore, Meter, Stored

_log = logging.getLogger(__name__)
_REMEMBERED = 500


class Improves(Protocol):
    """Adds a model's answers to a reading."""

    async def improve(self, reading: Reading, *, tenant: str, deadline: float) -> Reading:
        """Return the reading with what the model found, or with the reasons why it did not; never raises for a model."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a model may take, and how long a conversation must be quiet before its summary is prepared, in seconds."""

    deadline: float = 45.0
    quiet: float = 1.5


class Refinement:
    """Runs the model in the background: after a handoff, and ahead of one while the conversation still runs."""

    def __init__(
        self,
        *,
        briefing: Improves,
        pipeline: Pipeline,
        handoffs: HandoffStore,
        broadcaster: Broadcaster,
        meter: Meter,
        pace: Pace,
    ) -> None:
        self._briefing = briefing
        self._pipeline = pipeline
        self._handoffs = handoffs
        self._broadcaster = broadcaster
        self._meter = meter
        self._pace = pace
        self._running: set[asyncio.Task[None]] = set()
        self._waiting: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._ready: OrderedDict[tuple[str, str], Reading] = OrderedDict()

    def after(self, tenant: str, packet: HandoffPacket, reading: Reading) -> asyncio.Task[None]:
        """Start improving a stored packet; the task ends when its next revision is stored, or when there is none."""
        return self._start(self._revise(tenant, packet, reading))

    def ahead(self, tenant: str, conversation: RedactedTranscript) -> None:
        """Prepare the packet of a running conversation once it has been quiet for a moment."""
        place = (tenant, conversation.transcript.conversation_id or "")
        if earlier := self._waiting.pop(place, None):
            earlier.cancel()
        self._waiting[place] = self._start(self._prepare(place, conversation))

    def take(self, tenant: str, conversation: RedactedTranscript) -> Reading | None:
        """Return what was prepared for exactly these turns; None where it is not ready or outdated."""
        place = (tenant, conversation.transcript.conversation_id or "")
        if waiting := self._waiting.pop(place, None):
            waiting.cancel()
        prepared = self._ready.pop(place, None)
        return prepared if prepared and prepared.case.turns == conversation.turns else None

    @property
    def is_preparing(self) -> bool:
        """Is any conversation being prepared, or about to be?"""
        return bool(self._waiting)

    async def close(self) -> None:
        """Stop what is running; stored packets stay as they are."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _revise(self, tenant: str, packet: HandoffPacket, reading: Reading) -> None:
        try:
            improved = await self._improved(reading, tenant)
            newer = assemble(
                improved,
                handoff_id=packet.id,
                conversation_id=packet.conversation_id,
                created_at=packet.created_at,
                revision=packet.revision + 1,
            )
            stored = await self._handoffs.revise(tenant, newer)
            self._meter.count(
                "revisions",
                summary_by=newer.provenance["summary"].by.value if "summary" in newer.provenance else "rules",
            )
            await self._broadcaster.publish(tenant, stored.handoff_id, revision_event(stored))
        except AssistError as exc:
            _log.warning("a packet was not improved", extra={"reason": type(exc).__name__})
        except Exception:  # noqa: BLE001 -- whatever broke, revision 1 stands
            _log.exception("improving a packet broke; the packet stands as it is")

    async def _improved(self, reading: Reading, tenant: str) -> Reading:
        """Return the reading with what the model found and what follows from it; counts what came of each field."""
        started = time.perf_counter()
        improved = await self._briefing.improve(reading, tenant=tenant, deadline=self._pace.deadline)
        improved = await asyncio.to_thread(self._pipeline.followed, improved, reading.case)
        self._meter.time("briefing_seconds", time.perf_counter() - started)
        for name, told in improved.provenance.items():
            if told != reading.provenance.get(name):
                self._count(name, told)
        return improved

    def _count(self, name: str, told: Provenance) -> None:
        self._meter.count(
            "briefed_fields", field=name, by=told.by.value, failure=told.failure.value if told.failure else "none"
        )
        for reason, number in told.dropped.items():
            self._meter.count("dropped_claims", number, field=name, reason=str(reason))

    async def _prepare(self, place: tuple[str, str], conversation: RedactedTranscript) -> None:
        await asyncio.sleep(self._pace.quiet)
        try:
            reading = await asyncio.to_thread(self._pipeline.read, conversation, tenant=place[0])
            self._ready[place] = await self._improved(reading, place[0])
            self._ready.move_to_end(place)
            while len(self._ready) > _REMEMBERED:
                self._ready.popitem(last=False)
        except AssistError as exc:
            _log.warning("a packet was not prepared", extra={"reason": type(exc).__name__})
        except Exception:  # noqa: BLE001 -- whatever broke, the packet is made at the handoff
            _log.exception("preparing a packet broke; it will be made at the handoff")
        finally:
            if self._waiting.get(place) is asyncio.current_task():
                del self._waiting[place]


def revision_event(stored: Stored) -> Event:
    """Return what watchers of a packet are told."""
    return Event(id=str(stored.revision), type="revision", body=stored.body)
