"""A person's labels, kept whatever happens."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.cases import labelled_file
from evals.errors import DataMissing
from evals.labelling import Book, Entry, State
from tests.unit.evals.labelling.rows import FULL, but, talk

NAMES = ("c1", "c2", "c3")


def a_book(out: Path, labeller: str = "anna") -> Book:
    """Return a book over three conversations."""
    return Book([Entry(talk(name)) for name in NAMES], out, labeller=labeller)


def test_what_is_begun_survives_the_program(tmp_path: Path) -> None:
    """Another book on the same file goes on where the first one was."""
    out = tmp_path / "anna.jsonl"
    a_book(out).keep("c1", {"intent": "refund_question"}, domain="retail", prefilled=False)
    again = a_book(out)
    assert again.state("c1") is State.BEGUN
    assert again.labels("c1")["labels"] == {"intent": "refund_question"}
    assert not out.exists()


def test_a_finished_conversation_is_a_row_that_a_run_reads(tmp_path: Path) -> None:
    """The row says who labelled it and when, in UTC, and that nothing was filled in before."""
    out = tmp_path / "anna.jsonl"
    book = a_book(out)
    assert book.finish("c2", FULL, domain="retail", prefilled=False) == ()
    (row,) = labelled_file(out)
    assert row.labels.intent == "refund_question"
    assert row.model_extra is not None
    assert row.model_extra["labeller"] == "anna"
    assert str(row.model_extra["labelled_at"]).endswith("+00:00")
    assert row.model_extra["prefilled"] is False
    assert a_book(out).progress == (1, 0, 3)


def test_labels_that_cannot_be_right_stay_begun(tmp_path: Path) -> None:
    """A turn that is not there, a word that is on no list: named, and nothing is lost."""
    book = a_book(tmp_path / "anna.jsonl")
    wrong = but(verification={"status": "proved", "turns": [7]}, facts=[{"name": "", "value": "x", "turns": []}])
    said = [str(fault) for fault in book.finish("c1", wrong, domain="retail", prefilled=False)]
    assert any("verification.status: 'proved' is not on the list" in each for each in said)
    assert any("there is no turn 7; the conversation has turns 0 to 2" in each for each in said)
    assert any(each.startswith("facts.0.name: it is empty") for each in said)
    assert book.state("c1") is State.BEGUN
    assert book.labels("c1")["labels"] == wrong


def test_what_is_not_answered_is_not_labelled(tmp_path: Path) -> None:
    """A mood without its word, turns without a status: not scored, and no error."""
    out = tmp_path / "anna.jsonl"
    gaps = {
        "intent": "x",
        "verification": {"turns": [1]},
        "sentiment": {"frustrated": None},
        "escalation": {"secondary": []},
        "facts": [],
    }
    assert a_book(out).finish("c1", gaps, domain="retail", prefilled=False) == ()
    (row,) = labelled_file(out)
    assert (row.labels.verification, row.labels.sentiment, row.labels.escalation) == (None, None, None)
    assert row.labels.facts == ()
    assert row.labels.nuggets is None


def test_a_change_after_done_keeps_the_done_row_until_it_is_done_again(tmp_path: Path) -> None:
    """The row in the file is whole at any time."""
    out = tmp_path / "anna.jsonl"
    book = a_book(out)
    book.finish("c1", FULL, domain="retail", prefilled=False)
    book.keep("c1", but(intent="cancel_order"), domain="retail", prefilled=False)
    assert next(iter(labelled_file(out))).labels.intent == "refund_question"
    again = a_book(out)
    assert (again.state("c1"), again.progress.done) == (State.BEGUN, 1)
    again.finish("c1", again.labels("c1")["labels"], domain="retail", prefilled=False)
    assert next(iter(labelled_file(out))).labels.intent == "cancel_order"


def test_a_skipped_conversation_keeps_what_was_filled_in(tmp_path: Path) -> None:
    """Skipping is for later, not for good."""
    book = a_book(tmp_path / "anna.jsonl")
    book.keep("c1", {"intent": "x"}, domain="retail", prefilled=False, skipped=True)
    assert (book.state("c1"), book.progress.skipped) == (State.SKIPPED, 1)
    assert book.labels("c1")["labels"] == {"intent": "x"}


def test_nobody_writes_into_the_file_of_another(tmp_path: Path) -> None:
    """Blind labels need a file of one's own."""
    out = tmp_path / "anna.jsonl"
    a_book(out).finish("c1", FULL, domain="retail", prefilled=False)
    with pytest.raises(DataMissing, match="holds labels of 'anna'; give 'ben' a file of their own"):
        a_book(out, "ben")


def test_a_damaged_file_of_begun_labels_says_what_is_safe(tmp_path: Path) -> None:
    """What is done stands elsewhere, and the message says so."""
    out = tmp_path / "anna.jsonl"
    book = a_book(out)
    book.keep("c1", {}, domain=None, prefilled=False)
    aside = tmp_path / "anna.jsonl.begun.json"
    aside.write_text("{", "utf-8")
    with pytest.raises(DataMissing, match=r"what is done stands in anna\.jsonl"):
        a_book(out)


CHANGES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(["begun", "skipped", "done"]), st.sampled_from("xyz")),
    max_size=15,
)


@given(CHANGES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_book_read_again_is_the_same_book(tmp_path: Path, changes: list[tuple[str, str, str]]) -> None:
    """After any changes, states and labels are those in memory, and both files are whole."""
    out = tmp_path / "anna.jsonl"
    for file in tmp_path.iterdir():
        file.unlink()
    book = a_book(out)
    for name, state, intent in changes:
        if state == "done":
            book.finish(name, but(intent=intent), domain="retail", prefilled=False)
        else:
            book.keep(name, {"intent": intent}, domain="retail", prefilled=False, skipped=state == "skipped")
    again = a_book(out)
    assert [again.state(name) for name in NAMES] == [book.state(name) for name in NAMES]
    assert [again.labels(name) for name in NAMES] == [book.labels(name) for name in NAMES]
    assert all(json.loads(line) for line in (out.read_text("utf-8") if out.exists() else "").splitlines())
