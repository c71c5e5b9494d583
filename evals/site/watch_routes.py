"""For QA: what moved, how groups fare, and which packets were checked."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query

from assist.api.dependencies import Cursor, Limit, QualityReader, Service
from assist.api.problems import RESPONSES
from assist.errors import InvalidInput
from evals.errors import EvalsError
from evals.site.asking import AT_ONCE, Looking, Shown, paged
from evals.site.course import Course, course
from evals.site.samples import SamplePage, samples
from evals.watching.bias import LEAST, Audit
from evals.watching.drift import Drift
from evals.watching.watch import Watch, audited, compared
from evals.watching.windows import Windows, windows

router = APIRouter(prefix="/v1/quality", tags=["quality"], responses=RESPONSES)
From = Annotated[str | None, Query(alias="from", max_length=40, description="a date or time, UTC")]
To = Annotated[str | None, Query(max_length=40, description="a date, that day included, or a time, UTC; now if absent")]


@router.get("/drift")
async def get_drift(
    assist: Service,
    caller: QualityReader,
    shown: Shown,
    watch: Looking,
    since: From = None,
    to: To = None,
    against: Annotated[
        str | None,
        Query(max_length=200, description="FROM..TO, or the name of a run; the 28 days before if absent"),
    ] = None,
) -> Drift:
    """Say what moved between two stretches of time; the last 7 days where none is named."""
    await _noted(watch, caller.tenant)
    if against and ".." not in against:
        window = Windows(_windows(since, to).now, shown.path(against))
    else:
        window = _windows(since, to, against)
    try:
        return await compared(assist.quality, caller.tenant, window)
    except EvalsError as exc:
        raise InvalidInput(str(exc)) from exc


@router.get("/bias")
async def get_bias(
    assist: Service,
    caller: QualityReader,
    watch: Looking,
    since: From = None,
    to: To = None,
    least: Annotated[int, Query(ge=5, le=100_000, description="packets a group needs to be judged")] = LEAST,
) -> Audit:
    """Say whether quality differs between languages, channels and lines of business; the last 35 days where none are named."""
    await _noted(watch, caller.tenant)
    chosen = _windows(since, to)
    return await audited(assist.quality, caller.tenant, chosen.now if since else chosen.whole, least=least)


@router.get("/course")
async def get_course(assist: Service, caller: QualityReader, since: From = None, to: To = None) -> Course:
    """Return every measure day by day; the last 35 days where none are named."""
    chosen = _windows(since, to)
    window = chosen.now if since else chosen.whole
    rows = await assist.quality.observations(caller.tenant, since=window.since, until=window.until)
    return await asyncio.to_thread(course, rows)


@router.get("/samples")
async def get_samples(
    assist: Service,
    caller: QualityReader,
    faults: Annotated[bool, Query(description="only packets with a fault")] = False,  # noqa: FBT002 -- a query parameter
    cursor: Cursor = None,
    limit: Limit = 50,
) -> SamplePage:
    """List packets of the last 35 days whose statements were checked, newest first, with the faults that were found."""
    window = _windows(None, None).whole
    rows = await assist.quality.observations(caller.tenant, since=window.since, until=window.until, checked=True)
    items, more = paged(samples(rows, faults=faults), cursor, limit)
    return SamplePage(items=items, next_cursor=more)


async def _noted(watch: Watch, tenant: str) -> None:
    """Bring what is noted up to date, the last week first: where much is new, the background does the rest."""
    await watch.round(tenant, since=_windows(None, None).now.since, most=AT_ONCE)
    await watch.round(tenant, most=AT_ONCE)


def _windows(since: str | None, to: str | None, against: str | None = None) -> Windows:
    try:
        return windows(datetime.now(UTC), since=since, until=to, against=against)
    except EvalsError as exc:
        raise InvalidInput(str(exc)) from exc
