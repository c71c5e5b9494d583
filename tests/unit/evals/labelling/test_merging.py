"""Two people's labels made one: agreement is taken, the rest is asked."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.cases import labelled_file
from evals.cli import evals
from evals.errors import DataMissing
from evals.labelling import Book, merged, to_settle
from tests.unit.evals.labelling.rows import FULL, but, labelled_by


@pytest.fixture(name="two")
def _two(tmp_path: Path) -> tuple[Path, Path]:
    """Return the files of two people: one conversation agreed, one not, one that one of them left out."""
    same = but(
        verification={"status": "verified", "turns": [1, 2]},
        steps_tried=[{"action": "Found the order", "by": "bot", "outcome": "succeeded", "turns": [0, 1]}],
        facts=[{"name": "order", "value": "W1", "turns": [0]}],
        next_actions=["check the  refund"],
    )
    other = but(intent="cancel_order", promises=["Call back"])
    return (
        labelled_by(tmp_path / "a.jsonl", "anna", {"c1": FULL, "c2": FULL, "c3": FULL}),
        labelled_by(tmp_path / "b.jsonl", "ben", {"c1": same, "c2": other}),
    )


def test_what_means_the_same_is_taken(two: tuple[Path, Path]) -> None:
    """Other words for a step on the same turns, another writing of an id: agreed; the turns are those both name."""
    one, _ = merged(two).entries
    assert one.open == ()
    assert one.begin["verification"] == {"status": "verified", "turns": [1]}
    assert one.begin["facts"][0]["value"] == "#W1"


def test_what_differs_is_left_open(two: tuple[Path, Path]) -> None:
    """Neither answer is preferred; a third person is asked."""
    found = merged(two)
    assert found.alone == ("c3",)
    (entry,) = to_settle(found)
    assert entry.open == ("intent", "promises")
    assert "intent" not in entry.begin
    assert [answer["intent"] for answer in entry.answers] == ["refund_question", "cancel_order"]


def test_what_one_did_not_label_is_open(tmp_path: Path) -> None:
    """Silence is no agreement; silence of both is."""
    a = labelled_by(tmp_path / "a.jsonl", "anna", {"c1": {"intent": "x", "facts": []}})
    b = labelled_by(tmp_path / "b.jsonl", "ben", {"c1": {"intent": "x"}})
    (entry,) = merged((a, b)).entries
    assert entry.open == ("facts",)


def test_three_people_are_too_many(two: tuple[Path, Path], tmp_path: Path) -> None:
    """Merging is of two, and it names whom it found."""
    carla = labelled_by(tmp_path / "c.jsonl", "carla", {"c1": FULL})
    with pytest.raises(DataMissing, match="anna, ben, carla"):
        merged((*two, carla))


def test_the_command_leaves_open_fields_unlabelled(two: tuple[Path, Path], tmp_path: Path) -> None:
    """The file can be run at once, and it says how to settle the rest."""
    out = tmp_path / "gold.jsonl"
    said = CliRunner().invoke(evals, ["merge", *map(str, two), "--out", str(out)])
    assert said.exit_code == 0, said.output
    assert "2 fields of 1 conversations are open" in said.output
    one, other = labelled_file(out)
    assert (one.labels.intent, other.labels.intent) == ("refund_question", None)
    again = CliRunner().invoke(evals, ["merge", *map(str, two), "--out", str(out)])
    assert (again.exit_code, "is there already" in again.output) == (2, True)


def test_settling_completes_the_merged_file(two: tuple[Path, Path], tmp_path: Path) -> None:
    """The third person's rows join those that were agreed, and say what was settled."""
    out = tmp_path / "gold.jsonl"
    CliRunner().invoke(evals, ["merge", *map(str, two), "--out", str(out)])
    book = Book(to_settle(merged(two)), out, labeller="carla")
    assert book.progress == (0, 0, 1)
    labels = {**book.labels("c2")["labels"], "intent": "cancel_order", "promises": []}
    assert book.finish("c2", labels, domain="retail", prefilled=False) == ()
    rows = {case.case_id: case for case in labelled_file(out)}
    assert rows["c2"].labels.intent == "cancel_order"
    assert rows["c2"].model_extra is not None
    assert rows["c2"].model_extra["settled"] == ["intent", "promises"]
    assert rows["c2"].model_extra["labellers"] == ["anna", "ben"]
    assert set(rows) == {"c1", "c2"}
