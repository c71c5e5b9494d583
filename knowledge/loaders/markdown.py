"""Reads an article from a Markdown file with YAML front matter."""

from collections.abc import Iterator

import frontmatter
import yaml

from knowledge.loaders.decoding import text_of
from knowledge.loaders.record import FIELDS, article_of
from knowledge.loaders.source import Found, Refused, Source

LARGEST = 5_000_000
_RENAMED = {"id": "article_id"}


def read(source: Source, domain: str | None = None) -> Iterator[Found]:
    """Yield the file's article. Without front matter its id is the file's name and its title the first heading."""
    fields, body = _parted(text_of(source, source.content(limit=LARGEST)))
    if not isinstance(fields, dict):
        reason = "the front matter is not a list of fields"
        raise Refused(reason, hint="write `name: value`, one a line")
    values: dict[str, object] = {_RENAMED.get(str(name), str(name)): value for name, value in fields.items()}
    unknown = sorted(set(values) - FIELDS)
    if unknown:
        reason = f"has unknown fields: {', '.join(unknown)}"
        raise Refused(reason, hint=f"known are {', '.join(sorted(FIELDS))}")
    if not body.strip():
        reason = "has no text below the front matter" if fields else "has no text"
        raise Refused(reason, hint="write the article there")
    yield article_of(
        values, body.strip("\r\n"), place=source.place, name=source.stem, domain=domain, where="front matter"
    )


def _parted(text: str) -> tuple[object, str]:
    """Return front matter and body; a file without front matter is all body."""
    handler = frontmatter.YAMLHandler()
    if not handler.detect(text):
        return {}, text
    try:
        head, body = handler.split(text)
    except ValueError:  # a line of dashes at the top is a rule across the page
        return {}, text
    try:
        return handler.load(head) or {}, body
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        reason = f"the front matter is not YAML: {getattr(exc, 'problem', None) or exc}"
        where = f"line {mark.line + 1}" if mark else ""
        raise Refused(reason, hint="put quotes around a value with a colon", where=where) from exc
