"""For knowledge managers who bring and take many articles at once."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path, PurePath
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from assist.api.bodies import documented, read_body
from assist.api.dependencies import ArticleReader, ArticleWriter, Service
from assist.api.problems import RESPONSES
from assist.api.routes.articles import known_domain
from assist.api.schemas import ArticleIn, BatchIn, BatchItem, BatchOut, LoadOut
from assist.errors import InvalidInput
from assist.wiring import Assist
from knowledge import Article, LoadPlan, orders

router = APIRouter(prefix="/v1", tags=["knowledge"], responses=RESPONSES)
Domain = Annotated[str | None, Query(max_length=100)]
Filename = Annotated[str, Query(min_length=3, max_length=200, description="its ending says the format: guide.zip")]
_BATCH_EXAMPLE = {"articles": [{"article_id": "fees", "title": "Fees", "body": "Five euro a month."}]}


@router.post("/articles:batch", openapi_extra=documented(BatchIn, _BATCH_EXAMPLE))
async def put_articles(request: Request, assist: Service, caller: ArticleWriter) -> BatchOut:
    """Create or change up to 1,000 articles; one that cannot be used is reported, the others are stored all or none."""
    body = await read_body(request, BatchIn)
    results: list[BatchItem] = []
    articles: dict[str, Article] = {}
    for each in body.articles:
        made = _article(assist, each, caller.key_id)
        name = str(each.get("article_id"))
        if isinstance(made, Article) and name not in articles:
            articles[name] = made
        else:
            reason = made if isinstance(made, str) else "the id comes twice; give each article its own"
            results.append(BatchItem(article_id=name, outcome="failed", reason=reason))
    for written in await assist.library.put_all(caller.tenant, list(articles.values())):
        outcome = "unchanged" if not written.is_new else "added" if written.article.version == 1 else "changed"
        stored = written.article
        warned = tuple(map(str, await asyncio.to_thread(orders, stored.body)))
        results.append(
            BatchItem(article_id=stored.article_id, version=stored.version, outcome=outcome, warnings=warned)
        )
    return BatchOut(results=results)


@router.post("/articles:import", openapi_extra={"requestBody": {"content": {"application/octet-stream": {}}}})
async def import_file(
    request: Request,
    assist: Service,
    caller: ArticleWriter,
    filename: Filename,
    domain: Domain = None,
    encoding: Annotated[str | None, Query(max_length=40, description="of text that is not UTF-8")] = None,
    *,
    dry_run: Annotated[bool, Query(description="say what would change, and change nothing")] = False,
) -> LoadOut:
    """Load the articles of a file, which is the request's body: Markdown, HTML, text, CSV, JSON, DOCX, PDF or a zip."""
    known_domain(assist, domain)
    name = PurePath(filename).name
    if not name:
        message = f"filename = {filename!r} names no file; send one such as guide.zip"
        raise InvalidInput(message, field="filename")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        with path.open("wb") as file:
            async for part in request.stream():
                file.write(part)
        plan = LoadPlan([path], encoding=encoding, domains=assist.domains, author=caller.key_id, dry=dry_run)
        report = await assist.library.load(caller.tenant, [path], domain=domain, plan=plan)
        return LoadOut.of(report, beside=f"{folder}/")


@router.get("/articles/export", response_class=StreamingResponse)
async def export(assist: Service, caller: ArticleReader, domain: Domain = None) -> StreamingResponse:
    """Fetch every article's newest version as JSON lines, by id; `assist knowledge load` takes the file."""

    async def lines() -> AsyncIterator[bytes]:
        async for article in assist.library.everything(caller.tenant, domain=domain):
            yield article.model_dump_json().encode() + b"\n"

    headers = {"Content-Disposition": 'attachment; filename="articles.jsonl"'}
    return StreamingResponse(lines(), media_type="application/x-ndjson", headers=headers)


def _article(assist: Assist, given: dict[str, Any], author: str) -> Article | str:
    """Return the article, or what is wrong with it."""
    try:
        body = ArticleIn.model_validate({name: value for name, value in given.items() if name != "article_id"})
        known_domain(assist, body.domain)
        made = Article(article_id=given.get("article_id", ""), author=author, **body.model_dump())
    except ValidationError as exc:
        return "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in exc.errors())
    except InvalidInput as exc:
        return str(exc)
    return made.flaw or made
