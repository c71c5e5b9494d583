"""Reads an article from a plain text file: its first line is the title."""

from collections.abc import Iterator

from knowledge.loaders.decoding import text_of
from knowledge.loaders.record import article_of, first_line
from knowledge.loaders.source import Found, Source

LARGEST = 5_000_000
_LONGEST_TITLE = 120


def read(source: Source, domain: str | None = None) -> Iterator[Found]:
    """Yield the file's article."""
    text = text_of(source, source.content(limit=LARGEST)).replace("\r\n", "\n").strip()
    line = first_line(text)
    # A long first line is a paragraph already.
    fields = {"title": line} if len(line) <= _LONGEST_TITLE else {}
    yield article_of(fields, text, place=source.place, name=source.stem, domain=domain)
