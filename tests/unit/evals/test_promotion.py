"""The record of promotions: added to, never changed unnoticed."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals.errors import DataMissing
from evals.promotion import Headline, Promotion, promotions, recorded


def added(file: Path, note: str = "fewer false alarms") -> Promotion:
    """Add an entry."""
    return recorded(
        file,
        action="promoted",
        by="anna",
        note=note,
        name="candidate",
        before="a" * 64,
        after="b" * 64,
        log="run.jsonl",
        log_sha256="c" * 64,
        headline=(Headline(name="intent: accuracy", form="share", before=0.8, after=0.9, n=10),),
    )


def test_no_record_is_no_promotion(tmp_path: Path) -> None:
    """Before the first promotion there is no file and nothing to list."""
    assert promotions(tmp_path / "promotions.jsonl") == ()


def test_entries_come_back_in_order_with_utc_times(tmp_path: Path) -> None:
    """What was added is listed, oldest first."""
    file = tmp_path / "promotions.jsonl"
    entries = (added(file, "one"), added(file, "two"), added(file, "three"))
    assert promotions(file) == entries
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert entries[0].at.utcoffset() is not None
    assert entries[2].previous == entries[1].digest


@given(line=st.integers(0, 2), key=st.sampled_from(["by", "note", "after", "log_sha256", "number", "previous"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=18, deadline=None)
def test_a_changed_entry_is_noticed(tmp_path: Path, line: int, key: str) -> None:
    """Whoever changes a field of any entry is found out."""
    file = tmp_path / f"{line}-{key}.jsonl"
    file.unlink(missing_ok=True)
    for note in ("one", "two", "three"):
        added(file, note)
    lines = file.read_text("utf-8").splitlines()
    entry = json.loads(lines[line])
    entry[key] = 9 if key == "number" else "f" * 64
    lines[line] = json.dumps(entry)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(DataMissing, match=f"line {line + 1} is not as it was written"):
        promotions(file)


@pytest.mark.parametrize("kept", [(1, 2), (0, 2), (1, 0, 2)], ids=["first gone", "middle gone", "moved"])
def test_an_entry_taken_out_or_moved_is_noticed(tmp_path: Path, kept: tuple[int, ...]) -> None:
    """The chain breaks where an entry is missing."""
    file = tmp_path / "promotions.jsonl"
    for note in ("one", "two", "three"):
        added(file, note)
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\n".join(lines[place] for place in kept) + "\n", "utf-8")
    with pytest.raises(DataMissing, match="not as it was written"):
        promotions(file)
    with pytest.raises(DataMissing, match="not as it was written"):
        added(file)


def test_a_line_that_is_no_entry_is_named(tmp_path: Path) -> None:
    """A damaged file says where, and what to do."""
    file = tmp_path / "promotions.jsonl"
    added(file)
    with file.open("a", encoding="utf-8") as out:
        out.write("half a li\n")
    with pytest.raises(DataMissing, match="line 2 is no promotion"):
        promotions(file)
