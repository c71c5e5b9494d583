"""For knowledge managers who keep articles, one at a time."""

import asyncio
import re
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path, Query, Request, Response

from assist.api.bodies import documented, read_body
from assist.api.dependencies import ArticleReader, ArticleWriter, Cursor, Limit, Service
from assist.api.problems import RESPONSES
from assist.api.schemas import ArticleIn, ArticlePage, ArticleStored, VersionOut
from assist.errors import InvalidInput, NotFound
from assist.wiring import Assist
from knowledge import Article, Status, Wanted

router = APIRouter(prefix="/v1", tags=["knowledge"], responses=RESPONSES)
ArticleId = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$", max_length=200, examples=["retail-duplicate-charge"])
]
IfMatch = Annotated[str | None, Header(description="the ETag you read; a 412 says that it changed since")]
Version = Annotated[int, Path(ge=1, description="a version of the article")]

_KEYS = 500
"""Keys of a tenant whose names are looked up at most."""

_NEVER = -1
"""A version that no article is at."""


@router.put("/articles/{article_id}", openapi_extra=documented(ArticleIn))
async def put_article(
    article_id: ArticleId,
    request: Request,
    response: Response,
    assist: Service,
    caller: ArticleWriter,
    if_match: IfMatch = None,
) -> ArticleStored:
    """Create or change an article; a change of content makes a new version. It can be found when the answer comes.

    `warnings` name lines that speak to a language model; the article is stored all the same.
    """
    body = await read_body(request, ArticleIn)
    known_domain(assist, body.domain)
    article = Article(article_id=article_id, author=caller.key_id, **body.model_dump())
    stored = await assist.library.put(caller.tenant, article, expected=_expected(if_match))
    response.headers["ETag"] = _etag(stored)
    return await asyncio.to_thread(ArticleStored.of, stored)


@router.get("/articles/{article_id}")
async def get_article(
    article_id: ArticleId,
    response: Response,
    assist: Service,
    caller: ArticleReader,
    version: Annotated[int | None, Query(ge=1)] = None,
) -> Article:
    """Fetch an article, the newest version or the one asked for."""
    article = await assist.library.get(caller.tenant, article_id, version=version)
    if article is None:
        raise _absent(article_id, version)
    response.headers["ETag"] = _etag(article)
    return article


@router.get("/articles/{article_id}/versions")
async def list_versions(article_id: ArticleId, assist: Service, caller: ArticleReader) -> list[VersionOut]:
    """List the versions of an article, newest first; `?version=` of the article fetches one."""
    found = await assist.library.versions(caller.tenant, article_id)
    if not found:
        raise _absent(article_id)
    names = {key.id: key.name for key in await assist.access.page(caller.tenant, limit=_KEYS)}
    told = [VersionOut.model_validate(each, from_attributes=True) for each in reversed(found)]
    return [each.model_copy(update={"author_name": names.get(each.author or "")}) for each in told]


@router.post("/articles/{article_id}/versions/{version}/restore")
async def restore_version(
    article_id: ArticleId,
    version: Version,
    response: Response,
    assist: Service,
    caller: ArticleWriter,
    if_match: IfMatch = None,
) -> Article:
    """Bring an earlier version back, as a new one; what came between stays in the history."""
    stored = await assist.library.restore(
        caller.tenant, article_id, version, author=caller.key_id, expected=_expected(if_match)
    )
    if stored is None:
        raise _absent(article_id, version)
    response.headers["ETag"] = _etag(stored)
    return stored


@router.delete("/articles/{article_id}", status_code=204)
async def delete_article(
    article_id: ArticleId, assist: Service, caller: ArticleWriter, if_match: IfMatch = None
) -> Response:
    """Delete an article with its versions and vectors."""
    if not await assist.library.delete(caller.tenant, article_id, expected=_expected(if_match)):
        raise _absent(article_id)
    return Response(status_code=204)


@router.get("/articles")
async def list_articles(
    assist: Service,
    caller: ArticleReader,
    domain: Annotated[str | None, Query(max_length=100)] = None,
    status: Annotated[Status | None, Query()] = None,
    language: Annotated[str | None, Query(max_length=35)] = None,
    text: Annotated[str | None, Query(max_length=200, description="words in id, title, tags or body")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> ArticlePage:
    """List articles by id."""
    wanted = Wanted(domain=domain, status=status, language=language, text=text)
    found = await assist.library.find(caller.tenant, wanted, after=cursor, limit=limit + 1)
    more = len(found) > limit
    return ArticlePage(items=list(found[:limit]), next_cursor=found[limit - 1].article_id if more else None)


def known_domain(assist: Assist, domain: str | None) -> None:
    """Raise InvalidInput where the domain is not configured."""
    if domain is not None and domain not in assist.domains:
        message = f"domain {domain!r} is not configured; configured are {', '.join(sorted(assist.domains))}"
        raise InvalidInput(message, field="domain")


def _expected(if_match: str | None) -> int | Literal["any"] | None:
    """Return the version that an If-Match header names; one that this service never gave matches nothing."""
    if if_match is None:
        return None
    if if_match.strip() == "*":
        return "any"
    tag = re.fullmatch(r'\s*"([1-9]\d{0,8})"\s*', if_match)
    return int(tag[1]) if tag else _NEVER


def _etag(article: Article) -> str:
    return f'"{article.version}"'


def _absent(article_id: str, version: int | None = None) -> NotFound:
    which = f"version {version} of article {article_id!r}" if version else f"article {article_id!r}"
    return NotFound(f"{which} does not exist; GET /v1/articles lists what does")
