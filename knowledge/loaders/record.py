"""Fields and a body become an article, or the reason why not: the same rules for every format."""

import re
import unicodedata
from collections.abc import Mapping

from pydantic import ValidationError

from knowledge.articles import Article, Unreadable
from knowledge.loaders.source import Found

FIELDS = frozenset(Article.model_fields) - {"body", "version", "updated_at"}
"""What front matter may say; the rest is given when the article is stored."""

LONGEST = 500_000
"""Characters of a body, as for the API."""

_HEADING = re.compile(r"^#\s+(?P<title>\S.*?)\s*#*\s*$", re.MULTILINE)
_OTHER_CHARACTERS = re.compile(r"[^A-Za-z0-9._:-]+")
_LONGEST_ID = 200
_LONGEST_TITLE = 500


def article_of(
    values: Mapping[str, object], body: str, *, place: str, name: str, domain: str | None = None, where: str = ""
) -> Found:
    """Return the article of these fields, or what is wrong with them.

    What is missing is filled in: the id from `name`, the title from the first heading, the domain from `domain`. `where`
    says in which part of the place the fields stand.
    """
    fields = {field: value for field, value in values.items() if value is not None and value != ""}
    heading = _HEADING.search(body)
    fields.setdefault("article_id", slug(name) or "article")
    fields.setdefault("title", (heading["title"] if heading else name)[:_LONGEST_TITLE])
    fields.setdefault("domain", domain)
    fields["tags"] = _tags(fields.get("tags"))
    if not body.strip():
        return Unreadable(place=place, reason="has no text", hint="write the article there")
    if len(body) > LONGEST:
        reason = f"has {len(body):,} characters, over {LONGEST:,}"
        return Unreadable(place=place, reason=reason, hint="split it into several articles")
    try:
        made = Article.model_validate({**fields, "body": body})
    except ValidationError as exc:
        problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}, not {e['input']!r}" for e in exc.errors()]
        return Unreadable(
            place=f"{place}, {where}" if where else place, reason="; ".join(problems), hint="correct the named fields"
        )
    return Unreadable(place=place, reason=made.flaw) if made.flaw else made


def slug(text: str) -> str:
    """Return a text as an article's id: letters without accents, digits and `._:-`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER_CHARACTERS.sub("-", plain).strip("-._:")[:_LONGEST_ID].rstrip("-._:")


def first_line(text: str) -> str:
    """Return the first line that says something, for a title."""
    lines = (line.strip().lstrip("#").strip() for line in text.splitlines())
    return next((line for line in lines if line), "")[:_LONGEST_TITLE]


def _tags(given: object) -> object:
    if isinstance(given, str):
        return [tag.strip() for tag in re.split(r"[,;|]", given) if tag.strip()]
    return () if given is None else given
