"""For knowledge managers at work on an article: how it will look, and what changed between versions."""

import asyncio
import difflib
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from markdown_it import MarkdownIt
from pydantic import BaseModel, ConfigDict, Field

from assist.api.bodies import documented, read_body
from assist.api.dependencies import ArticleReader, Service
from assist.api.problems import RESPONSES
from assist.api.routes.articles import ArticleId
from assist.errors import NotFound
from knowledge import Article, orders

router = APIRouter(prefix="/v1", tags=["knowledge"], responses=RESPONSES)
_EXAMPLE = {"body": "## Fees\n\nFive euro a month."}
_APART = 3
"""Unchanged lines that are shown beside a change."""


class PreviewIn(BaseModel):
    """Markdown as it is being written."""

    model_config = ConfigDict(extra="forbid")

    body: str = Field(max_length=500_000)


class PreviewOut(BaseModel):
    """The Markdown as HTML, in which HTML of the author's own is shown as text; and what to look at."""

    html: str
    warnings: tuple[str, ...]


class Line(BaseModel):
    """A line of a difference; `gap` stands for unchanged lines left out."""

    kind: Literal["same", "added", "removed", "gap"]
    text: str


class FieldChange(BaseModel):
    """A field beside the body that differs."""

    field: str
    before: str
    after: str


class DiffOut(BaseModel):
    """What differs between two versions of an article."""

    before: int
    after: int
    fields: list[FieldChange]
    lines: list[Line]


@router.post("/articles:preview", openapi_extra=documented(PreviewIn, _EXAMPLE))
async def preview(request: Request, caller: ArticleReader) -> PreviewOut:
    """Show how an article will look; nothing is stored, and no markup of the author's runs."""
    del caller
    body = await read_body(request, PreviewIn)
    html, found = await asyncio.to_thread(lambda: (_markdown().render(body.body), orders(body.body)))
    return PreviewOut(html=html, warnings=tuple(map(str, found)))


@router.get("/articles/{article_id}/diff")
async def diff(
    article_id: ArticleId,
    assist: Service,
    caller: ArticleReader,
    before: Annotated[int, Query(ge=1, description="the earlier version")],
    after: Annotated[int, Query(ge=1, description="the later version")],
) -> DiffOut:
    """Say what changed from one version of an article to another."""
    found = []
    for version in (before, after):
        article = await assist.library.get(caller.tenant, article_id, version=version)
        if article is None:
            message = f"version {version} of article {article_id!r} does not exist; GET /v1/articles/{article_id}/versions lists them"
            raise NotFound(message)
        found.append(article)
    lines = await asyncio.to_thread(lambda: list(_lines(found[0].body, found[1].body)))
    return DiffOut(before=before, after=after, fields=_fields(*found), lines=lines)


def _lines(before: str, after: str) -> Iterator[Line]:
    old, new = before.splitlines(), after.splitlines()
    end = 0
    for group in difflib.SequenceMatcher(None, old, new).get_grouped_opcodes(_APART):
        if group[0][1] > end:
            yield Line(kind="gap", text=f"{group[0][1] - end} unchanged lines")
        for tag, a, b, c, d in group:
            if tag == "equal":
                yield from (Line(kind="same", text=line) for line in old[a:b])
            else:
                yield from (Line(kind="removed", text=line) for line in old[a:b])
                yield from (Line(kind="added", text=line) for line in new[c:d])
        end = group[-1][2]
    if end < len(old):
        yield Line(kind="gap", text=f"{len(old) - end} unchanged lines")


def _fields(before: Article, after: Article) -> list[FieldChange]:
    apart = {"body", "version", "author", "updated_at", "article_id"}
    old, new = (article.model_dump(mode="json", exclude=apart) for article in (before, after))
    return [
        FieldChange(field=name, before=_told(old[name]), after=_told(new[name]))
        for name in old
        if old[name] != new[name]
    ]


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
