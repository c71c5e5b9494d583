"""A row of a table or an object of JSON as an article, under the column names that people use."""

from collections.abc import Mapping

from knowledge.articles import Unreadable
from knowledge.loaders.record import FIELDS, article_of, slug
from knowledge.loaders.source import Found

_NAMES = {
    "id": "article_id",
    "slug": "article_id",
    "content": "body",
    "text": "body",
    "answer": "body",
    "question": "title",
    "headline": "title",
    "subject": "title",
    "labels": "tags",
    "lang": "language",
    "locale": "language",
    "link": "url",
}


def named(column: str) -> str:
    """Return the field that a column name means."""
    plain = column.strip().casefold().replace(" ", "_")
    return _NAMES.get(plain, plain)


def article_of_row(row: Mapping[str, object], *, place: str, domain: str | None = None) -> Found:
    """Return the row's article; what no field is called is left out. Without an id, the title makes it."""
    values: dict[str, object] = {}
    for column, value in row.items():
        if value is not None and value != "":
            values.setdefault(named(column), value)
    body = values.pop("body", "")
    if not isinstance(body, str):
        return Unreadable(place=place, reason=f"body: expected text, not {body!r}", hint="correct the named fields")
    fields = {field: value for field, value in values.items() if field in FIELDS}
    title = str(fields.get("title") or "")
    if not title and "article_id" not in fields:
        return Unreadable(place=place, reason="has neither a title nor an id", hint="fill in the column `title`")
    if isinstance(fields.get("article_id"), int):
        fields["article_id"] = str(fields["article_id"])
    return article_of(fields, body, place=place, name=slug(title) or title, domain=domain)
