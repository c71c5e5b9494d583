"""Reads articles from JSON lines: an object a line, as the export writes them."""

import json
from collections.abc import Iterator

from knowledge.articles import Unreadable
from knowledge.loaders.row import article_of_row
from knowledge.loaders.source import Found, Refused, Source

_LONGEST_LINE = 5_000_000


def read(source: Source, domain: str | None = None) -> Iterator[Found]:
    """Yield the article of each line; one bad line does not stop the rest."""
    if not source.size:
        reason = "is empty"
        raise Refused(reason, hint="write one JSON object a line")
    with source.open() as file:
        number = 0
        while line := file.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                reason = f"is over {_LONGEST_LINE:,} bytes"
                raise Refused(reason, hint="write one article a line", where=f"line {number}")
            if line.strip():
                yield _article(line, source.at(f"line {number}"), domain)


def _article(line: bytes, place: str, domain: str | None) -> Found:
    try:
        row = json.loads(line)
    except UnicodeDecodeError as exc:
        return Unreadable(place=f"{place}, byte {exc.start}", reason="is not UTF-8 text", hint="save it as UTF-8")
    except (ValueError, RecursionError) as exc:
        return Unreadable(place=place, reason=f"is not JSON: {exc}", hint="write one JSON object a line")
    if not isinstance(row, dict):
        return Unreadable(place=place, reason="is no JSON object", hint="write one JSON object a line")
    return article_of_row(row, place=place, domain=domain)
