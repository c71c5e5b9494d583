"""What changed since when."""

import pytest

from knowledge.stores.journal import Journal


def test_what_changed_after_a_revision_is_known() -> None:
    """The changes of that revision itself are not among them."""
    journal = Journal().with_change("r1", ["a"]).with_change("r2", ["b"]).with_change("r3", ["c", "b"])
    assert journal.revision == "r3"
    assert [journal.changed(since) for since in ("r1", "r2", "r3")] == [{"b", "c"}, {"b", "c"}, frozenset()]


def test_an_unknown_revision_is_no_empty_change() -> None:
    """Who asks from a revision that is not in the journal learns that nothing is known."""
    assert Journal().with_change("r1", ["a"]).changed("other") is None
    assert Journal().changed("") is None


def test_a_long_journal_forgets_its_beginning_and_says_so() -> None:
    """What is kept is whole: a revision is either answered with all its changes, or not at all."""
    journal = Journal()
    for number in range(100):
        journal = journal.with_change(f"r{number}", [f"{number}-{place}" for place in range(100)])
    assert journal.changed("r0") is None
    assert journal.changed("r90") == frozenset(f"{number}-{place}" for number in range(91, 100) for place in range(100))
    assert sum(len(ids) for _, ids in journal.changes) <= 4_000


def test_one_change_too_large_to_keep_is_known_to_have_been() -> None:
    """Who knows what came before has to read all; who knows it goes on from there."""
    journal = Journal().with_change("r1", ["a"]).with_change("r2", [str(number) for number in range(9_000)])
    assert journal.changed("r1") is None
    assert journal.with_change("r3", ["b"]).changed("r2") == frozenset({"b"})


def test_a_journal_is_read_as_it_was_written() -> None:
    """Text and back."""
    journal = Journal().with_change("r1", ["a#0", "é"]).with_change("r2", [])
    assert Journal.read(journal.written()) == journal


@pytest.mark.parametrize("text", ["", "[[", "{}", "null", "7", '[["r1"]]'])
def test_what_holds_no_journal_is_an_empty_one(text: str) -> None:
    """A broken file costs a whole reading, nothing else."""
    assert Journal.read(text) == Journal()
