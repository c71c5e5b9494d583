"""The commands that work on logs, as a person types them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.cli import evals
from tests.unit.evals.logs import a_log, asked

THRESHOLDS = """
dangers: {false_verified: {at_most: 0}}
measures: {"intent: accuracy": {worse_by: 0.1}}
"""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Return a folder with a good run, a bad one, and thresholds."""
    a_log(tmp_path / "good.jsonl", *(asked("refund", str(n), intent="refund") for n in range(8)))
    # the same conversations by name and label, said so that the stub takes them for another wish
    bad = a_log(tmp_path / "bad.jsonl", *(asked("parcel", str(n), intent="refund") for n in range(8)))
    good = (tmp_path / "good.jsonl").read_text("utf-8").splitlines(keepends=True)
    rest = bad.path.read_text("utf-8").splitlines(keepends=True)[1:]
    bad.path.write_text(good[0] + "".join(rest), encoding="utf-8")
    (tmp_path / "gates.yaml").write_text(THRESHOLDS, encoding="utf-8")
    return tmp_path


def said(folder: Path, *words: str) -> tuple[int, str]:
    """Return exit code and output of a command; names with a suffix are files of the folder."""
    given = [str(folder / word) if "." in word else word for word in words]
    result = CliRunner().invoke(evals, given)
    return result.exit_code, result.output


def test_report_writes_a_page_beside_the_log(folder: Path) -> None:
    """Without options the page has the log's name."""
    code, output = said(folder, "report", "good.jsonl")
    assert (code, (folder / "good.html").is_file()) == (0, True)
    assert "good.html" in output


@pytest.mark.parametrize(("form", "sign"), [("--json", '"results"'), ("--csv", "task,data"), ("--junit", "<testsuite")])
def test_report_prints_other_forms(folder: Path, form: str, sign: str) -> None:
    """What programs read goes to standard output."""
    code, output = said(folder, "report", "good.jsonl", form)
    assert code == 0
    assert sign in output


def test_compare_tells_what_got_worse(folder: Path) -> None:
    """A table for people, JSON for programs."""
    code, output = said(folder, "compare", "good.jsonl", "bad.jsonl")
    assert code == 0
    assert "worse" in output
    assert "parcel, not refund" in output
    _, document = said(folder, "compare", "good.jsonl", "bad.jsonl", "--json")
    assert json.loads(document)["changes"][0]["after"] == 0.0


def test_gate_exits_with_one_where_a_gate_fails(folder: Path) -> None:
    """The good run passes against its own baseline, the bad one fails and says which gate."""
    assert said(folder, "baseline", "good.jsonl", "--out", "base.jsonl.gz")[0] == 0
    against = ("--against", "base.jsonl.gz", "--thresholds", "gates.yaml")
    code, output = said(folder, "gate", "good.jsonl", *against)
    assert (code, "All 4 gates passed" in output) == (0, True), output
    code, output = said(folder, "gate", "bad.jsonl", *against, "--junit", "gate.xml")
    assert (code, "1 of 4 gates failed" in output) == (1, True), output
    assert "intent: accuracy" in (folder / "gate.xml").read_text("utf-8")


def test_a_baseline_holds_no_conversation(folder: Path) -> None:
    """Scores stay, words go; written twice it is the same file."""
    import gzip

    said(folder, "baseline", "good.jsonl", "--out", "one.jsonl.gz")
    said(folder, "baseline", "good.jsonl", "--out", "two.jsonl.gz")
    assert (folder / "one.jsonl.gz").read_bytes() == (folder / "two.jsonl.gz").read_bytes()
    assert '"turns":[]' in gzip.decompress((folder / "one.jsonl.gz").read_bytes()).decode()


def test_a_file_that_is_no_log_is_one_sentence(folder: Path) -> None:
    """No traceback, and what to do."""
    code, output = said(folder, "report", "gates.yaml")
    assert code == 1
    assert "is not a log of an evaluation run" in output


def test_model_no_model_and_replay_exclude_each_other(folder: Path) -> None:
    """Two ways to answer at once are a slip."""
    code, output = said(folder, "run", "--model", "openai/x", "--no-model")
    assert code == 2
    assert "exclude each other" in output


@pytest.mark.parametrize("command", ["run", "report", "compare", "gate", "baseline"])
def test_every_command_teaches_by_an_example(folder: Path, command: str) -> None:
    """Help shows a line to type."""
    assert f"assist evals {command}" in said(folder, command, "--help")[1]
