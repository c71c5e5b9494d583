"""For all who look for what is known."""

from fastapi import APIRouter, Request

from assist.api.bodies import documented, read_body
from assist.api.dependencies import Searcher, Service
from assist.api.problems import RESPONSES
from assist.api.schemas import SearchIn, SearchOut
from assist.ports import AccessRole
from knowledge import Audience

router = APIRouter(prefix="/v1", tags=["knowledge"], responses=RESPONSES)
_SEARCH_EXAMPLE = {"query": "customer was charged twice", "domain": "retail", "limit": 3}


@router.post("/knowledge/search", openapi_extra=documented(SearchIn, _SEARCH_EXAMPLE))
async def search(request: Request, assist: Service, caller: Searcher) -> SearchOut:
    """Find articles for a question, or for a whole transcript. A bot's key sees what bots may see."""
    body = await read_body(request, SearchIn)
    if body.transcript is not None:
        transcript = body.transcript.model_copy(update={"domain": body.domain or body.transcript.domain})
        result = await assist.enquiries.by_transcript(caller.tenant, transcript, limit=body.limit)
    else:
        audience = Audience.BOT if caller.role is AccessRole.BOT else body.audience
        result = await assist.enquiries.by_query(
            caller.tenant,
            body.query or "",
            domain=body.domain,
            limit=body.limit,
            audience=audience,
            intent=body.intent,
            explain=body.explain,
        )
    return SearchOut(hits=result.hits, nothing_relevant=result.nothing_relevant)
