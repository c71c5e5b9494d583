"""What agents said of a packet, each thing once."""

import hashlib
import json
from datetime import UTC

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from assist.ports import Remark
from assist.store.lookup import Lookup, Row
from assist.store.tables import remarks
from assist.store.text import storable_document

_COLUMNS = (
    remarks.c.id,
    remarks.c.handoff_id,
    remarks.c.kind,
    remarks.c.by,
    remarks.c.at,
    remarks.c.body,
)

REMARKS = Lookup(
    select(*_COLUMNS)
    .where(remarks.c.tenant == bindparam("tenant"), remarks.c.handoff_id == bindparam("handoff_id"))
    .order_by(remarks.c.number)
)


def remark_of(row: Row) -> Remark:
    """Return the remark of a row of `REMARKS`."""
    remark_id, handoff_id, kind, by, at, body = row
    return Remark(id=remark_id, handoff_id=handoff_id, kind=kind, by=by, at=at, body=json.loads(body))


async def stored_remark(work: AsyncConnection, tenant: str, remark: Remark) -> Remark:
    """Store a remark within a transaction that holds its packet, or return the earlier one that says the same."""
    of_packet = (remarks.c.tenant == tenant, remarks.c.handoff_id == remark.handoff_id)
    digest = remark_digest(remark)
    earlier = (await work.execute(select(*_COLUMNS).where(*of_packet, remarks.c.digest == digest))).first()
    if earlier is not None:
        return remark_of(tuple(earlier))
    count = await work.scalar(select(func.count()).where(*of_packet))
    body = storable_document(dict(remark.body))
    row = (remark.id, remark.handoff_id, remark.kind, remark.by, remark.at.astimezone(UTC), body)
    values = dict(zip((column.name for column in _COLUMNS), row, strict=True))
    await work.execute(insert(remarks), {**values, "tenant": tenant, "number": count, "digest": digest})
    return remark_of(row)


def remark_digest(remark: Remark) -> str:
    """Return what two remarks share that say the same: who said it is part of it, when is not."""
    said = storable_document([remark.handoff_id, remark.kind, remark.by, dict(remark.body)], ordered=True)
    return hashlib.sha256(said.encode()).hexdigest()
