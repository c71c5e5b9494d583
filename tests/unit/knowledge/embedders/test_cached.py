"""A text is embedded once."""

import multiprocessing
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedders.cached import CachedEmbedder
from knowledge.embedders.hashing import HashingEmbedder
from tests.fakes.embedder import CountingEmbedder


@pytest.fixture
def inner() -> CountingEmbedder:
    """Return an embedder that remembers what it was asked."""
    return CountingEmbedder()


def test_a_known_text_is_not_embedded_again(inner: CountingEmbedder) -> None:
    """Only what is new reaches the model, in one call."""
    cached = CachedEmbedder(inner)
    cached.embed(["a", "b"])
    cached.embed(["b", "c", "a", "d"])
    assert inner.calls == [["a", "b"], ["c", "d"]]


def test_a_text_twice_in_a_call_is_embedded_once(inner: CountingEmbedder) -> None:
    """Both rows are there all the same."""
    rows = CachedEmbedder(inner).embed(["a", "a", "b"])
    assert inner.calls == [["a", "b"]]
    assert (rows[0] == rows[1]).all()


def test_rows_are_those_of_the_model(inner: CountingEmbedder) -> None:
    """From memory and from the model alike."""
    cached = CachedEmbedder(inner)
    cached.embed(["a", "b"])
    assert np.array_equal(cached.embed(["c", "a"]), HashingEmbedder().embed(["c", "a"]))


def test_changing_a_row_leaves_the_cache_alone(inner: CountingEmbedder) -> None:
    """What a caller does to its rows is its own business."""
    cached = CachedEmbedder(inner)
    cached.embed(["a"])[0] = 0.0
    assert cached.embed(["a"])[0].any()


def test_memory_is_bounded(inner: CountingEmbedder) -> None:
    """The least recently used text goes first: b went, a was asked for in between."""
    cached = CachedEmbedder(inner, memory=2)
    for text in ("a", "b", "a", "c"):
        cached.embed([text])
    inner.calls.clear()
    cached.embed(["a", "c"])
    cached.embed(["b"])
    assert inner.calls == [["b"]]


def test_a_call_larger_than_memory_is_answered(inner: CountingEmbedder) -> None:
    """The bound is for what is kept, not for what is asked."""
    assert CachedEmbedder(inner, memory=2).embed(["a", "b", "c", "d"]).shape[0] == 4


def test_the_file_serves_the_next_process(inner: CountingEmbedder, tmp_path: Path) -> None:
    """What one cache put into the file, another one finds."""
    CachedEmbedder(inner, file=tmp_path / "cache.db").embed(["a", "b"])
    again = CountingEmbedder()
    rows = CachedEmbedder(again, file=tmp_path / "cache.db").embed(["b", "a"])
    assert again.calls == []
    assert np.array_equal(rows, HashingEmbedder().embed(["b", "a"]))


def test_models_do_not_share_rows(inner: CountingEmbedder, tmp_path: Path) -> None:
    """The same text under another model is another vector."""
    CachedEmbedder(inner, file=tmp_path / "cache.db").embed(["a"])
    other = CountingEmbedder(name="other")
    CachedEmbedder(other, file=tmp_path / "cache.db").embed(["a"])
    assert other.calls == [["a"]]


def test_the_file_is_bounded(inner: CountingEmbedder, tmp_path: Path) -> None:
    """The oldest rows go; the newest stay."""
    path = tmp_path / "cache.db"
    cached = CachedEmbedder(inner, file=path, disk=300)
    for start in range(0, 2000, 100):
        cached.embed([f"text {place}" for place in range(start, start + 100)])
    with sqlite3.connect(path) as file:
        [count] = file.execute("SELECT count(*) FROM vectors").fetchone()
    file.close()
    assert 300 <= count < 700
    again = CountingEmbedder()
    CachedEmbedder(again, file=path).embed(["text 1999", "text 0"])
    assert again.calls == [["text 0"]]


@pytest.mark.parametrize("broken", ["garbage", "folder"])
def test_a_file_that_cannot_be_used_costs_no_answer(inner: CountingEmbedder, tmp_path: Path, broken: str) -> None:
    """Without the file everything is embedded, and kept in memory."""
    path = tmp_path / "cache.db"
    if broken == "garbage":
        path.write_bytes(b"this is no database" * 100)
    else:
        path.mkdir()
    cached = CachedEmbedder(inner, file=path)
    assert cached.embed(["a"]).shape[0] == cached.embed(["a"]).shape[0] == 1
    assert inner.calls == [["a"]]


def test_a_row_of_another_length_is_not_used(inner: CountingEmbedder, tmp_path: Path) -> None:
    """A damaged row is made again instead of breaking every answer."""
    path = tmp_path / "cache.db"
    CachedEmbedder(inner, file=path).embed(["a"])
    with sqlite3.connect(path) as file:
        file.execute("UPDATE vectors SET row = x'0000'")
    file.close()
    again = CountingEmbedder()
    assert CachedEmbedder(again, file=path).embed(["a"]).shape == (1, 64)
    assert again.calls == [["a"]]


def _fill(path: Path, start: int) -> None:
    cached = CachedEmbedder(HashingEmbedder(), file=path)
    for place in range(start, start + 20):
        cached.embed([f"text {place}"])


def test_processes_may_share_the_file(tmp_path: Path) -> None:
    """Three processes write at once; nothing is lost."""
    path = tmp_path / "cache.db"
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_fill, args=(path, start)) for start in (0, 10, 20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    inner = CountingEmbedder()
    CachedEmbedder(inner, file=path).embed([f"text {place}" for place in range(40)])
    assert inner.calls == []
