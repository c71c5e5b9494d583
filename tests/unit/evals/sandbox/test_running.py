"""Both configurations over all conversations: logged, compared, taken up again."""

from pathlib import Path

import pytest

from evals.errors import DataMissing
from evals.log import CaseEntry
from evals.sandbox import page, read
from evals.sandbox.page import compared
from evals.sandbox.table import changed
from tests.unit.evals.sandbox.runs import CANDIDATE, LIVE, WORDS, a_run, dataset


def told(path: Path) -> dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]]:
    """Return the differences by conversation."""
    return {p.case_id: [(d.field, d.before, d.after) for d in p.differences] for p in read(path).pairs()}


def test_what_differs_is_told_field_by_field(tmp_path: Path) -> None:
    """The conversation that the candidate reads otherwise, in the fields in which it does, and no other."""
    log = a_run(tmp_path / "run.jsonl")
    assert told(log.path) == {
        "c0": [("intent", ("parcel",), ("refund",)), ("facts", (), ("a = b",))],
        "c1": [],
        "c2": [],
    }
    counts = {each.field: each.differ for each in changed(log)}
    assert (counts["intent"], counts["summary"]) == (1, 0)


def test_labelled_conversations_are_scored_with_a_paired_test(tmp_path: Path) -> None:
    """Of three intents the candidate gets two: worse by a third, which three conversations cannot prove."""
    found = compared(a_run(tmp_path / "run.jsonl"))
    assert found is not None
    (change,) = [each for each in found.changes if (each.field, each.name) == ("intent", "accuracy")]
    assert (change.before, round(change.after, 2), change.verdict) == (1.0, 0.67, "not sure")
    assert [(flip.case_id, flip.gained) for flip in found.flips if flip.score == "intent"] == [("c0", False)]
    assert not [each for each in found.changes if each.score == "latency_ms"]


def test_conversations_without_labels_run_too(tmp_path: Path) -> None:
    """Differences need no label."""
    log = a_run(tmp_path / "run.jsonl", dataset(*WORDS, labelled=False))
    assert told(log.path)["c0"][0][0] == "intent"
    assert all(row.value is None for row in log.side("live").rows if row.name == "accuracy" and row.field == "intent")


def test_one_side_that_breaks_is_a_difference(tmp_path: Path) -> None:
    """The run goes on, and the conversation says which side broke and how."""
    log = a_run(tmp_path / "run.jsonl", dataset("refund", "hard"))
    (first, *_) = told(log.path)["c1"]
    assert first == ("packet", ("was made",), ("broke: ValueError: too hard",))
    assert [entry.failure for entry in log.side("candidate").cases()] == [None, "ValueError: too hard"]


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_a_run_that_was_broken_off_goes_on_to_the_same_end(tmp_path: Path, cut: int) -> None:
    """Whatever lines were written, half a line among them: the rest is run, and the result is that of one go."""
    whole = a_run(tmp_path / "whole.jsonl")
    lines = whole.path.read_text("utf-8").splitlines(keepends=True)
    path = tmp_path / "broken.jsonl"
    path.write_text("".join(lines[:cut]) + (lines[cut][:40] if cut < len(lines) else ""), "utf-8")
    with pytest.raises(DataMissing, match="broken off"):
        read(path)
    log = a_run(path, resume=True)
    assert told(path) == told(whole.path)
    values = [(row.field, row.name, row.value) for row in log.side("candidate").rows if row.field != "effort"]
    assert values == [(row.field, row.name, row.value) for row in whole.side("candidate").rows if row.field != "effort"]


def test_another_run_is_not_taken_up(tmp_path: Path) -> None:
    """A log of another candidate, or one that is finished, is refused with the reason."""
    path = a_run(tmp_path / "run.jsonl").path
    with pytest.raises(DataMissing, match="its candidate differs"):
        a_run(path, candidate=CANDIDATE.model_copy(update={"fingerprint": "3" * 64}), resume=True)
    with pytest.raises(DataMissing, match="is finished"):
        a_run(path, resume=True)


def test_a_candidate_that_changes_nothing_is_refused(tmp_path: Path) -> None:
    """There is nothing to compare."""
    with pytest.raises(DataMissing, match="is the configuration in force"):
        a_run(tmp_path / "run.jsonl", candidate=LIVE)


def test_either_side_reads_as_a_run(tmp_path: Path) -> None:
    """Gates and reports take a side as they take a log."""
    log = a_run(tmp_path / "run.jsonl")
    assert [type(case) for case in log.side("live").cases()] == [CaseEntry] * 3
    assert log.header.changed == ("domain retail",)


def test_the_page_asks_nothing_of_a_network_and_runs_no_words_of_customers(tmp_path: Path) -> None:
    """Markup in a conversation is text; both packets stand side by side, and what changed is marked."""
    log = a_run(tmp_path / "run.jsonl", dataset("<script>alert(1)</script> parcel", "refund"))
    html = page(log)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert 'class="gone"' in html
    assert 'class="new"' in html
    assert "http://" not in html
    assert "https://" not in html
