"""The watch itself: notes what is new, checks the packets of the sample, and shows operators what came of it."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final, NamedTuple, Protocol

from assist.domain.business import Domain
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import RedactedTranscript
from assist.errors import NotFound
from assist.ports import Observation, QualityStore, Unobserved
from evals.watching.bias import LEAST, Audit, audit
from evals.watching.checks import Checks
from evals.watching.drift import Drift, Sample, drift
from evals.watching.features import Seen, features_in, features_of
from evals.watching.gauges import gauges
from evals.watching.sampling import is_sampled
from evals.watching.windows import Window, Windows, logged, windows

HORIZON: Final = timedelta(days=90)
"""How far back packets are looked for that agents remark on late."""

AFRESH: Final = 600.0
"""Seconds after which drift is computed anew: it costs seconds where there are many packets, and moves slowly."""

_BATCH: Final = 50


class Round(NamedTuple):
    """What one look did: packets noted, and how many of them were checked."""

    noted: int = 0
    checked: int = 0


class Watched(Protocol):
    """What the watch needs of the service."""

    @property
    def quality(self) -> QualityStore:
        """Where observations are kept."""
        ...

    @property
    def sample_share(self) -> float:
        """The share of packets that are checked."""
        ...

    async def transcript_of(self, tenant: str, handoff_id: str) -> RedactedTranscript:
        """Return the masked transcript of a packet."""
        ...

    def domain_of(self, name: str | None) -> Domain | None:
        """Return a line of business by name."""
        ...


class Watch:
    """Goes over the packets of every tenant; several may run at once, and note the same of the same packet."""

    def __init__(self, watched: Watched, *, share: float | None = None) -> None:
        self._watched = watched
        self._share = watched.sample_share if share is None else share
        self._store = watched.quality
        self._checks = Checks()
        self._told: dict[str, float] = {}

    async def round(
        self,
        tenant: str,
        *,
        since: datetime | None = None,
        again: bool = False,
        most: int | None = None,
        tick: Callable[[int], None] = lambda _: None,
    ) -> Round:
        """Note every packet that is new, revised or remarked on, and check those of the sample.

        With `again`, packets noted before are checked, too, where a larger share now takes them in. `most` packets are looked at,
        where somebody waits for the answer. `tick` hears how many packets each batch had.
        """
        since = since or datetime.now(UTC) - HORIZON
        noted = checked = looked = 0
        after = ""
        while most is None or looked < most:
            found = await self._store.unobserved(tenant, since=since, after=after, limit=_BATCH, unchecked=again)
            if not found:
                break
            after = found[-1].stored.handoff_id
            made = [each for each in await asyncio.gather(*(self._observed(tenant, each) for each in found)) if each]
            await self._store.observe(tenant, made)
            looked += len(found)
            noted += len(made)
            checked += sum(each.checked for each in made)
            tick(len(found))
        return Round(noted, checked)

    async def look(self, tenant: str) -> Round:
        """Note and check what is new, and refresh what operators see."""
        found = await self.round(tenant)
        await self.refresh(tenant)
        return found

    async def refresh(self, tenant: str) -> None:
        """Compute anew what operators see, where it is ten minutes old."""
        told = self._told.get(tenant)
        if told is None or time.monotonic() - told >= AFRESH:
            await self.tell(tenant)
            self._told[tenant] = time.monotonic()

    async def tell(self, tenant: str, *, now: datetime | None = None) -> None:
        """Compute drift and differences between groups over the last days, and show them to operators."""
        found = await compared(self._store, tenant, windows(now or datetime.now(UTC)))
        groups = await audited(self._store, tenant, windows(now or datetime.now(UTC)).whole)
        tally = await self._store.tally(tenant)
        shown = gauges(found, groups, observed=tally.noted, sampled=tally.checked, at=datetime.now(UTC))
        await self._store.show(tenant, shown)

    async def _observed(self, tenant: str, news: Unobserved) -> Observation | None:
        packet = HandoffPacket.model_validate_json(news.stored.body)
        sampled = is_sampled(packet.id, self._share)
        earlier = news.earlier
        is_same = earlier is not None and earlier.revision == news.stored.revision
        seen = None
        if earlier is not None and is_same and earlier.checked:
            seen = Seen.model_validate(dict(earlier.body), extra="ignore")
        elif sampled:
            try:
                transcript = await self._watched.transcript_of(tenant, packet.id)
            except NotFound:
                return None  # it was deleted meanwhile
            seen = await asyncio.to_thread(
                self._checks.seen, packet, transcript, self._watched.domain_of(packet.domain)
            )
        elif earlier is not None and is_same and earlier.remarks == len(news.remarks):
            return None
        return Observation(
            handoff_id=packet.id,
            made_at=news.made_at,
            revision=news.stored.revision,
            remarks=len(news.remarks),
            checked=seen is not None,
            body=features_of(packet, news.remarks, seen).model_dump(mode="json", exclude_defaults=True),
        )


async def sample(store: QualityStore, tenant: str, window: Window) -> Sample:
    """Return the packets of a stretch of time."""
    rows = await store.observations(tenant, since=window.since, until=window.until)
    features = tuple(features_in(row) for row in rows)
    return Sample(name=window.name, since=window.since, until=window.until, features=features)


async def compared(store: QualityStore, tenant: str, chosen: Windows) -> Drift:
    """Return how the packets of one window differ from those of the other."""
    now = await sample(store, tenant, chosen.now)
    before = chosen.before
    earlier = await (sample(store, tenant, before) if isinstance(before, Window) else asyncio.to_thread(logged, before))
    return await asyncio.to_thread(drift, now, earlier)


async def audited(store: QualityStore, tenant: str, window: Window, *, least: int = LEAST) -> Audit:
    """Return how the groups of a window differ; `least` packets make a group."""
    found = await sample(store, tenant, window)
    return await asyncio.to_thread(partial(audit, found, least=least))
