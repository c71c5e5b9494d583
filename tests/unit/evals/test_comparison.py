"""What differs between two runs over the same conversations."""

from pathlib import Path

import pytest

from evals.comparison import Comparison, compare
from evals.errors import NothingToScore
from tests.unit.evals.logs import a_log, asked


def compared(folder: Path, before: list[str], after: list[str]) -> Comparison:
    """Return what changed between runs in which the customer's last word was this; the label is `refund` in all."""
    logs = [
        a_log(folder / f"{name}.jsonl", *(asked(w, str(n), intent="refund") for n, w in enumerate(words)), model=name)
        for name, words in (("one", before), ("two", after))
    ]
    return compare(*logs)


def test_what_improved_is_told_with_its_conversations(tmp_path: Path) -> None:
    """By hand: twelve of twelve wrong before, none after; each conversation is gained, McNemar 2 / 2**12."""
    found = compared(tmp_path, ["parcel"] * 12, ["refund"] * 12)
    accuracy = found.changes[0]
    assert (accuracy.before, accuracy.after, accuracy.verdict) == (0.0, 1.0, "better")
    assert [flip.case_id for flip in found.flips if flip.score == "intent"] == sorted(map(str, range(12)))
    tally = next(tally for tally in found.tallies if tally.score == "intent")
    assert (tally.gained, tally.lost) == (12, 0)
    assert tally.p == pytest.approx(2 / 2**12)


def test_what_got_worse_says_so_and_names_what_was_answered(tmp_path: Path) -> None:
    """The flip has both answers."""
    found = compared(tmp_path, ["refund"] * 12, ["parcel"] * 12)
    assert found.changes[0].verdict == "worse"
    flip = next(flip for flip in found.flips if flip.score == "intent")
    assert (flip.gained, flip.was, flip.became) == (False, "right", "parcel, not refund")


def test_one_conversation_more_is_no_proof(tmp_path: Path) -> None:
    """A small change on few conversations is told as not sure."""
    found = compared(tmp_path, ["parcel", "refund", "refund"], ["refund", "refund", "refund"])
    assert found.changes[0].verdict == "not sure"


def test_equal_runs_are_the_same(tmp_path: Path) -> None:
    """Nothing flips, and no p-value is raised out of nothing."""
    found = compared(tmp_path, ["refund", "parcel"], ["refund", "parcel"])
    assert {change.verdict for change in found.changes} == {"same"}
    assert found.flips == ()


def test_p_values_are_raised_for_the_number_of_measures(tmp_path: Path) -> None:
    """After Holm: the smallest is multiplied by how many measures differ."""
    found = compared(tmp_path, ["parcel"] * 5 + ["refund"], ["refund"] * 6)
    tested = [change for change in found.changes if change.raw_p < 1]
    smallest = min(tested, key=lambda change: change.raw_p)
    assert smallest.p == pytest.approx(min(1.0, smallest.raw_p * len(tested)))


def test_what_was_run_differently_is_told(tmp_path: Path) -> None:
    """Settings and data that differ stand above the numbers."""
    found = compared(tmp_path, ["refund", "refund"], ["refund"])
    assert "configuration, model: one before, two after." in found.remarks
    assert any("only the 1 conversations" in remark for remark in found.remarks)


def test_runs_on_other_conversations_cannot_be_compared(tmp_path: Path) -> None:
    """The message says what to do."""
    one = a_log(tmp_path / "one.jsonl", asked("refund", "a", intent="refund"))
    other = a_log(tmp_path / "two.jsonl", asked("refund", "b", intent="refund"))
    with pytest.raises(NothingToScore, match="same data"):
        compare(one, other)
