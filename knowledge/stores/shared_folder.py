"""A folder that several processes read and write in turn, and how each notices what the others did.

Embedded Chroma keeps its records in SQLite, which processes share well, and its vector index in memory, which they do
not. Measured with chromadb 1.5 and two processes on one path: an open client counts entries that another process
added, but never finds them by vector; and when it later writes its own index to disk, theirs are gone from it for
good. So: one writer at a time, every writer first reopens if another process wrote since, and a small file of marks
tells readers when to reopen.
"""

import hashlib
import json
import os
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import VectorStoreUnavailable
from knowledge.stores.journal import Journal

_PATIENCE = 120.0
"""Seconds to wait for another writer; loading writes in short batches, so this long means that something hangs."""


class SharedFolder:
    """Guards a resource that lives in a folder and must be reopened when another process changed the folder.

    `reopen` is called with no reader inside. Marks: one random text per collection, new at every change.
    """

    def __init__(self, folder: Path, reopen: Callable[[], None]) -> None:
        self._marks_file = folder / "revisions.json"
        self._journals = folder / "changes"
        self._lock_file = folder / "write.lock"
        self._lock = FileLock(self._lock_file)
        self._reopen = reopen
        self._seen = b""
        self._marks: dict[str, str] = {}
        self._readers = 0
        self._gate = threading.Condition(threading.RLock())
        self._seen = self._on_disk()
        self._marks = _parsed(self._seen)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the resource open, as new as the folder is; many may read at a time."""
        with self._gate:
            self._refresh()
            self._readers += 1
        try:
            yield
        finally:
            with self._gate:
                self._readers -= 1
                self._gate.notify_all()

    @contextmanager
    def writing(self, collection: str, ids: Sequence[str] | None = None) -> Iterator[None]:
        """Hold the folder alone among the writers of all processes, and mark the collection as changed.

        `ids` are what changes, None where all may. It is marked before and after: a writer that dies in between leaves
        others reopening once too often, not never.
        """
        with self._held(), self.reading():
            self._mark(collection, ids)
            try:
                yield
            finally:
                self._mark(collection, ids)

    def revision(self, collection: str) -> str:
        """Return the mark of a collection as it stands in the folder now; "" where nothing was ever written to it."""
        with self._gate:
            self._refresh()
            return self._marks.get(collection, "")

    def changed(self, collection: str, since: str) -> frozenset[str] | None:
        """Return the ids that changed in a collection after a mark; None where that is not known."""
        return self._journal(collection).changed(since)

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            held = self._lock.acquire(timeout=_PATIENCE)
        except Timeout as exc:
            message = (
                f"another process has held {str(self._lock_file)!r} for {_PATIENCE:.0f} s; stop it, then try again"
            )
            raise VectorStoreUnavailable(message) from exc
        except OSError as exc:
            message = (
                f"{str(self._lock_file)!r} cannot be written ({exc.strerror}); give this user the right to write there"
            )
            raise VectorStoreUnavailable(message) from exc
        with held:
            yield

    def _refresh(self) -> None:
        while (now := self._on_disk()) != self._seen:
            if self._readers:
                self._gate.wait()
                continue
            self._reopen()
            self._seen, self._marks = now, _parsed(now)

    def _mark(self, collection: str, ids: Sequence[str] | None) -> None:
        with self._gate:
            mark = uuid.uuid4().hex
            # The journal goes first: who sees a mark must find what it changed.
            journal = Journal() if ids is None else self._journal(collection)
            self._journals.mkdir(exist_ok=True)
            _replace(self._journal_file(collection), journal.with_change(mark, ids or ()).written().encode())
            self._marks = self._marks | {collection: mark}
            self._seen = json.dumps(self._marks, sort_keys=True).encode()
            _replace(self._marks_file, self._seen)

    def _journal(self, collection: str) -> Journal:
        try:
            return Journal.read(self._journal_file(collection).read_text("utf-8"))
        except FileNotFoundError:
            return Journal()

    def _journal_file(self, collection: str) -> Path:
        # A collection's name may be longer than a file's.
        return self._journals / f"{hashlib.sha256(collection.encode()).hexdigest()[:32]}.json"

    def _on_disk(self) -> bytes:
        try:
            return self._marks_file.read_bytes()
        except FileNotFoundError:
            return b""


def _replace(file: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, and nothing between."""
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(file)


def _parsed(raw: bytes) -> dict[str, str]:
    try:
        marks = json.loads(raw or b"{}")
    except ValueError:  # written by hand or by a broken disk: every mark is then a new one
        return {}
    return {str(name): str(mark) for name, mark in marks.items()} if isinstance(marks, dict) else {}
