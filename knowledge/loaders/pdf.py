"""Reads an article from a PDF file."""

import io
import logging
import re
from collections.abc import Iterator

from knowledge.loaders.record import LONGEST, article_of, first_line
from knowledge.loaders.source import Found, Refused, Source

LARGEST = 50_000_000
_BLANKS = re.compile(r"\n{3,}")


def read(source: Source, domain: str | None = None) -> Iterator[Found]:
    """Yield the document's article; Refused where it is encrypted, or holds pictures of text alone."""
    from pypdf import PdfReader  # noqa: PLC0415 -- only who loads PDF pays for it

    raw = source.content(limit=LARGEST)
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every flaw that it gets over
    try:
        document = PdfReader(io.BytesIO(raw))
        if document.is_encrypted and not document.decrypt(""):
            reason = "is encrypted"
            raise Refused(reason, hint="save it without a password")  # noqa: TRY301 -- found only once it is opened
        pages: list[str] = []
        for page in document.pages:
            pages.append(page.extract_text().strip())
            if sum(map(len, pages)) > LONGEST:
                break  # the article is refused for its length, and the rest need not be read for that
        title = str((document.metadata.title if document.metadata else None) or "").strip()
    except Refused:
        raise
    except Exception as exc:  # a parser of a stranger's file may raise anything
        reason = f"is no PDF that can be read: {exc}"
        raise Refused(reason, hint="print it to a new PDF file") from exc
    body = _BLANKS.sub("\n\n", "\n\n".join(page for page in pages if page))
    if not body.strip():
        reason = "holds no text, only pictures of it"
        raise Refused(reason, hint="run text recognition (OCR) over it first")
    fields = {"title": title or first_line(body)}
    yield article_of(fields, body, place=source.place, name=source.stem, domain=domain)
