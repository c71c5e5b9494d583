"""What every VectorStore keeps: vectors with texts and metadata, in named collections."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import pytest

from knowledge.ports import Metadata, Vectors, VectorStore
from knowledge.stores.chroma import ChromaStore
from knowledge.stores.memory import MemoryVectorStore

NORTH, EAST, NORTHEAST = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.8, 0.6, 0.0]


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a Chroma server on this machine; yields its URL."""
    folder = tmp_path_factory.mktemp("chroma-server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).parent / "chroma"
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), urlopen(f"{url}/api/v2/heartbeat", timeout=5):  # noqa: S310 -- our own URL
            return
        time.sleep(0.1)
    pytest.fail(f"no Chroma server came up at {url}")


@pytest.fixture(params=["memory", "embedded", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    """Return an empty store."""
    if request.param == "memory":
        yield MemoryVectorStore()
        return
    if request.param == "embedded":
        made = ChromaStore.embedded(tmp_path / "vectors")
    else:
        made = ChromaStore.server(request.getfixturevalue("chroma_url"))
        for name in made.collections():
            made.drop(name)
    yield made
    made.close()


def rows(*vectors: list[float]) -> Vectors:
    """Return the vectors as rows of length one."""
    return np.array(vectors, dtype=np.float32)


def put(store: VectorStore, **entries: list[float]) -> None:
    """Add entries to the first collection, each of an article of its own name."""
    store.upsert(
        "first",
        ids=[f"{name}#0" for name in entries],
        vectors=rows(*entries.values()),
        texts=[f"text of {name}" for name in entries],
        metadata=[{"article_id": name, "version": 1, "open": True, "weight": 0.5} for name in entries],
    )


def test_the_nearest_entries_come_first(store: VectorStore) -> None:
    """A query answers by cosine similarity, best first, at most as many as asked."""
    put(store, north=NORTH, east=EAST, between=NORTHEAST)
    found = store.nearest("first", np.array(NORTH, dtype=np.float32), limit=2)
    assert [passage.passage_id for passage in found] == ["north#0", "between#0"]
    assert [passage.similarity for passage in found] == pytest.approx([1.0, 0.8], abs=1e-4)


def test_each_entry_has_its_nearest_others(store: VectorStore) -> None:
    """Best first and without itself; absent entries have none, and an absent collection has no entries."""
    put(store, north=NORTH, east=EAST, between=NORTHEAST)
    found = store.neighbours("first", ["north#0", "east#0", "absent#0"], limit=1)
    assert {name: [near.passage_id for near in others] for name, others in found.items()} == {
        "north#0": ["between#0"],
        "east#0": ["between#0"],
    }
    assert found["north#0"][0].similarity == pytest.approx(0.8, abs=1e-4)
    assert store.neighbours("none", ["north#0"], limit=2) == {}
    assert store.neighbours("first", [], limit=2) == {}


def test_a_limit_beyond_the_collection_gives_all(store: VectorStore) -> None:
    """Asking for more than there is is no error."""
    put(store, north=NORTH, east=EAST)
    assert len(store.nearest("first", np.array(EAST, dtype=np.float32), limit=500)) == 2


def test_text_and_metadata_come_back_as_stored(store: VectorStore) -> None:
    """Words, numbers and booleans survive the store."""
    put(store, north=NORTH)
    [entry] = store.entries("first")
    expected: Metadata = {"article_id": "north", "version": 1, "open": True, "weight": 0.5}
    assert (entry.passage_id, entry.text, dict(entry.metadata)) == ("north#0", "text of north", expected)


def test_an_entry_of_the_same_id_is_replaced(store: VectorStore) -> None:
    """The second upsert of an id wins, in text and in vector."""
    put(store, north=NORTH)
    store.upsert("first", ids=["north#0"], vectors=rows(EAST), texts=["new"], metadata=[{"article_id": "north"}])
    [near] = store.nearest("first", np.array(EAST, dtype=np.float32), limit=5)
    [entry] = store.entries("first")
    assert entry.text == "new"
    assert near.similarity == pytest.approx(1.0, abs=1e-4)


def test_entries_can_be_asked_for_by_article(store: VectorStore) -> None:
    """Only the named articles' entries come, by id; no name at all gives none."""
    put(store, north=NORTH, east=EAST, between=NORTHEAST)
    found = store.entries("first", article_ids=["north", "between", "absent"])
    assert [entry.passage_id for entry in found] == ["between#0", "north#0"]
    assert store.entries("first", article_ids=[]) == []


def test_entries_can_be_asked_for_by_id(store: VectorStore) -> None:
    """Only these entries come, absent ones are no error; no id at all gives none."""
    put(store, north=NORTH, east=EAST, between=NORTHEAST)
    found = store.entries("first", ids=["north#0", "absent#0", "between#0"])
    assert [entry.passage_id for entry in found] == ["between#0", "north#0"]
    assert store.entries("first", ids=[]) == []


def test_what_changed_since_a_revision_is_told_or_said_to_be_unknown(
    store: VectorStore, request: pytest.FixtureRequest
) -> None:
    """Nothing written or deleted is missing; a revision that never was, or of a dropped collection, is unknown.

    With a server it always is.
    """
    put(store, north=NORTH, east=EAST, between=NORTHEAST)
    before = store.revision("first")
    put(store, north=EAST, south=NORTH)
    store.delete("first", ids=["east#0"])
    changed = store.changed("first", since=before)
    is_server = request.node.callspec.params["store"] == "server"
    assert changed == (None if is_server else {"north#0", "south#0", "east#0"})
    assert store.changed("first", since="never") is None
    assert store.changed("none", since="never") is None
    store.drop("first")
    put(store, east=EAST)
    assert store.changed("first", since=before) is None


def test_deleted_entries_are_not_found(store: VectorStore) -> None:
    """A deleted entry is in no answer; an absent id is no error."""
    put(store, north=NORTH, east=EAST)
    store.delete("first", ids=["north#0", "absent#0"])
    assert [p.passage_id for p in store.nearest("first", np.array(NORTH, dtype=np.float32), limit=5)] == ["east#0"]
    assert [entry.passage_id for entry in store.entries("first")] == ["east#0"]


def test_collections_do_not_see_each_other(store: VectorStore) -> None:
    """An entry is in its own collection alone."""
    put(store, north=NORTH)
    store.upsert("second", ids=["x#0"], vectors=rows(NORTH), texts=["x"], metadata=[{"article_id": "x"}])
    assert [entry.passage_id for entry in store.entries("second")] == ["x#0"]
    assert store.collections() == ["first", "second"]


def test_an_absent_collection_is_empty(store: VectorStore) -> None:
    """Asking a collection that is not there gives nothing and makes nothing."""
    assert store.nearest("none", np.array(NORTH, dtype=np.float32), limit=3) == []
    assert store.entries("none") == []
    assert store.revision("none") == ""
    store.delete("none", ids=["x#0"])
    store.drop("none")
    assert store.collections() == []


def test_a_revision_changes_with_every_change(store: VectorStore) -> None:
    """Adding, replacing and deleting each give a new mark; reading gives the same."""
    put(store, north=NORTH, east=EAST)
    marks = [store.revision("first")]
    put(store, north=EAST)
    marks.append(store.revision("first"))
    store.delete("first", ids=["north#0"])
    marks.append(store.revision("first"))
    assert len({"", *marks}) == 4
    store.nearest("first", np.array(NORTH, dtype=np.float32), limit=3)
    assert store.revision("first") == marks[-1]


def test_a_revision_is_of_one_collection(store: VectorStore) -> None:
    """Writing to one collection leaves the mark of another."""
    put(store, north=NORTH)
    before = store.revision("first")
    store.upsert("second", ids=["x#0"], vectors=rows(NORTH), texts=["x"], metadata=[{"article_id": "x"}])
    assert store.revision("first") == before


def test_a_dropped_collection_is_gone(store: VectorStore) -> None:
    """Nothing of it stays, and it can be made anew, with a new mark."""
    put(store, north=NORTH)
    before = store.revision("first")
    store.drop("first")
    assert (store.collections(), store.entries("first")) == ([], [])
    put(store, east=EAST)
    assert [entry.passage_id for entry in store.entries("first")] == ["east#0"]
    assert store.revision("first") not in {"", before}


def test_many_entries_go_in_at_once(store: VectorStore) -> None:
    """More entries than a store takes in one batch are no error."""
    many = np.random.default_rng(0).normal(size=(2500, 3)).astype(np.float32)
    many /= np.linalg.norm(many, axis=1, keepdims=True)
    ids = [f"a{place:04}#0" for place in range(2500)]
    store.upsert("first", ids=ids, vectors=many, texts=["t"] * 2500, metadata=[{"article_id": i} for i in ids])
    assert len(store.entries("first")) == 2500
    assert store.nearest("first", many[1234], limit=1)[0].passage_id == ids[1234]


def test_nothing_to_add_is_no_change(store: VectorStore) -> None:
    """An empty upsert makes no collection."""
    store.upsert("first", ids=[], vectors=np.zeros((0, 3), dtype=np.float32), texts=[], metadata=[])
    assert store.collections() == []


def test_a_store_that_works_answers_a_ping(store: VectorStore) -> None:
    """No error means that it answers."""
    store.ping()
    assert store.collections() == []
