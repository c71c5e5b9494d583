"""Reads articles from a CSV file: a row each, under a line of column names."""

import csv
from collections.abc import Iterator

from knowledge.articles import Unreadable
from knowledge.loaders.decoding import text_stream
from knowledge.loaders.row import article_of_row, named
from knowledge.loaders.source import Found, Refused, Source

_SAMPLE = 64_000


def read(source: Source, domain: str | None = None) -> Iterator[Found]:
    """Yield the article of each row; Refused where no column holds the text."""
    if not source.size:
        reason = "is empty"
        raise Refused(reason, hint="write a line of column names and a row an article")
    with text_stream(source) as file:
        sample = file.read(_SAMPLE)
        file.seek(0)
        rows = csv.DictReader(file, delimiter=_delimiter(sample), strict=True)
        try:
            columns = rows.fieldnames or ()
            if "body" not in {named(column) for column in columns if column}:
                reason = f"has no column `body`; its columns are {', '.join(map(str, columns))[:200]!r}"
                raise Refused(reason, hint="name the column of the text `body`, and that of the title `title`")
            for row in rows:
                where = f"line {rows.line_num}"
                if None in row:
                    reason = "has more values than there are columns"
                    yield Unreadable(place=source.at(where), reason=reason, hint="put quotes around texts with commas")
                elif any(row.values()):
                    yield article_of_row(row, place=source.at(where), domain=domain)
        except csv.Error as exc:
            reason = f"is not CSV: {exc}"
            raise Refused(reason, hint="put quotes around texts", where=f"line {rows.line_num}") from exc


def _delimiter(sample: str) -> str:
    line = sample.partition("\n")[0]
    return max(",;\t|", key=line.count)
