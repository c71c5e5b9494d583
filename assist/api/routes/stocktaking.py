"""For knowledge managers who want to know how their articles stand."""

from typing import Annotated

from fastapi import APIRouter, Query

from assist.api.dependencies import ArticleWriter, Service
from assist.api.problems import RESPONSES
from knowledge.health import HealthReport

router = APIRouter(prefix="/v1", tags=["knowledge"], responses=RESPONSES)


@router.get("/knowledge/report")
async def report(
    assist: Service, caller: ArticleWriter, domain: Annotated[str | None, Query(max_length=100)] = None
) -> HealthReport:
    """Say what is missing, contradictory, stale, said twice, or meant for a machine; takes seconds at thousands of articles."""
    return await assist.stocktaking.report(caller.tenant, domain=domain)
