"""Reads articles from Markdown files with YAML front matter."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import frontmatter
import yaml
from pydantic import ValidationError

from knowledge.articles import Article, Unreadable

_SUFFIXES = (".md", ".markdown")
_FIELDS = set(Article.model_fields) - {"body", "version", "updated_at"}
_RENAMED = {"id": "article_id"}
_HEADING = re.compile(r"^#\s+(?P<title>\S.*?)\s*#*\s*$", re.MULTILINE)
_OTHER_CHARACTERS = re.compile(r"[^A-Za-z0-9._:-]+")
_LARGEST = 5_000_000


class MarkdownLoader:
    """Reads files and folders; a folder is walked in the order of names, hidden ones left out.

    Without front matter the id is the file's name and the title its first heading. An id that comes twice is given
    once, the second place is reported; one bad file does not stop the rest.
    """

    def read(self, paths: Sequence[Path], *, domain: str | None = None) -> Iterator[Article | Unreadable]:
        """Yield each article, or why a file gives none."""
        seen: dict[str, Path] = {}
        for path in _once(_files(paths)):
            found = path if isinstance(path, Unreadable) else read_file(path, domain=domain)
            if isinstance(found, Article) and isinstance(path, Path):
                first = seen.setdefault(found.article_id, path)
                if first != path:
                    reason = f"the id {found.article_id!r} is already used by {first}"
                    yield Unreadable(place=str(path), reason=reason, hint="give each article its own id")
                    continue
            yield found


def read_file(path: Path, *, domain: str | None = None) -> Article | Unreadable:
    """Return the article of one file, or why there is none."""
    try:
        if path.stat().st_size > _LARGEST:
            return Unreadable(
                place=str(path), reason=f"is over {_LARGEST:,} bytes", hint="split it into several articles"
            )
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as exc:
        return Unreadable(place=f"{path}, byte {exc.start}", reason="is not UTF-8 text", hint="save it as UTF-8")
    except OSError as exc:
        return Unreadable(
            place=str(path), reason=f"cannot be read: {exc.strerror}", hint="check the path and its rights"
        )
    try:
        fields, body = _parted(text)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        place = f"{path}, line {mark.line + 1}" if mark else str(path)
        reason = f"the front matter is not YAML: {getattr(exc, 'problem', None) or exc}"
        return Unreadable(place=place, reason=reason, hint="put quotes around a value with a colon")
    if not isinstance(fields, dict):
        reason = "the front matter is not a list of fields"
        return Unreadable(place=str(path), reason=reason, hint="write `name: value`, one a line")
    return _article(path, fields, body.strip("\r\n"), domain)


def _parted(text: str) -> tuple[object, str]:
    """Return front matter and body; a file without front matter is all body."""
    handler = frontmatter.YAMLHandler()
    if not handler.detect(text):
        return {}, text
    try:
        head, body = handler.split(text)
    except ValueError:  # a line of dashes at the top is a rule across the page
        return {}, text
    return handler.load(head) or {}, body


def _article(path: Path, fields: dict[str, object], body: str, domain: str | None) -> Article | Unreadable:
    values = {_RENAMED.get(name, name): value for name, value in fields.items() if value is not None}
    unknown = sorted(set(values) - _FIELDS)
    if unknown:
        known = ", ".join(sorted(_FIELDS))
        return Unreadable(
            place=str(path), reason=f"has unknown fields: {', '.join(unknown)}", hint=f"known are {known}"
        )
    heading = _HEADING.search(body)
    values.setdefault("article_id", _OTHER_CHARACTERS.sub("-", path.stem).strip("-._:") or "article")
    values.setdefault("title", heading["title"] if heading else path.stem)
    values.setdefault("domain", domain)
    if isinstance(values.get("tags"), str):
        values["tags"] = [tag.strip() for tag in str(values["tags"]).split(",") if tag.strip()]
    if not body.strip():
        return Unreadable(place=str(path), reason="has no text below the front matter", hint="write the article there")
    try:
        return Article.model_validate({**values, "body": body})
    except ValidationError as exc:
        problems = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}, not {e['input']!r}" for e in exc.errors()]
        return Unreadable(place=f"{path}, front matter", reason="; ".join(problems), hint="correct the named fields")


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
            inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in _SUFFIXES and each.is_file())
            kept = [each for each in inside if not any(p.startswith(".") for p in each.relative_to(path).parts)]
            if not kept:
                yield Unreadable(place=str(path), reason="holds no Markdown file", hint="articles end in .md")
            yield from kept
        elif not path.exists():
            yield Unreadable(place=str(path), reason="does not exist", hint="give a file or a folder")
        elif path.suffix.lower() not in _SUFFIXES:
            yield Unreadable(
                place=str(path), reason=f"is a {path.suffix or 'file without ending'}", hint="articles end in .md"
            )
        else:
            yield path
