"""Reads articles from one JSON document: a list of objects, or an export of Zendesk Guide, article by article.

https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/ describes the latter.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from knowledge.articles import Audience, Status, Unreadable
from knowledge.loaders.record import article_of
from knowledge.loaders.row import article_of_row
from knowledge.loaders.source import Found, Refused, Source
from knowledge.loaders.web_page import page_of

_HINT = "expected a list of objects, or a Zendesk Guide export with a list `articles`"
_ZENDESK = frozenset({"html_url", "section_id", "user_segment_id", "label_names"})


def read(source: Source, domain: str | None = None) -> Iterator[Found]:
    """Yield the article of each object; the document is never held whole."""
    import ijson  # noqa: PLC0415 -- only who loads JSON pays for it

    with source.open() as file:
        path = _path(file)
        number = 0
        try:
            for number, each in enumerate(ijson.items(file, path), start=1):
                place = source.at(f"article {number}")
                if not isinstance(each, dict):
                    yield Unreadable(place=place, reason="is no JSON object", hint=_HINT)
                elif _ZENDESK & set(each):
                    yield _of_zendesk(each, place, domain)
                else:
                    yield article_of_row(each, place=place, domain=domain)
        except (ijson.JSONError, UnicodeDecodeError) as exc:
            reason = f"is not JSON: {' '.join(str(exc).split())[:200]}"
            raise Refused(reason, hint="export it again", where=f"after article {number}" if number else "") from exc
    if not number:
        reason = "holds no articles"
        raise Refused(reason, hint=_HINT)


def _path(file: BinaryIO) -> str:
    """Return where the articles stand, and leave the file at its beginning."""
    head = file.read(1000).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    if head.startswith(b"["):
        return "item"
    if head.startswith(b"{"):
        return "articles.item"
    reason = "is no JSON list or object" if head else "is empty"
    raise Refused(reason, hint=_HINT)


def _of_zendesk(each: Mapping[str, Any], place: str, domain: str | None) -> Found:
    """Return the article of one record; a translation has an id of its own, beside that of the source."""
    locale = str(each.get("locale") or "")
    number = str(each.get("id") or "")
    if not number:
        return Unreadable(place=place, reason="has no id", hint="export it again")
    translated = locale and locale != str(each.get("source_locale") or locale)
    fields = {
        "article_id": f"zendesk-{number}-{locale}" if translated else f"zendesk-{number}",
        "title": each.get("title") or each.get("name"),
        "url": each.get("html_url"),
        "language": locale or None,
        "tags": [str(label) for label in each.get("label_names") or ()],
        "status": Status.DRAFT if each.get("draft") else Status.PUBLISHED,
        # Who may read it is narrowed to some segment of users: not for everybody, so not for bots.
        "audience": Audience.AGENT if each.get("user_segment_id") else Audience.BOTH,
    }
    try:
        body = page_of(str(each.get("body") or "")).body
    except Refused as exc:
        return Unreadable(place=place, reason=exc.reason, hint=exc.hint)
    return article_of(fields, body, place=place, name=f"zendesk-{number}", domain=domain)
