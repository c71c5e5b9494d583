"""Reads an article from a Word document (DOCX)."""

import zipfile
from collections.abc import Iterator

from knowledge.loaders.archive import checked
from knowledge.loaders.record import article_of
from knowledge.loaders.source import Found, Refused, Source
from knowledge.loaders.web_page import page_of

LARGEST = 50_000_000
_HINT = "save it as .docx again, without a password"


def read(source: Source, domain: str | None = None) -> Iterator[Found]:
    """Yield the document's article: headings, lists, tables and links as Markdown; pictures are left out."""
    import io  # noqa: PLC0415 -- beside the parser that it feeds

    import mammoth  # noqa: PLC0415 -- only who loads Word documents pays for it

    raw = source.content(limit=LARGEST)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            checked(package)
        made = mammoth.convert_to_html(io.BytesIO(raw), convert_image=mammoth.images.img_element(_no_picture))
    except Refused:
        raise
    except Exception as exc:  # a parser of a stranger's file may raise anything
        reason = "is no Word document that can be read, or is encrypted"
        raise Refused(reason, hint=_HINT) from exc
    page = page_of(made.value)
    yield article_of({"title": page.title}, page.body, place=source.place, name=source.stem, domain=domain)


def _no_picture(_: object) -> dict[str, str]:
    return {"src": ""}
