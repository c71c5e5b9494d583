"""Looks into a zip archive without unpacking it, and refuses those made to burst."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from knowledge.articles import Unreadable
from knowledge.loaders.source import Refused, Source

MOST_FILES = 100_000
LARGEST = 2_000_000_000
"""Bytes of all files in an archive, unpacked."""

_RATIO = 200
"""How many times its size a file may unpack to: text comes to 10, made-up bombs to 1,000."""

_FREE = 1_000_000
"""Bytes below which a file may unpack to what it likes."""

_ENCRYPTED = 0x1


def members(source: Source) -> Iterator[Source | Unreadable]:
    """Yield the files of an archive in the order of their names, hidden ones left out; Refused for the archive."""
    with source.open() as file:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError) as exc:
            reason = f"is no zip archive that can be read: {exc}"
            raise Refused(reason, hint="pack it again") from exc
        with archive:
            checked(archive)
            for entry in sorted(archive.infolist(), key=lambda each: each.filename):
                name = entry.filename
                if entry.is_dir() or any(p.startswith((".", "__MACOSX")) for p in PurePosixPath(name).parts):
                    continue
                place = f"{source.place}/{name}"
                if entry.flag_bits & _ENCRYPTED:
                    yield Unreadable(place=place, reason="is encrypted", hint="pack it without a password")
                else:
                    yield Source(place, entry.file_size, _opener(archive, entry), source.encoding)


def checked(archive: zipfile.ZipFile) -> None:
    """Raise Refused where the archive would unpack to far more than it is."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES:
        reason = f"holds {len(entries):,} files, over {MOST_FILES:,}"
        raise Refused(reason, hint="pack fewer files at a time")
    if total > LARGEST:
        reason = f"unpacks to {total:,} bytes, over {LARGEST:,}"
        raise Refused(reason, hint="pack fewer files at a time")
    for entry in entries:
        if entry.file_size > _FREE and entry.file_size > _RATIO * max(entry.compress_size, 1):
            reason = f"unpacks {entry.filename!r} from {entry.compress_size:,} to {entry.file_size:,} bytes"
            raise Refused(reason, hint="this is how archives are made that fill a disk; load the file itself")


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: cast("BinaryIO", archive.open(entry))
