"""An open Chroma: who may write when, and how a process learns of what another one wrote.

The one file that imports chromadb.
"""

import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from knowledge.errors import KnowledgeError, VectorStoreUnavailable
from knowledge.stores.shared_folder import SharedFolder

_REVISION = "revision"
_PATIENCE = 30.0
"""Seconds to wait for a server's answer."""


class Session(Protocol):
    """How a store stays in step with others that use the same data."""

    @property
    def client(self) -> Any:  # noqa: ANN401 -- chromadb is imported late
        """The open client; valid inside `reading` and `writing`."""
        ...

    def reading(self) -> AbstractContextManager[None]:
        """Hold the client open, as new as the data are."""
        ...

    def writing(self, collection: str, ids: Sequence[str] | None) -> AbstractContextManager[None]:
        """Hold the right to write, and mark the collection as changed: in these entries, or in all."""
        ...

    def revision(self, collection: str) -> str:
        """Return the collection's mark; "" where it was never written to."""
        ...

    def changed(self, collection: str, since: str) -> frozenset[str] | None:
        """Return the ids that changed after a mark; None where that is not known."""
        ...

    def close(self) -> None:
        """Let go; the next use opens again."""
        ...

    def mapped(self) -> AbstractContextManager[None]:
        """Turn whatever Chroma raises into VectorStoreUnavailable, with what to do."""
        ...


class EmbeddedSession:
    """Chroma in this process, on a folder that other processes may use too."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: Any = None
        self._lock = threading.Lock()
        self._shared: SharedFolder | None = None

    @property
    def client(self) -> Any:  # noqa: ANN401 -- as above
        """The open client; valid inside `reading` and `writing`."""
        with self._lock:
            if self._open is None:
                self._open = opened("PersistentClient", path=str(self._folder))
            return self._open

    def reading(self) -> AbstractContextManager[None]:
        """Hold the client open, as new as the data are."""
        return self._folder_shared().reading()

    def writing(self, collection: str, ids: Sequence[str] | None) -> AbstractContextManager[None]:
        """Hold the right to write, and mark the collection as changed."""
        return self._folder_shared().writing(collection, ids)

    def revision(self, collection: str) -> str:
        """Return the collection's mark."""
        return self._folder_shared().revision(collection)

    def changed(self, collection: str, since: str) -> frozenset[str] | None:
        """Return the ids that changed after a mark."""
        return self._folder_shared().changed(collection, since)

    def close(self) -> None:
        """Let go; the next use opens again."""
        with self._lock:
            if self._open is not None:
                self._open.close()
            self._open = None

    def mapped(self) -> AbstractContextManager[None]:
        """Turn whatever Chroma raises into VectorStoreUnavailable."""
        hint = "make the folder writable, or move it away and load the articles again"
        return _mapped(str(self._folder), hint)

    def _folder_shared(self) -> SharedFolder:
        with self._lock:
            if self._shared is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._shared = SharedFolder(self._folder, reopen=self.close)
            return self._shared


class ServerSession:
    """A Chroma server: it sees every write itself; the mark for keyword indexes stands in the collection's metadata."""

    def __init__(self, url: str, headers: Mapping[str, str] | None) -> None:
        self._url = url
        self._headers = dict(headers or {})
        self._open: Any = None
        self._lock = threading.Lock()

    @property
    def client(self) -> Any:  # noqa: ANN401 -- as above
        """The open client; valid inside `reading` and `writing`."""
        with self._lock:
            if self._open is None:
                parts = urlsplit(self._url)
                secure = parts.scheme == "https"
                port = parts.port or (443 if secure else 8000)
                host = parts.hostname or "127.0.0.1"
                self._open = opened("HttpClient", host=host, port=port, ssl=secure, headers=self._headers)
                for connections in _connections(self._open):
                    connections.timeout = _PATIENCE
            return self._open

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold the client open, as new as the data are."""
        yield

    @contextmanager
    def writing(self, collection: str, ids: Sequence[str] | None) -> Iterator[None]:
        """Hold the right to write, and mark the collection as changed."""
        del ids
        try:
            yield
        finally:
            held = existing(self.client, collection)
            if held is not None:
                held.modify(metadata={_REVISION: uuid.uuid4().hex})

    def revision(self, collection: str) -> str:
        """Return the collection's mark."""
        held = existing(self.client, collection)
        return str((held.metadata or {}).get(_REVISION, "")) if held is not None else ""

    def changed(self, collection: str, since: str) -> frozenset[str] | None:
        """Return None: two writers of a server could each overwrite what the other noted, and a change would be missed."""
        del collection, since
        return None

    def close(self) -> None:
        """Let go; the next use opens again."""
        with self._lock:
            if self._open is not None:
                for connections in _connections(self._open):
                    connections.close()
                self._open.close()
            self._open = None

    def mapped(self) -> AbstractContextManager[None]:
        """Turn whatever Chroma raises into VectorStoreUnavailable."""
        return _mapped(self._url, "start it with `chroma run`, or correct its URL in the settings")


def existing(client: Any, collection: str) -> Any:  # noqa: ANN401 -- as above
    """Return Chroma's handle of a collection, None where there is none."""
    from chromadb.errors import NotFoundError  # noqa: PLC0415 -- as above

    try:
        return client.get_collection(collection, embedding_function=None)
    except NotFoundError:
        return None


@contextmanager
def _mapped(place: str, hint: str) -> Iterator[None]:
    try:
        yield
    except KnowledgeError:
        raise
    except Exception as exc:  # Chroma raises its own errors, ValueError, OSError and httpx's alike
        message = f"the vector store {place!r} failed: {exc}; {hint}"
        raise VectorStoreUnavailable(message) from exc


def _connections(client: Any) -> list[Any]:  # noqa: ANN401 -- as above
    """Return the HTTP connections of a client; chromadb itself waits on them for ever, and leaves them open on close."""
    parts = (client, client._admin_client)  # noqa: SLF001 -- there is no public way
    return [part._server._session for part in parts]  # noqa: SLF001 -- as above


def opened(kind: str, **options: Any) -> Any:  # noqa: ANN401 -- as above
    """Return a new client, `PersistentClient` or `HttpClient`, that sends no telemetry."""
    import chromadb  # noqa: PLC0415 -- a second of imports; only who opens a store pays for it
    from chromadb.config import Settings  # noqa: PLC0415 -- as above

    return getattr(chromadb, kind)(settings=Settings(anonymized_telemetry=False), **options)
