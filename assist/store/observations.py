"""What is noted of packets while watching quality, in SQL."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Row, delete, func, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from assist.ports import Gauge, Observation, Remark, Stored, Tally, Unobserved
from assist.store.engine import Database
from assist.store.remarks import remark_of
from assist.store.tables import handoffs, observations, quality_gauges, remarks, revisions
from assist.store.text import storable, storable_document

_FIELDS = (
    observations.c.handoff_id,
    observations.c.made_at,
    observations.c.revision,
    observations.c.remarks,
    observations.c.checked,
    observations.c.body,
)


class SqlQualityStore:
    """The QualityStore of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tenants(self) -> Sequence[str]:
        """Return who has packets, by name."""
        async with self._database.transaction() as work:
            return list(await work.scalars(select(handoffs.c.tenant).distinct().order_by(handoffs.c.tenant)))

    async def unobserved(
        self, tenant: str, *, since: datetime, after: str = "", limit: int = 50, unchecked: bool = False
    ) -> Sequence[Unobserved]:
        """Return packets whose newest revision or remarks are not noted yet, with both."""
        said = (
            select(func.count())
            .where(remarks.c.tenant == handoffs.c.tenant, remarks.c.handoff_id == handoffs.c.id)
            .scalar_subquery()
        )
        noted = (observations.c.tenant == handoffs.c.tenant) & (observations.c.handoff_id == handoffs.c.id)
        newest = (
            (revisions.c.tenant == handoffs.c.tenant)
            & (revisions.c.handoff_id == handoffs.c.id)
            & (revisions.c.revision == handoffs.c.revision)
        )
        news = [
            observations.c.handoff_id.is_(None),
            observations.c.revision < handoffs.c.revision,
            observations.c.remarks < said,
            *([observations.c.checked == 0] if unchecked else []),
        ]
        wanted = (
            select(
                handoffs.c.id, handoffs.c.created_at, handoffs.c.revision, revisions.c.body.label("packet"), *_FIELDS
            )
            .join(revisions, newest)
            .outerjoin(observations, noted)
            .where(handoffs.c.tenant == tenant, handoffs.c.id > after, handoffs.c.created_at >= since, or_(*news))
            .order_by(handoffs.c.id)
            .limit(limit)
        )
        async with self._database.transaction() as work:
            rows = (await work.execute(wanted)).all()
            told = await _remarks(work, tenant, [row[0] for row in rows])
        return [
            Unobserved(
                stored=Stored(row[0], row[2], row.packet.encode()),
                made_at=row[1],
                remarks=tuple(told[row[0]]),
                earlier=_observation(row[4:]) if row[4] is not None else None,
            )
            for row in rows
        ]

    async def observe(self, tenant: str, observations_: Sequence[Observation]) -> None:
        """Commit observations in place of earlier ones."""
        async with self._database.transaction() as work:
            ids = [each.handoff_id for each in observations_]
            # Held until the commit, so that none of these packets goes away, and no other process notes it, meanwhile.
            held = select(handoffs.c.id).where(handoffs.c.tenant == tenant, handoffs.c.id.in_(ids))
            there = set(await work.scalars(held.order_by(handoffs.c.id).with_for_update()))
            of_these = (observations.c.tenant == tenant, observations.c.handoff_id.in_(there))
            await work.execute(delete(observations).where(*of_these))
            rows = [{"tenant": tenant, **_row(each)} for each in observations_ if each.handoff_id in there]
            if rows:
                await work.execute(insert(observations), rows)

    async def observations(
        self, tenant: str, *, since: datetime, until: datetime, checked: bool = False
    ) -> Sequence[Observation]:
        """Return the observations of a stretch of time, oldest first."""
        wanted = select(*_FIELDS).where(
            observations.c.tenant == tenant, observations.c.made_at >= since, observations.c.made_at < until
        )
        if checked:
            wanted = wanted.where(observations.c.checked == 1)
        async with self._database.transaction() as work:
            rows = (await work.execute(wanted.order_by(observations.c.made_at, observations.c.handoff_id))).all()
        return [_observation(row) for row in rows]

    async def tally(self, tenant: str) -> Tally:
        """Return how many packets were noted in all, and how many of them checked."""
        wanted = select(func.count(), func.coalesce(func.sum(observations.c.checked), 0))
        async with self._database.transaction() as work:
            noted, checked = (await work.execute(wanted.where(observations.c.tenant == tenant))).one()
        return Tally(int(noted), int(checked))

    async def show(self, tenant: str, gauges: Sequence[Gauge]) -> None:
        """Commit the tenant's numbers in place of all earlier ones."""
        rows = [
            {
                "tenant": tenant,
                "number": number,
                "name": gauge.name,
                "labels": storable_document(dict(gauge.labels)),
                "value": gauge.value,
            }
            for number, gauge in enumerate(gauges)
        ]
        try:
            async with self._database.transaction() as work:
                await work.execute(delete(quality_gauges).where(quality_gauges.c.tenant == tenant))
                if rows:
                    await work.execute(insert(quality_gauges), rows)
        except IntegrityError:
            return  # another process showed its numbers in the same moment, and they are as new

    async def shown(self, tenant: str | None) -> Mapping[str, Sequence[Gauge]]:
        """Return the numbers, by tenant."""
        wanted = select(quality_gauges).order_by(quality_gauges.c.tenant, quality_gauges.c.number)
        if tenant is not None:
            wanted = wanted.where(quality_gauges.c.tenant == tenant)
        found: dict[str, list[Gauge]] = defaultdict(list)
        async with self._database.transaction() as work:
            for row in (await work.execute(wanted)).all():
                found[row.tenant].append(Gauge(row.name, row.value, json.loads(row.labels)))
        return found


async def _remarks(work: AsyncConnection, tenant: str, ids: Sequence[str]) -> dict[str, list[Remark]]:
    wanted = (
        select(remarks.c.id, remarks.c.handoff_id, remarks.c.kind, remarks.c.by, remarks.c.at, remarks.c.body)
        .where(remarks.c.tenant == tenant, remarks.c.handoff_id.in_(ids))
        .order_by(remarks.c.handoff_id, remarks.c.number)
    )
    found: dict[str, list[Remark]] = defaultdict(list)
    for row in (await work.execute(wanted)).all():
        found[row.handoff_id].append(remark_of(tuple(row)))
    return found


def _observation(row: Row[*tuple[object, ...]] | Sequence[object]) -> Observation:
    handoff_id, made_at, revision, count, checked, body = row
    return Observation(handoff_id, made_at, revision, count, bool(checked), json.loads(body))  # type: ignore[arg-type]  # as the columns are


def _row(each: Observation) -> dict[str, object]:
    return {
        "handoff_id": storable(each.handoff_id),
        "made_at": each.made_at,
        "revision": each.revision,
        "remarks": each.remarks,
        "checked": int(each.checked),
        "body": storable_document(dict(each.body)),
    }
