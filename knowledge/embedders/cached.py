"""Embeddings kept by content, in memory and on disk, so that a text is embedded once per machine."""

import hashlib
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge.embedders.shipped import ShippedVectors
from knowledge.ports import Embedder, Vectors

_QUERY_WIDTH = 500  # SQLite takes at least 999 parameters in a query
_MANY = 256
_FLOAT = np.dtype(np.float32).itemsize


class CachedEmbedder:
    """Wraps an embedder; a text seen before, by this process or through the file by another, or one that ships with its vector, is not embedded again.

    Bounded: `memory` rows are held, the least recently used goes first; the file holds `disk` rows, the oldest goes
    first. A file that cannot be used costs speed, never an answer.
    """

    def __init__(
        self,
        embedder: Embedder,
        *,
        memory: int = 20_000,
        file: Path | None = None,
        disk: int = 200_000,
        shipped: ShippedVectors | None = None,
    ) -> None:
        self._embedder = embedder
        self._capacity = memory
        self._rows: OrderedDict[bytes, Vectors] = OrderedDict()
        self._lock = threading.Lock()
        self._file = None if file is None else VectorFile(file, capacity=disk)
        self._shipped = shipped

    @property
    def name(self) -> str:
        """The wrapped model's name."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._embedder.dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text, in order."""
        keys = [self._key(text) for text in texts]
        known = self._recalled(keys)
        fresh = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if fresh:
            made = dict(zip(fresh, self._embedder.embed(list(fresh.values())), strict=True))
            self._keep(made)
            if self._file is not None:
                self._file.add(made)
            known |= made
        if not keys:
            return self._embedder.embed([])
        return np.stack([known[key] for key in keys])

    def _key(self, text: str) -> bytes:
        return key_of(self.name, text)

    def _recalled(self, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        with self._lock:
            known = {key: self._rows[key] for key in keys if key in self._rows}
            for key in known:
                self._rows.move_to_end(key)
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        if missing and self._shipped is not None:
            known |= self._shipped.find(missing, length=self.dimension)
            missing = [key for key in missing if key not in known]
        if missing and self._file is not None:
            stored = self._file.find(missing, length=self.dimension)
            self._keep(stored)
            known |= stored
        return known

    def _keep(self, rows: Mapping[bytes, Vectors]) -> None:
        with self._lock:
            self._rows.update(rows)
            while len(self._rows) > self._capacity:
                self._rows.popitem(last=False)


def key_of(model: str, text: str) -> bytes:
    """Return the key of a text's vector under a model of this name."""
    # A surrogate half cannot be encoded, yet may stand in what a client sent.
    return hashlib.sha256(f"{model}\0{text}".encode(errors="surrogatepass")).digest()


class VectorFile:
    """Vectors by key in an SQLite file that several processes may share; without it nothing breaks."""

    def __init__(self, path: Path, *, capacity: int) -> None:
        self._path = path
        self._capacity = capacity
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._broken = False
        self._added = 0

    def find(self, keys: Sequence[bytes], *, length: int) -> dict[bytes, Vectors]:
        """Return the vectors of these keys that are there and whole."""
        found: dict[bytes, Vectors] = {}
        with self._lock:
            try:
                for at in range(0, len(keys), _QUERY_WIDTH):
                    part = keys[at : at + _QUERY_WIDTH]
                    marks = ",".join("?" * len(part))
                    rows = self._connection().execute(f"SELECT key, row FROM vectors WHERE key IN ({marks})", part)  # noqa: S608 -- only question marks are put in
                    whole = ((bytes(key), row) for key, row in rows if len(row) == length * _FLOAT)
                    found |= {key: np.frombuffer(row, dtype=np.float32) for key, row in whole}
            except (sqlite3.Error, OSError):
                self._broken = True
        return found

    def add(self, rows: Mapping[bytes, Vectors]) -> None:
        """Keep these vectors; the oldest beyond the capacity go."""
        with self._lock:
            if self._broken:
                return
            try:
                file = self._connection()
                with file:
                    values = [(key, np.asarray(row, dtype=np.float32).tobytes()) for key, row in rows.items()]
                    file.executemany("INSERT OR REPLACE INTO vectors (key, row) VALUES (?, ?)", values)
                self._added += len(rows)
                if self._added >= _MANY:
                    self._prune(file)
            except (sqlite3.Error, OSError):
                self._broken = True

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
            self._opened = None

    def _prune(self, file: sqlite3.Connection) -> None:
        self._added = 0
        with file:
            file.execute(
                "DELETE FROM vectors WHERE id <= (SELECT max(id) FROM vectors) - ?",
                (self._capacity,),
            )

    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            opened = sqlite3.connect(self._path, timeout=5.0, check_same_thread=False)
            opened.execute("PRAGMA journal_mode=WAL")
            opened.execute("PRAGMA synchronous=OFF")  # a cache: what a power cut takes is made again
            opened.execute(
                "CREATE TABLE IF NOT EXISTS vectors (id INTEGER PRIMARY KEY, key BLOB UNIQUE NOT NULL, row BLOB NOT NULL)"
            )
            self._opened = opened
        return self._opened
