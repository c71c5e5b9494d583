"""Packets in SQL: every revision as the JSON that is sent, found by one indexed query."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, Select, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from assist.domain.packet import HandoffPacket
from assist.domain.transcript import RedactedTranscript
from assist.errors import Conflict, IdempotencyConflict, NotFound
from assist.ports import Idempotency, Remark, Stored, StoredPage
from assist.store.cursor import at_least_one, cursor_before, packet_before
from assist.store.engine import Database
from assist.store.lookup import Lookup, Row
from assist.store.remarks import REMARKS, remark_of, stored_remark
from assist.store.tables import handoffs, repeats, revisions, transcripts
from assist.store.text import storable_json

_GREATEST = 2**31 - 1  # of an INTEGER column in PostgreSQL
_AFTER_ALL = "\U0010ffff"  # sorts behind every id

_OF_PACKET = (revisions.c.tenant == bindparam("tenant"), revisions.c.handoff_id == bindparam("handoff_id"))
_REVISION = select(revisions.c.revision, revisions.c.body).where(*_OF_PACKET)
_NEWEST = Lookup(_REVISION.order_by(revisions.c.revision.desc()).limit(1))
_EXACT = Lookup(_REVISION.where(revisions.c.revision == bindparam("revision")))

_REPEAT = Lookup(
    select(repeats.c.digest, revisions.c.handoff_id, revisions.c.revision, revisions.c.body)
    .join(revisions, (revisions.c.tenant == repeats.c.tenant) & (revisions.c.handoff_id == repeats.c.handoff_id))
    .where(repeats.c.tenant == bindparam("tenant"), repeats.c.key_hash == bindparam("key_hash"))
    .order_by(revisions.c.revision.desc())
    .limit(1)
)

_TRANSCRIPT = Lookup(
    select(transcripts.c.body).where(
        transcripts.c.tenant == bindparam("tenant"), transcripts.c.handoff_id == bindparam("handoff_id")
    )
)


def _newest_first(*more: ColumnElement[bool]) -> Select[str, int, str]:
    # The page is cut before the bodies are joined: PostgreSQL else walks the bodies from the newest one for every page.
    page = (
        select(handoffs.c.id, handoffs.c.revision)
        .where(handoffs.c.tenant == bindparam("tenant"), handoffs.c.id < bindparam("before"), *more)
        .order_by(handoffs.c.id.desc())
        .limit(bindparam("limit", type_=Integer))
        .subquery()
    )
    return (
        select(page.c.id, page.c.revision, revisions.c.body)
        .join(revisions, (revisions.c.handoff_id == page.c.id) & (revisions.c.revision == page.c.revision))
        .where(revisions.c.tenant == bindparam("tenant"))
        .order_by(page.c.id.desc())
    )


_PAGE = Lookup(_newest_first())
_PAGE_OF_CONVERSATION = Lookup(_newest_first(handoffs.c.conversation_id == bindparam("conversation_id")))


class SqlHandoffStore:
    """The HandoffStore of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        tenant: str,
        packet: HandoffPacket,
        transcript: RedactedTranscript,
        *,
        idempotency: Idempotency | None = None,
    ) -> Stored:
        """Commit packet, transcript and key together; of two adds with one key, the second gets the first one's packet."""
        if packet.revision != 1:
            message = f"packet {packet.id!r} has revision {packet.revision}; a new packet begins with 1"
            raise Conflict(message)
        body = storable_json(packet)
        of_packet = {"tenant": tenant, "handoff_id": packet.id}
        head = {
            "tenant": tenant,
            "id": packet.id,
            "conversation_id": packet.conversation_id,
            "revision": 1,
            "created_at": packet.created_at,
        }
        try:
            async with self._database.transaction() as work:
                await work.execute(insert(handoffs), head)
                if idempotency is not None:
                    # Before the bodies: the loser of a race has then written little.
                    claim = {"key_hash": _key_hash(idempotency), "digest": idempotency.digest}
                    await work.execute(insert(repeats), {**of_packet, **claim})
                await work.execute(insert(revisions), {**of_packet, "revision": 1, "body": body})
                await work.execute(insert(transcripts), {**of_packet, "body": storable_json(transcript)})
        except IntegrityError as exc:
            if idempotency is not None and (winner := await self.find_repeat(tenant, idempotency)):
                return winner
            message = f"packet {packet.id!r} is already stored; give a new one a new id"
            raise Conflict(message) from exc
        return Stored(packet.id, 1, body.encode())

    async def find_repeat(self, tenant: str, idempotency: Idempotency) -> Stored | None:
        """Return the newest revision of the packet stored under this key."""
        rows = await self._database.read(_REPEAT, tenant=tenant, key_hash=_key_hash(idempotency))
        if not rows:
            return None
        digest, handoff_id, revision, body = rows[0]
        if digest != idempotency.digest:
            message = (
                f"Idempotency-Key {idempotency.key!r} came before with another body;"
                " send the same body again, or a new key"
            )
            raise IdempotencyConflict(message)
        return Stored(handoff_id, revision, body.encode(), created=False)

    async def revise(self, tenant: str, packet: HandoffPacket) -> Stored:
        """Commit the next revision; of two writers of the same revision, the second gets a Conflict."""
        body = storable_json(packet)
        of_head = (handoffs.c.tenant == tenant, handoffs.c.id == packet.id)
        async with self._database.transaction() as work:
            changed = await work.execute(
                update(handoffs)
                .where(*of_head, handoffs.c.revision == packet.revision - 1)
                .values(revision=packet.revision)
            )
            if changed.rowcount == 0:
                newest = await work.scalar(select(handoffs.c.revision).where(*of_head))
                if newest is None:
                    raise _not_found(packet.id)
                message = (
                    f"packet {packet.id!r} is at revision {newest}; the next is {newest + 1}, not {packet.revision}"
                )
                raise Conflict(message)
            await work.execute(
                insert(revisions),
                {"tenant": tenant, "handoff_id": packet.id, "revision": packet.revision, "body": body},
            )
        return Stored(packet.id, packet.revision, body.encode())

    async def get(self, tenant: str, handoff_id: str, *, revision: int | None = None) -> Stored:
        """Return the stored bytes, unread."""
        if revision is None:
            rows = await self._database.read(_NEWEST, tenant=tenant, handoff_id=handoff_id)
        elif 1 <= revision <= _GREATEST:
            rows = await self._database.read(_EXACT, tenant=tenant, handoff_id=handoff_id, revision=revision)
        else:
            rows = []
        if not rows:
            raise _not_found(handoff_id, revision)
        number, body = rows[0]
        return Stored(handoff_id, number, body.encode())

    async def page(
        self, tenant: str, *, conversation_id: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> StoredPage:
        """Return packets by falling id, which is falling time."""
        wanted = at_least_one(limit)
        before = _AFTER_ALL if cursor is None else packet_before(cursor)
        if conversation_id is None:
            rows = await self._database.read(_PAGE, tenant=tenant, before=before, limit=wanted + 1)
        else:
            rows = await self._database.read(
                _PAGE_OF_CONVERSATION, tenant=tenant, conversation_id=conversation_id, before=before, limit=wanted + 1
            )
        items = tuple(_stored(row) for row in rows[:wanted])
        return StoredPage(items, cursor_before(items[-1].handoff_id) if len(rows) > wanted else None)

    async def transcript(self, tenant: str, handoff_id: str) -> RedactedTranscript:
        """Return the masked transcript that the packet was made from."""
        rows = await self._database.read(_TRANSCRIPT, tenant=tenant, handoff_id=handoff_id)
        if not rows:
            raise _not_found(handoff_id)
        return RedactedTranscript.model_validate_json(rows[0][0])

    async def remark(self, tenant: str, remark: Remark) -> Remark:
        """Commit a remark, or return the earlier one that says the same."""
        async with self._database.transaction() as work:
            # The packet's row is held until the commit: remarks of one packet come one after the other.
            held = select(handoffs.c.id).where(handoffs.c.tenant == tenant, handoffs.c.id == remark.handoff_id)
            if await work.scalar(held.with_for_update(key_share=True)) is None:
                raise _not_found(remark.handoff_id)
            return await stored_remark(work, tenant, remark)

    async def remarks(self, tenant: str, handoff_id: str) -> Sequence[Remark]:
        """Return the remarks of a packet in the order they were committed; none where there is no packet."""
        rows = await self._database.read(REMARKS, tenant=tenant, handoff_id=handoff_id)
        return [remark_of(row) for row in rows]


def _stored(row: Row) -> Stored:
    handoff_id, revision, body = row
    return Stored(handoff_id, revision, body.encode())


def _key_hash(idempotency: Idempotency) -> str:
    return hashlib.sha256(idempotency.key.encode(errors="surrogatepass")).hexdigest()


def _not_found(handoff_id: str, revision: int | None = None) -> NotFound:
    of_revision = "" if revision is None else f" with revision {revision}"
    return NotFound(f"there is no handoff {handoff_id!r}{of_revision}; look it up with GET /v1/handoffs")
