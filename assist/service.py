"""The use cases: what a bot platform, an agent and an operator can ask for. Nothing heavy runs on the event loop."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from ulid import ULID

from assist.analysis.assembly import assemble
from assist.analysis.escalating import History, handed_back_at
from assist.analysis.pipeline import LIVE_STAGES, Pipeline, Reading
from assist.domain.findings import Escalation, EscalationReason
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import RedactedTranscript, Transcript
from assist.errors import Conflict, LimitExceeded, NotFound
from assist.feedback import FeedbackDesk
from assist.ports import (
    Broadcaster,
    Clock,
    ConversationStore,
    Event,
    HandoffStore,
    Idempotency,
    Meter,
    Remark,
    Stored,
    StoredPage,
)
from assist.redaction import redact, redact_fields
from assist.refinement import Refinement, revision_event

_APPEND_TRIES = 5
_LOOK_AGAIN_SECONDS = 2.0
_CONTEXT_TURNS = 20  # how far back a question may stand whose answer is a secret


@dataclass(frozen=True, slots=True)
class Limits:
    """What one conversation may hold."""

    max_turns: int = 2_000
    max_turn_characters: int = 16_000

    def check(self, transcript: Transcript, *, already: int = 0) -> None:
        """Raise LimitExceeded, naming the limit and the field, where the transcript is too large."""
        turns = already + len(transcript.turns)
        if turns > self.max_turns:
            raise LimitExceeded(limit="max_turns", allowed=self.max_turns, actual=turns, field="turns")
        for index, turn in enumerate(transcript.turns):
            if len(turn.text) > self.max_turn_characters:
                raise LimitExceeded(
                    limit="max_turn_characters",
                    allowed=self.max_turn_characters,
                    actual=len(turn.text),
                    field=f"turns.{index}.text",
                )


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """Whether a running conversation should go to a human now, and why."""

    turns_total: int
    escalation: Escalation

    @property
    def escalate(self) -> bool:
        """Is a human needed?"""
        return self.escalation.reason is not EscalationReason.NONE

    @property
    def warn(self) -> bool:
        """Is a rule near to firing, while none has fired?"""
        return bool(self.escalation.warnings) and not self.escalate


class Handoffs:
    """Makes, finds and comments handoff packets, each within one tenant."""

    def __init__(
        self,
        *,
        pipeline: Pipeline,
        handoffs: HandoffStore,
        conversations: ConversationStore,
        broadcaster: Broadcaster,
        clock: Clock,
        meter: Meter,
        limits: Limits,
        refinement: Refinement | None = None,
        desk: FeedbackDesk | None = None,
    ) -> None:
        self._pipeline = pipeline
        self._handoffs = handoffs
        self._conversations = conversations
        self._broadcaster = broadcaster
        self._clock = clock
        self._meter = meter
        self._limits = limits
        self._refinement = refinement
        self._desk = desk

    async def prepare(
        self, tenant: str, transcript: Transcript, *, idempotency_key: str | None = None, wait: float = 0.0
    ) -> Stored:
        """Return the packet of a transcript, committed; with a key that came before, the packet made then.

        `wait` seconds at most are spent on waiting for a language model; without it the rules' packet comes at once.
        """
        self._limits.check(transcript)
        self._pipeline.check_domain(transcript.domain)
        idempotency = _idempotency(idempotency_key, transcript.model_dump_json())
        if idempotency and (earlier := await self._handoffs.find_repeat(tenant, idempotency)):
            return earlier
        redacted = await asyncio.to_thread(redact, transcript)
        return await self._make(tenant, redacted, idempotency, wait=wait)

    async def append(self, tenant: str, conversation_id: str, addition: Transcript) -> LiveAnswer:
        """Add turns to a running conversation and say whether to escalate; only new texts are embedded.

        What a human has dealt with, and a rule that is cooling down, does not escalate again.
        """
        self._pipeline.check_domain(addition.domain)
        whole = await self._append(tenant, addition.model_copy(update={"conversation_id": conversation_id}))
        history = await self._history(tenant, conversation_id, whole)
        reading = await asyncio.to_thread(self._pipeline.read, whole, tenant=tenant, only=LIVE_STAGES, history=history)
        if cooling := self._pipeline.cooling_rules(reading):
            await self._conversations.note_fired(tenant, conversation_id, cooling, turn=len(whole.turns) - 1)
        answer = LiveAnswer(turns_total=len(whole.turns), escalation=reading.case.escalation)
        self._meter.count("live_answers", escalate=str(answer.escalate).lower())
        if self._refinement:
            self._refinement.ahead(tenant, whole)
        return answer

    async def hand_off(
        self, tenant: str, conversation_id: str, *, idempotency_key: str | None = None, wait: float = 0.0
    ) -> Stored:
        """Return the packet of a running conversation, committed; NotFound where no turn was ever appended.

        What a language model prepared while the conversation ran is in it; `wait` is as for `prepare`.
        """
        conversation = await self._conversations.get(tenant, conversation_id)
        if conversation is None:
            message = f"conversation {conversation_id!r} has no turns yet; append some first"
            raise NotFound(message)
        idempotency = _idempotency(idempotency_key, f"conversation:{conversation_id}")
        if idempotency and (earlier := await self._handoffs.find_repeat(tenant, idempotency)):
            return earlier
        ready = self._refinement.take(tenant, conversation) if self._refinement else None
        return await self._make(tenant, conversation, idempotency, ready=ready, wait=wait)

    async def get(self, tenant: str, handoff_id: str, *, revision: int | None = None) -> Stored:
        """Return a packet, the newest revision or the one asked for."""
        return await self._handoffs.get(tenant, handoff_id, revision=revision)

    async def page(
        self, tenant: str, *, conversation_id: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> StoredPage:
        """Return packets, newest first."""
        return await self._handoffs.page(tenant, conversation_id=conversation_id, cursor=cursor, limit=limit)

    async def transcript(self, tenant: str, handoff_id: str) -> RedactedTranscript:
        """Return the masked transcript behind a packet."""
        return await self._handoffs.transcript(tenant, handoff_id)

    async def remark(self, tenant: str, handoff_id: str, *, kind: str, by: str, body: Mapping[str, Any]) -> Remark:
        """Store what an agent did with a packet (accept, feedback, outcome); said twice, it counts once.

        InvalidInput where it speaks of something the packet does not have, or of a time that cannot be right.
        """
        if self._desk:
            await self._desk.check(tenant, handoff_id, kind, body)
        made = Remark(
            id=f"re_{ULID()}", handoff_id=handoff_id, kind=kind, by=by, at=self._clock.now(), body=redact_fields(body)
        )
        stored = await self._handoffs.remark(tenant, made)
        if self._desk and kind == "feedback" and stored.id == made.id:
            await self._desk.learn(tenant, handoff_id, stored.body)
        self._meter.count("remarks", kind=kind)
        return stored

    async def watch(self, tenant: str, handoff_id: str) -> AsyncIterator[Event]:
        """Yield the packet as it is, then each new revision, this process's at once; NotFound where there is none."""
        with self._broadcaster.watching(tenant, handoff_id) as events:
            seen = await self._handoffs.get(tenant, handoff_id)
            yield revision_event(seen)
            upcoming = asyncio.ensure_future(anext(events))
            try:
                while True:
                    # Another process may have stored a revision: its broadcast does not reach this one.
                    done, _ = await asyncio.wait({upcoming}, timeout=_LOOK_AGAIN_SECONDS)
                    if done:
                        upcoming = asyncio.ensure_future(anext(events))
                    newest = await self._handoffs.get(tenant, handoff_id)
                    if newest.revision > seen.revision:
                        seen = newest
                        yield revision_event(seen)
            finally:
                upcoming.cancel()

    @property
    def is_preparing(self) -> bool:
        """Is any running conversation's packet being prepared ahead?"""
        return self._refinement is not None and self._refinement.is_preparing

    async def close(self) -> None:
        """Stop what runs in the background; what is stored stays."""
        if self._refinement:
            await self._refinement.close()

    async def _history(self, tenant: str, conversation_id: str, whole: RedactedTranscript) -> History:
        newest = await self._handoffs.page(tenant, conversation_id=conversation_id, limit=1)
        made_at = json.loads(newest.items[0].body)["as_of_turn"] if newest.items else None
        fired = await self._conversations.fired(tenant, conversation_id)
        return History(handed_back_at(whole.turns, packet_at=made_at), fired)

    async def _make(
        self,
        tenant: str,
        redacted: RedactedTranscript,
        idempotency: Idempotency | None,
        *,
        ready: Reading | None = None,
        wait: float = 0.0,
    ) -> Stored:
        handoff_id = f"ho_{ULID()}"
        conversation_id = redacted.transcript.conversation_id or f"c_{ULID()}"
        if redacted.transcript.conversation_id is None:
            head = redacted.transcript.model_copy(update={"conversation_id": conversation_id})
            redacted = redacted.model_copy(update={"transcript": head})
        reading = ready if ready is not None else await asyncio.to_thread(self._pipeline.read, redacted, tenant=tenant)
        packet = assemble(reading, handoff_id=handoff_id, conversation_id=conversation_id, created_at=self._clock.now())
        stored = await self._handoffs.add(tenant, packet, redacted, idempotency=idempotency)
        self._account(packet)
        if self._refinement and not ready and stored.created:
            improving = self._refinement.after(tenant, packet, reading)
            if wait and (await asyncio.wait({improving}, timeout=wait))[0]:
                stored = await self._handoffs.get(tenant, stored.handoff_id)
        return stored

    def _account(self, packet: HandoffPacket) -> None:
        for stage, provenance in packet.provenance.items():
            self._meter.time("stage_seconds", provenance.ms / 1000, stage=stage)
            if provenance.failure:
                self._meter.count("stage_failures", stage=stage, failure=provenance.failure.value)
        self._meter.count("packets", domain=packet.domain or "none", reason=packet.escalation.reason.value)

    async def _append(self, tenant: str, addition: Transcript) -> RedactedTranscript:
        """Commit the turns after those already there; another writer's turns in between are read and kept."""
        for _ in range(_APPEND_TRIES):
            before = await self._conversations.get(tenant, addition.conversation_id or "")
            already = len(before.turns) if before else 0
            self._limits.check(addition, already=already)
            masked = await asyncio.to_thread(
                redact,
                addition,
                counts=before.redactions if before else None,
                before=before.turns[-_CONTEXT_TURNS:] if before else (),
            )
            try:
                return await self._conversations.append(tenant, masked, expected=already)
            except Conflict:
                continue
        message = f"conversation {addition.conversation_id!r} is being written by others; send the turns again"
        raise Conflict(message)


def _idempotency(key: str | None, body: str) -> Idempotency | None:
    return Idempotency(key, hashlib.sha256(body.encode()).hexdigest()) if key else None
