"""Cuts an article into passages: by heading first, then by length at the ends of sentences.

Passages are exact slices of the body and follow each other without gap or overlap, so that joining them gives the
body back. What is embedded for a passage carries the article's title and heading beside it (`Chunk` keeps them).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from knowledge.articles import Article, Chunk

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

WORDS = 120
"""A passage's usual length: about what a small sentence-embedding model reads before it cuts off (256 tokens)."""

LEAST = 30
"""A section shorter than this joins the next one: a heading with one line says too little to be found by."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|(?<=[。！？])|(?:\r\n|\r|\n)\s*")
_SPACE = re.compile(r"\s+")
_LONGEST_WORD = 80


def chunk(article: Article, *, words: int = WORDS, least: int = LEAST) -> tuple[Chunk, ...]:
    """Return the article's passages in order; their texts join to the body."""
    body = article.body
    places = _sections(body)
    pieces: list[tuple[int, int, str]] = []
    for start, end, heading in places:
        if pieces and _joins(body, pieces[-1], end, words=words, least=least):
            first, _, kept = pieces[-1]
            pieces[-1] = (first, end, kept or heading)
        else:
            pieces.extend((a, b, heading) for a, b in _cut(body, start, end, words))
    return tuple(
        Chunk(
            article_id=article.article_id,
            version=article.version,
            ordinal=ordinal,
            heading=heading,
            text=body[start:end],
            start=start,
            end=end,
        )
        for ordinal, (start, end, heading) in enumerate(pieces)
    )


def length(text: str) -> int:
    """Return how many words a text has; each character counts where a script writes without spaces."""
    return sum(1 + len(match) // _LONGEST_WORD for match in _WORD.findall(text))


def _joins(body: str, last: tuple[int, int, str], end: int, *, words: int, least: int) -> bool:
    start, border, _ = last
    if length(body[start:border]) >= least and length(body[border:end]) >= least:
        return False
    return length(body[start:end]) <= words


def _sections(body: str) -> list[tuple[int, int, str]]:
    """Return (start, end, path of headings) of each section; headings inside code or quotes are no borders."""
    offsets = [0, *(match.end() for match in _LINE_END.finditer(body))]
    borders: list[tuple[int, str]] = [(0, "")]
    path: dict[int, str] = {}
    tokens = _parser().parse(body)
    for token, inline in pairwise(tokens):
        if token.type != "heading_open" or token.level != 0 or token.map is None:
            continue
        depth = int(token.tag[1:])
        path = {level: text for level, text in path.items() if level < depth} | {depth: inline.content.strip()}
        at = offsets[min(token.map[0], len(offsets) - 1)]
        borders.append((at, " > ".join(path[level] for level in sorted(path))))
    ends = [*(at for at, _ in borders[1:]), len(body)]
    return [(at, end, heading) for (at, heading), end in zip(borders, ends, strict=True) if at < end]


def _cut(body: str, start: int, end: int, words: int) -> Iterator[tuple[int, int]]:
    """Yield the borders of passages of at most `words` words, as even in length as sentences allow."""
    total = length(body[start:end])
    if total <= words:
        yield start, end
        return
    share = -(-total // -(-total // words))  # even parts: 190 words make 95 + 95, not 180 + 10
    begin, held = start, 0
    for a, b in _units(body, start, end, share):
        size = length(body[a:b])
        if held and held + size > words:
            yield begin, a
            begin, held = a, 0
        held += size
        if held >= share and b < end:
            yield begin, b
            begin, held = b, 0
    if begin < end:
        yield begin, end


def _units(body: str, start: int, end: int, words: int) -> Iterator[tuple[int, int]]:
    for a, b in _split(body, start, end, _SENTENCE_END):
        if length(body[a:b]) <= words:
            yield a, b
            continue
        for c, d in _split(body, a, b, _SPACE):
            step = words if length(body[c:d]) > words else d - c
            yield from ((at, min(at + step, d)) for at in range(c, d, step))


def _split(body: str, start: int, end: int, border: re.Pattern[str]) -> Sequence[tuple[int, int]]:
    cuts = [start, *(m.end() for m in border.finditer(body, start, end) if start < m.end() < end), end]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 -- only who cuts articles pays for it

    return MarkdownIt("commonmark")
