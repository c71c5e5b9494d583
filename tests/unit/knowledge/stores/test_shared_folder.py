"""Taking turns at a folder, and noticing what others did."""

import json
import threading
from pathlib import Path

import pytest

from knowledge.errors import VectorStoreUnavailable
from knowledge.stores.shared_folder import SharedFolder


class Opened:
    """Something that lives in a folder, and counts how often it was opened again."""

    def __init__(self, folder: Path) -> None:
        self.times = 0
        self.shared = SharedFolder(folder, reopen=self._reopen)

    def _reopen(self) -> None:
        self.times += 1


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Opened, Opened]:
    """Return two users of one folder, as two processes would be."""
    return Opened(tmp_path), Opened(tmp_path)


def test_a_reader_reopens_after_another_wrote(pair: tuple[Opened, Opened]) -> None:
    """Once for one change, and not again while nothing changes."""
    reader, writer = pair
    with writer.shared.writing("c1"):
        pass
    for _ in range(3):
        with reader.shared.reading():
            pass
    assert reader.times == 1


def test_nobody_reopens_for_its_own_writing(pair: tuple[Opened, Opened]) -> None:
    """Who wrote has the newest state in hand."""
    writer, _ = pair
    for _ in range(3):
        with writer.shared.writing("c1"):
            pass
    with writer.shared.reading():
        pass
    assert writer.times == 0


def test_a_writer_sees_the_others_work_before_it_writes(pair: tuple[Opened, Opened]) -> None:
    """Otherwise it would put its old state over the new one."""
    one, two = pair
    with one.shared.writing("c1"):
        pass
    with two.shared.writing("c1"):
        assert two.times == 1


def test_a_mark_is_of_one_collection(pair: tuple[Opened, Opened]) -> None:
    """Writing to one collection gives it a new mark and leaves the other's."""
    one, two = pair
    with one.shared.writing("c1"):
        pass
    with one.shared.writing("c2"):
        pass
    before = two.shared.revision("c1"), two.shared.revision("c2")
    with one.shared.writing("c2"):
        pass
    after = two.shared.revision("c1"), two.shared.revision("c2")
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)
    assert two.shared.revision("absent") == ""


def test_a_write_that_fails_is_marked_too(pair: tuple[Opened, Opened]) -> None:
    """Half of it may have happened."""
    one, two = pair
    with pytest.raises(RuntimeError), one.shared.writing("c1"):
        raise RuntimeError
    assert two.shared.revision("c1")


def test_a_write_is_marked_before_it_begins(pair: tuple[Opened, Opened]) -> None:
    """A writer that dies in the middle leaves a mark."""
    one, two = pair
    with one.shared.writing("c1"):
        begun = two.shared.revision("c1")
    assert begun
    assert two.shared.revision("c1") != begun


def test_reopening_waits_for_readers(pair: tuple[Opened, Opened]) -> None:
    """Nobody's client is closed under their hands."""
    one, two = pair
    refreshed = threading.Event()

    def refresh() -> None:
        with one.shared.reading():
            refreshed.set()

    with one.shared.reading():
        with two.shared.writing("c1"):
            pass
        late = threading.Thread(target=refresh)
        late.start()
        assert not refreshed.wait(0.2)
        assert one.times == 0
    late.join(10)
    assert (refreshed.is_set(), one.times) == (True, 1)


def test_a_file_of_marks_that_is_damaged_is_no_error(pair: tuple[Opened, Opened], tmp_path: Path) -> None:
    """All marks are then new, and the next write mends the file."""
    one, two = pair
    with one.shared.writing("c1"):
        pass
    (tmp_path / "revisions.json").write_text("{half")
    assert two.shared.revision("c1") == ""
    with two.shared.writing("c2"):
        pass
    assert list(json.loads((tmp_path / "revisions.json").read_text())) == ["c2"]


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """The message names the file and what to do."""
    (tmp_path / "write.lock").mkdir()
    with (
        pytest.raises(VectorStoreUnavailable, match=r"write\.lock.*cannot be written"),
        Opened(tmp_path).shared.writing("c"),
    ):
        pass


def test_a_reader_learns_what_another_changed(pair: tuple[Opened, Opened]) -> None:
    """Every id of every write since the mark that the reader knows."""
    reader, writer = pair
    with writer.shared.writing("c1", ["a"]):
        pass
    known = reader.shared.revision("c1")
    with writer.shared.writing("c1", ["b", "c"]):
        pass
    assert reader.shared.changed("c1", known) == frozenset({"b", "c"})
    assert reader.shared.changed("c1", reader.shared.revision("c1")) == frozenset()


def test_a_mark_seen_in_the_middle_of_a_write_misses_nothing(pair: tuple[Opened, Opened]) -> None:
    """Who read while another wrote reads the same entries again."""
    reader, writer = pair
    with writer.shared.writing("c1", ["a"]):
        midway = reader.shared.revision("c1")
    assert reader.shared.changed("c1", midway) == frozenset({"a"})


def test_a_write_of_unknown_extent_is_told_as_such(pair: tuple[Opened, Opened]) -> None:
    """After one that may have changed anything, nothing is known of before."""
    reader, writer = pair
    with writer.shared.writing("c1", ["a"]):
        pass
    known = reader.shared.revision("c1")
    with writer.shared.writing("c1"):
        pass
    assert reader.shared.changed("c1", known) is None
