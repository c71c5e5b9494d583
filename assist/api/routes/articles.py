"""For knowledge managers who keep articles, and for all who search them."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response

from assist.api.bodies import documented, read_body
from assist.api.dependencies import ArticleReader, ArticleWriter, Cursor, Limit, Searcher, Service
from assist.api.problems import RESPONSES
from assist.api.schemas import ArticleIn, ArticlePage, SearchIn, SearchOut
from assist.errors import InvalidInput, LostUpdate, NotFound
from assist.ports import AccessRole
from knowledge import Article, Audience

router = APIRouter(prefix="/v1", tags=["knowledge"], responses=RESPONSES)
ArticleId = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$", max_length=200, examples=["retail-duplicate-charge"])
]
IfMatch = Annotated[str | None, Header(description="the ETag you read; a 412 says that it changed since")]
_SEARCH_EXAMPLE = {"query": "customer was charged twice", "domain": "retail", "limit": 3}


@router.put("/articles/{article_id}", openapi_extra=documented(ArticleIn))
async def put_article(
    article_id: ArticleId,
    request: Request,
    response: Response,
    assist: Service,
    caller: ArticleWriter,
    if_match: IfMatch = None,
) -> Article:
    """Create or change an article; a change of content makes a new version. It can be found when the answer comes."""
    body = await read_body(request, ArticleIn)
    if body.domain is not None and body.domain not in assist.domains:
        message = f"domain {body.domain!r} is not configured; configured are {', '.join(sorted(assist.domains))}"
        raise InvalidInput(message, field="domain")
    if if_match is not None:
        await _unchanged(assist, caller.tenant, article_id, if_match)
    article = Article(article_id=article_id, author=caller.key_id, **body.model_dump())
    stored = await assist.library.put(caller.tenant, article)
    response.headers["ETag"] = _etag(stored)
    return stored


@router.get("/articles/{article_id}")
async def get_article(
    article_id: ArticleId,
    response: Response,
    assist: Service,
    caller: ArticleReader,
    version: Annotated[int | None, Query(ge=1)] = None,
) -> Article:
    """Fetch an article, the newest version or the one asked for."""
    article = await _found(assist, caller.tenant, article_id, version)
    response.headers["ETag"] = _etag(article)
    return article


@router.delete("/articles/{article_id}", status_code=204)
async def delete_article(
    article_id: ArticleId, assist: Service, caller: ArticleWriter, if_match: IfMatch = None
) -> Response:
    """Delete an article with its versions and vectors."""
    if if_match is not None:
        await _unchanged(assist, caller.tenant, article_id, if_match)
    if not await assist.library.delete(caller.tenant, article_id):
        raise _absent(article_id)
    return Response(status_code=204)


@router.get("/articles")
async def list_articles(
    assist: Service,
    caller: ArticleReader,
    domain: Annotated[str | None, Query(max_length=100)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ArticlePage:
    """List articles by id."""
    found = await assist.library.page(caller.tenant, domain=domain, after=cursor, limit=limit + 1)
    more = len(found) > limit
    return ArticlePage(items=list(found[:limit]), next_cursor=found[limit - 1].article_id if more else None)


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
            caller.tenant, body.query or "", domain=body.domain, limit=body.limit, audience=audience
        )
    return SearchOut(hits=result.hits, nothing_relevant=result.nothing_relevant)


async def _found(assist: Service, tenant: str, article_id: str, version: int | None = None) -> Article:
    article = await assist.library.get(tenant, article_id, version=version)
    if article is None:
        raise _absent(article_id, version)
    return article


async def _unchanged(assist: Service, tenant: str, article_id: str, if_match: str) -> None:
    article = await assist.library.get(tenant, article_id)
    current = _etag(article) if article else "none"
    if if_match not in {current, "*"} or (if_match == "*" and article is None):
        message = f"article {article_id!r} is at {current}, not at {if_match}; read it again and repeat your change"
        raise LostUpdate(message)


def _etag(article: Article) -> str:
    return f'"{article.version}"'


def _absent(article_id: str, version: int | None = None) -> NotFound:
    which = f"version {version} of article {article_id!r}" if version else f"article {article_id!r}"
    return NotFound(f"{which} does not exist; GET /v1/articles lists what does")
