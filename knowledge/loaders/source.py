"""A file to read articles from, wherever it lies: on disk, or inside an archive."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from knowledge.articles import Article, Unreadable

Found = Article | Unreadable
Reader = Callable[["Source", str | None], Iterator[Found]]
"""Reads one format: takes a source and the domain of articles that name none; raises Refused for the whole file."""


class Refused(Exception):
    """A file that gives nothing: why, what to do, and where in it."""

    def __init__(self, reason: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.where = where


@dataclass(frozen=True, slots=True)
class Source:
    """A file by the name it is shown by, its size in bytes, how to open it, and the encoding that the caller says it has."""

    place: str
    size: int
    open: Callable[[], BinaryIO]
    encoding: str | None = None

    @classmethod
    def of_path(cls, path: Path, *, encoding: str | None = None) -> "Source":
        """Return the source of a file on disk."""
        return cls(str(path), path.stat().st_size, lambda: path.open("rb"), encoding)

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return PurePath(self.place).stem

    @property
    def suffix(self) -> str:
        """The file's ending in small letters, with its dot."""
        return PurePath(self.place).suffix.lower()

    def content(self, *, limit: int) -> bytes:
        """Return all bytes; Refused where there are more than `limit`, or none."""
        if self.size <= limit:
            with self.open() as file:
                raw = file.read(limit + 1)  # an archive may understate what is in it
            if not raw:
                reason, hint = "is empty", "write the article, or remove the file"
                raise Refused(reason, hint=hint)
            if len(raw) <= limit:
                return raw
        reason = f"is over {limit:,} bytes"
        raise Refused(reason, hint="split it into several articles")

    def at(self, where: str) -> str:
        """Return the name of a place inside the file."""
        return f"{self.place}, {where}" if where else self.place

    def unreadable(self, refusal: Refused) -> Unreadable:
        """Return the refusal as it is reported."""
        return Unreadable(place=self.at(refusal.where), reason=refusal.reason, hint=refusal.hint)
