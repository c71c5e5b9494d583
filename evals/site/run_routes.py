"""For QA: runs, their reports, what differs between two, and what went live."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from assist.api.dependencies import Cursor, Limit
from assist.api.problems import RESPONSES
from evals.comparison import Change, Flip, Tally, compare
from evals.log import read
from evals.promotion import Promotion
from evals.site.asking import Shown, paged, told
from evals.site.runs import GateOut, RunOut

router = APIRouter(prefix="/v1/quality", tags=["quality"], responses=RESPONSES)
Name = Annotated[str, Path(max_length=200, examples=["20261120-093000"])]


class RunPage(BaseModel):
    """A page of runs, newest first; `next_cursor` is null on the last page."""

    items: list[RunOut]
    next_cursor: str | None


class ReportOut(BaseModel):
    """The report as one page of HTML that needs no network; it holds conversations, and is shown in a sandbox."""

    name: str
    html: str


class ChangeOut(Change):
    """A change and what to make of it."""

    judged: str


class ComparisonOut(BaseModel):
    """What differs between two runs: measures, conversations that flipped, and what else was not the same."""

    before: RunOut
    after: RunOut
    changes: list[ChangeOut]
    flips: list[Flip]
    tallies: list[Tally]
    remarks: list[str]


class PromotionPage(BaseModel):
    """A page of promotions, newest first; `next_cursor` is null on the last page."""

    items: list[Promotion]
    next_cursor: str | None


@router.get("/runs")
async def list_runs(shown: Shown, cursor: Cursor = None, limit: Limit = 50) -> RunPage:
    """List the runs of the evaluation folder and the baseline that ships, newest first."""
    found = await told(shown.all)
    items, more = paged(found, cursor, limit)
    return RunPage(items=items, next_cursor=more)


@router.get("/runs/{name}")
async def get_run(name: Name, shown: Shown) -> RunOut:
    """Fetch one run."""
    return await told(shown.one, name)


@router.get("/runs/{name}/gate")
async def get_gate(name: Name, shown: Shown) -> GateOut:
    """Hold a run against the baseline that ships, gate by gate."""
    return await told(shown.gate, name)


@router.get("/runs/{name}/report")
async def get_report(name: Name, shown: Shown) -> ReportOut:
    """Fetch the report of a run."""
    html = await told(shown.report, name)
    return ReportOut(name=name, html=html)


@router.get("/comparison")
async def get_comparison(
    shown: Shown,
    before: Annotated[str, Query(max_length=200)],
    after: Annotated[str, Query(max_length=200)],
) -> ComparisonOut:
    """Say what the run `after` does better or worse than the run `before`, how surely, and on which conversations."""

    def work() -> ComparisonOut:
        found = compare(read(shown.path(before)), read(shown.path(after)))
        return ComparisonOut(
            before=shown.one(before),
            after=shown.one(after),
            changes=[ChangeOut(**each.model_dump(), judged=each.verdict) for each in found.changes],
            flips=list(found.flips),
            tallies=list(found.tallies),
            remarks=list(found.remarks),
        )

    return await told(work)


@router.get("/promotions")
async def list_promotions(shown: Shown, cursor: Cursor = None, limit: Limit = 50) -> PromotionPage:
    """List what went live, newest first: when, by whom, and on which report."""
    found = await told(shown.promotions)
    items, more = paged(found, cursor, limit)
    return PromotionPage(items=items, next_cursor=more)
