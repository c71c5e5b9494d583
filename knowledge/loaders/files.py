"""Reads articles from files, folders and archives, each file by the reader of its format."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from knowledge.articles import Article, Unreadable
from knowledge.loaders import (
    archive,
    json_document,
    json_lines,
    markdown,
    pdf,
    plain_text,
    spreadsheet,
    web_page,
    word,
)
from knowledge.loaders.source import Found, Reader, Refused, Source

READERS: Mapping[str, Reader] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": web_page.read,
    ".htm": web_page.read,
    ".txt": plain_text.read,
    ".csv": spreadsheet.read,
    ".tsv": spreadsheet.read,
    ".jsonl": json_lines.read,
    ".ndjson": json_lines.read,
    ".json": json_document.read,
    ".docx": word.read,
    ".pdf": pdf.read,
}
"""The readers by ending; a zip archive is a folder."""

ARCHIVE = ".zip"
_KNOWN = ", ".join([*READERS, ARCHIVE])


class FileLoader:
    """Reads files, folders and zip archives; a folder is walked in the order of names, hidden and foreign ones left out.

    An id that comes twice is given once, the second place is reported; one bad file does not stop the rest.
    """

    def read(self, paths: Sequence[Path], *, domain: str | None = None, encoding: str | None = None) -> Iterator[Found]:
        """Yield each article, or why a file gives none."""
        seen: dict[str, str] = {}
        for source in _sources(_once(_files(paths)), encoding):
            for found, place in _found(source, domain):
                if isinstance(found, Article):
                    first = seen.setdefault(found.article_id, place)
                    if first != place:
                        reason = f"the id {found.article_id!r} is already used by {first}"
                        yield Unreadable(place=place, reason=reason, hint="give each article its own id")
                        continue
                yield found


def _found(source: Source | Unreadable, domain: str | None) -> Iterator[tuple[Found, str]]:
    """Yield what a source gives, each with a name of its place that no other article has."""
    if isinstance(source, Unreadable):
        yield source, source.place
        return
    number = 0
    try:
        for number, found in enumerate(READERS[source.suffix](source, domain), start=1):
            yield found, source.place if number == 1 else source.at(f"article {number}")
    except Refused as exc:
        yield source.unreadable(exc), source.place
    except (OSError, zipfile.BadZipFile, zlib.error, UnicodeDecodeError) as exc:
        reason = f"cannot be read: {getattr(exc, 'strerror', None) or exc}"
        yield Unreadable(place=source.place, reason=reason, hint="check the file and its rights"), source.place


def _sources(paths: Iterable[Path | Unreadable], encoding: str | None) -> Iterator[Source | Unreadable]:
    for path in paths:
        if isinstance(path, Unreadable):
            yield path
            continue
        try:
            source = Source.of_path(path, encoding=encoding)
        except OSError as exc:
            yield Unreadable(place=str(path), reason=f"cannot be read: {exc.strerror}", hint="check its rights")
            continue
        if source.suffix == ARCHIVE:
            yield from _unpacked(source)
        else:
            yield source


def _unpacked(source: Source) -> Iterator[Source | Unreadable]:
    empty = True
    try:
        for member in archive.members(source):
            if isinstance(member, Unreadable) or member.suffix in READERS:
                empty = False
                yield member
            elif member.suffix == ARCHIVE:
                empty = False
                reason = "is an archive in an archive"
                yield Unreadable(place=member.place, reason=reason, hint="unpack the outer one first")
    except Refused as exc:
        yield source.unreadable(exc)
        return
    if empty:
        yield Unreadable(place=source.place, reason="holds no file that can be read", hint=f"articles end in {_KNOWN}")


def _once(paths: Iterable[Path | Unreadable]) -> Iterator[Path | Unreadable]:
    """Leave out a file that was named before."""
    seen: set[Path] = set()
    for path in paths:
        place = path.resolve() if isinstance(path, Path) else None
        if place not in seen:
            yield path
        if place is not None:
            seen.add(place)


def _files(paths: Sequence[Path]) -> Iterator[Path | Unreadable]:
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if _is_known(each) and each.is_file())
            kept = [each for each in inside if not any(p.startswith(".") for p in each.relative_to(path).parts)]
            if not kept:
                reason = "holds no file that can be read"
                yield Unreadable(place=str(path), reason=reason, hint=f"articles end in {_KNOWN}")
            yield from kept
        elif not path.exists():
            yield Unreadable(place=str(path), reason="does not exist", hint="give a file or a folder")
        elif not _is_known(path):
            kind = f"is a {path.suffix}" if path.suffix else "is a file without ending"
            yield Unreadable(place=str(path), reason=kind, hint=f"articles end in {_KNOWN}")
        else:
            yield path


def _is_known(path: Path) -> bool:
    return path.suffix.lower() in READERS or path.suffix.lower() == ARCHIVE
