"""Chroma where things go wrong, and where two processes share one folder."""

import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import VectorStoreUnavailable
from knowledge.ports import Vectors
from knowledge.stores.chroma import ChromaStore

ROOT = Path(__file__).parents[4]
PRELUDE = """
import sys
from pathlib import Path
import numpy as np
from knowledge.stores.chroma import ChromaStore

store = ChromaStore.embedded(Path(sys.argv[1]))

def put(name, seed, count=1):
    rows = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = [f"{name}#{place}" for place in range(count)]
    store.upsert("shelf", ids=ids, vectors=rows, texts=ids, metadata=[{"article_id": name}] * count)
"""


def elsewhere(folder: Path, program: str) -> subprocess.Popen[str]:
    """Start a program in another process, with a store on the same folder."""
    whole = PRELUDE + textwrap.dedent(program)
    command = [sys.executable, "-c", whole, str(folder)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def run(folder: Path, program: str) -> str:
    """Run a program in another process to its end; returns what it printed."""
    process = elsewhere(folder, program)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip()


def row(seed: int, count: int = 1) -> Vectors:
    """Return the first vector that `put` makes of a seed and a count."""
    rows = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    return np.asarray(rows[0] / np.linalg.norm(rows[0]), dtype=np.float32)


def put(store: ChromaStore, name: str, seed: int) -> None:
    """Put one entry into the shelf."""
    vectors = row(seed)[np.newaxis]
    store.upsert("shelf", ids=[f"{name}#0"], vectors=vectors, texts=[name], metadata=[{"article_id": name}])


def first(store: ChromaStore, vector: Vectors) -> str:
    """Return the id of the nearest entry."""
    return store.nearest("shelf", vector, limit=1)[0].passage_id


def test_a_running_process_finds_what_another_one_loads(tmp_path: Path) -> None:
    """By vector too: an open Chroma client alone would count the new entries and never find them."""
    store = ChromaStore.embedded(tmp_path)
    put(store, "mine", 1)
    assert first(store, row(1)) == "mine#0"
    before = store.revision("shelf")
    run(tmp_path, 'put("theirs", 2, 3)')
    assert store.revision("shelf") != before
    assert first(store, row(2, 3)) == "theirs#0"
    assert first(store, row(1)) == "mine#0"


def test_a_running_process_does_not_find_what_another_one_deletes(tmp_path: Path) -> None:
    """Not even as an empty hit."""
    store = ChromaStore.embedded(tmp_path)
    put(store, "kept", 1)
    put(store, "gone", 2)
    assert first(store, row(2)) == "gone#0"
    run(tmp_path, 'store.delete("shelf", ids=["gone#0"])')
    assert [near.passage_id for near in store.nearest("shelf", row(2), limit=5)] == ["kept#0"]


def test_turns_at_writing_lose_nothing(tmp_path: Path) -> None:
    """Each process writes enough for Chroma to save its index; what the other wrote is still found by vector after."""
    store = ChromaStore.embedded(tmp_path)
    put(store, "mine", 1)
    run(tmp_path, 'put("theirs", 2, 1200)')
    rows = np.random.default_rng(3).normal(size=(1200, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ids = [f"more#{place}" for place in range(1200)]
    store.upsert("shelf", ids=ids, vectors=rows, texts=ids, metadata=[{"article_id": "more"}] * 1200)
    store.close()
    seen = run(
        tmp_path,
        """
        rows = np.random.default_rng(2).normal(size=(1200, 8)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        found = [store.nearest("shelf", row, limit=1)[0].passage_id for row in rows[:200]]
        print(sum(name == f"theirs#{place}" for place, name in enumerate(found)), len(store.entries("shelf")))
        """,
    )
    assert seen == "200 2401"


def test_two_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    """One waits for the other; in the end both find everything."""
    program = """
    for place in range(12):
        put(f"NAME{place}", SEED + place)
    print("done")
    """
    writers = [
        elsewhere(tmp_path, program.replace("NAME", name).replace("SEED", seed))
        for name, seed in (("a", "100"), ("b", "200"))
    ]
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert (writer.returncode, out.strip()) == (0, "done"), err
    store = ChromaStore.embedded(tmp_path)
    found = [first(store, row(start + place)) for start in (100, 200) for place in range(12)]
    assert found == [f"{name}{place}#0" for name in "ab" for place in range(12)]


def test_a_writer_that_is_killed_blocks_nobody(tmp_path: Path) -> None:
    """Its lock goes with it; what it had written is found."""
    writer = elsewhere(
        tmp_path,
        """
        put("before", 1)
        with store._session.writing("shelf", None):
            print("holding", flush=True)
            sys.stdin.read()
        """,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline().strip() == "holding"
    writer.kill()
    writer.communicate(timeout=30)
    store = ChromaStore.embedded(tmp_path)
    put(store, "after", 2)
    assert [first(store, row(seed)) for seed in (1, 2)] == ["before#0", "after#0"]


def test_a_broken_database_file_is_one_clear_error(tmp_path: Path) -> None:
    """The message names the folder and what to do."""
    (tmp_path / "chroma.sqlite3").write_bytes(b"this is no database" * 1000)
    with pytest.raises(VectorStoreUnavailable, match=rf"{tmp_path.name}.*not a database.*move it away"):
        ChromaStore.embedded(tmp_path).ping()


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(VectorStoreUnavailable, match="writable"):
        ChromaStore.embedded(tmp_path / "file" / "vectors").ping()


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    """The message names the address and how to start one."""
    with pytest.raises(VectorStoreUnavailable, match=r"127\.0\.0\.1:9'.*chroma run"):
        ChromaStore.server("http://127.0.0.1:9").ping()


def test_a_closed_store_opens_again(tmp_path: Path) -> None:
    """A service that was stopped can be started in the same process."""
    store = ChromaStore.embedded(tmp_path)
    put(store, "kept", 1)
    store.close()
    store.close()
    assert first(store, row(1)) == "kept#0"
    store.close()


def test_vectors_of_another_length_are_refused(tmp_path: Path) -> None:
    """They come from another model, and would make nonsense of every answer."""
    store = ChromaStore.embedded(tmp_path)
    put(store, "kept", 1)
    with pytest.raises(VectorStoreUnavailable, match="dimension"):
        store.upsert("shelf", ids=["x#0"], vectors=np.eye(3, dtype=np.float32)[:1], texts=["x"], metadata=[{"a": 1}])
    store.close()
