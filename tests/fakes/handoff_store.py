"""A HandoffStore in memory."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC

from assist.domain.packet import HandoffPacket
from assist.domain.transcript import RedactedTranscript
from assist.errors import Conflict, CursorInvalid, IdempotencyConflict, InvalidInput, NotFound
from assist.ports import Idempotency, Remark, Stored, StoredPage
from assist.store.text import storable_document, storable_json, storable_value

_CURSOR = "before:"


class MemoryHandoffStore:
    """Keeps everything in dictionaries; nothing awaits, so that each call is a transaction."""

    def __init__(self) -> None:
        self._packets: dict[tuple[str, str], list[HandoffPacket]] = {}
        self._transcripts: dict[tuple[str, str], RedactedTranscript] = {}
        self._repeats: dict[tuple[str, str], tuple[str, str]] = {}
        self._remarks: dict[tuple[str, str], dict[str, Remark]] = {}

    async def add(
        self,
        tenant: str,
        packet: HandoffPacket,
        transcript: RedactedTranscript,
        *,
        idempotency: Idempotency | None = None,
    ) -> Stored:
        """Keep revision 1, unless the key came before."""
        if idempotency is not None and (earlier := await self.find_repeat(tenant, idempotency)):
            return earlier
        if packet.revision != 1 or (tenant, packet.id) in self._packets:
            message = f"packet {packet.id!r} is not new"
            raise Conflict(message)
        self._packets[tenant, packet.id] = [packet]
        self._transcripts[tenant, packet.id] = storable_value(transcript)
        if idempotency is not None:
            self._repeats[tenant, idempotency.key] = (idempotency.digest, packet.id)
        return _stored(packet)

    async def find_repeat(self, tenant: str, idempotency: Idempotency) -> Stored | None:
        """Return the packet of this key."""
        found = self._repeats.get((tenant, idempotency.key))
        if found is None:
            return None
        digest, handoff_id = found
        if digest != idempotency.digest:
            message = f"Idempotency-Key {idempotency.key!r} came before with another body"
            raise IdempotencyConflict(message)
        return replace(await self.get(tenant, handoff_id), created=False)

    async def revise(self, tenant: str, packet: HandoffPacket) -> Stored:
        """Keep the next revision."""
        kept = self._of(tenant, packet.id)
        if packet.revision != len(kept) + 1:
            message = f"packet {packet.id!r} is at revision {len(kept)}, not {packet.revision - 1}"
            raise Conflict(message)
        kept.append(packet)
        return _stored(packet)

    async def get(self, tenant: str, handoff_id: str, *, revision: int | None = None) -> Stored:
        """Return the newest revision, or the one asked for."""
        kept = self._of(tenant, handoff_id)
        number = len(kept) if revision is None else revision
        if not 1 <= number <= len(kept):
            message = f"there is no handoff {handoff_id!r} with revision {revision}"
            raise NotFound(message)
        return _stored(kept[number - 1])

    async def page(
        self, tenant: str, *, conversation_id: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> StoredPage:
        """Return newest revisions by falling id."""
        if limit < 1:
            message = f"limit = {limit!r} is too small"
            raise InvalidInput(message, field="limit")
        if cursor is not None and not cursor.startswith(_CURSOR):
            message = f"{cursor!r} is not a page cursor"
            raise CursorInvalid(message, field="cursor")
        before = None if cursor is None else cursor.removeprefix(_CURSOR)
        newest = [
            kept[-1]
            for (owner, handoff_id), kept in sorted(self._packets.items(), reverse=True)
            if owner == tenant
            and (before is None or handoff_id < before)
            and (conversation_id is None or kept[-1].conversation_id == conversation_id)
        ]
        items = tuple(_stored(packet) for packet in newest[:limit])
        return StoredPage(items, _CURSOR + items[-1].handoff_id if len(newest) > limit else None)

    async def transcript(self, tenant: str, handoff_id: str) -> RedactedTranscript:
        """Return the transcript of a packet."""
        self._of(tenant, handoff_id)
        return self._transcripts[tenant, handoff_id]

    async def remark(self, tenant: str, remark: Remark) -> Remark:
        """Keep a remark once."""
        self._of(tenant, remark.handoff_id)
        body = json.loads(storable_document(dict(remark.body)))
        said = json.dumps([remark.kind, remark.by, body], sort_keys=True)
        kept = replace(remark, at=remark.at.astimezone(UTC), body=body)
        return self._remarks.setdefault((tenant, remark.handoff_id), {}).setdefault(said, kept)

    async def remarks(self, tenant: str, handoff_id: str) -> Sequence[Remark]:
        """Return the remarks of a packet, oldest first."""
        return list(self._remarks.get((tenant, handoff_id), {}).values())

    def _of(self, tenant: str, handoff_id: str) -> list[HandoffPacket]:
        if (tenant, handoff_id) not in self._packets:
            message = f"there is no handoff {handoff_id!r}"
            raise NotFound(message)
        return self._packets[tenant, handoff_id]


def _stored(packet: HandoffPacket) -> Stored:
    return Stored(packet.id, packet.revision, storable_json(packet).encode())
