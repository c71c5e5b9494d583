"""Reads an article from an HTML page: its text as Markdown, never its scripts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.loaders.decoding import text_of
from knowledge.loaders.record import article_of
from knowledge.loaders.source import Found, Refused, Source

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

LARGEST = 10_000_000

_NO_TEXT = [
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "embed",
    "applet",
    "svg",
    "math",
    "canvas",
    "form",
    "button",
    "input",
    "select",
    "textarea",
    "nav",
    "footer",
    "aside",
    "head",
    "link",
    "meta",
    "base",
    "audio",
    "video",
    "source",
]
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_SAFE_LINK = re.compile(r"(?:https?:|mailto:|tel:|#|/|\.|[\w%-]+(?:[/.#?]|$))", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLANKS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: its body as Markdown, and what its head tells of it ("" where it does not)."""

    body: str
    title: str = ""
    language: str = ""
    url: str = ""


def read(source: Source, domain: str | None = None) -> Iterator[Found]:
    """Yield the page's article; its address is the canonical one that it names."""
    from bs4.dammit import EncodingDetector  # noqa: PLC0415 -- only who loads HTML pays for it

    raw = source.content(limit=LARGEST)
    declared = EncodingDetector.find_declared_encoding(raw, is_html=True)
    page = page_of(text_of(source, raw, declared=declared))
    fields = {"title": page.title, "language": page.language, "url": page.url}
    yield article_of(fields, page.body, place=source.place, name=source.stem, domain=domain)


def page_of(html: str) -> Page:
    """Return what an HTML document, or a piece of one, says to a reader.

    Scripts, forms, frames, navigation and what is hidden from readers are left out; so are links that run a script.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 -- only who loads HTML pays for it
    from markdownify import MarkdownConverter  # noqa: PLC0415 -- as above

    html = _DECLARATION.sub("", html, count=1)
    if "<" not in html:
        return Page(body=html.strip())
    try:
        soup = BeautifulSoup(html, "html.parser")
        title, language, url = _head(soup)
        _clean(soup)
        place = soup.find("main") or soup.find("article") or soup.body or soup
        body = MarkdownConverter(heading_style="ATX", bullets="-").convert_soup(place)
    except RecursionError as exc:
        reason = "is nested too deeply"
        raise Refused(reason, hint="save the page's text alone") from exc
    return Page(body=_BLANKS.sub("\n\n", body).strip(), title=title, language=language, url=url)


def _head(soup: "BeautifulSoup") -> tuple[str, str, str]:
    heading = soup.find("h1") or soup.find("title")
    canonical = soup.find("link", rel="canonical")
    root = soup.find("html")
    language = str(root.get("lang") or "") if root else ""
    address = str(canonical.get("href") or "") if canonical else ""
    title = " ".join(heading.get_text(" ").split()) if heading else ""
    return title, language, address if address.startswith(("http://", "https://")) else ""


def _clean(soup: "BeautifulSoup") -> None:
    for tag in soup.find_all(_NO_TEXT):
        tag.decompose()
    for tag in soup.find_all():
        if tag.decomposed:
            continue
        if tag.has_attr("hidden") or tag.get("aria-hidden") == "true" or _HIDDEN.search(str(tag.get("style") or "")):
            tag.decompose()
    for link in soup.find_all("a", href=True):
        if not _SAFE_LINK.match(str(link["href"]).strip()):
            del link["href"]
    for image in soup.find_all("img"):
        if not str(image.get("src") or "").startswith(("http://", "https://")):
            image.replace_with(str(image.get("alt") or ""))
