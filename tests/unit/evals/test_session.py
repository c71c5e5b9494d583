"""A run as a person sees it, with a stub in place of the service."""

import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from evals.cli import evals
from evals.errors import DataMissing
from evals.log import read
from evals.readers import sentiment
from evals.session import Wanted, measure
from tests.unit.evals.readers.folders import write_rows
from tests.unit.evals.stub_production import StubProduction


def seen(wanted: Wanted) -> str:
    """Return what a run prints."""
    paper = io.StringIO()
    measure(wanted, StubProduction(), Console(file=paper, width=140))
    return paper.getvalue()


def test_without_data_the_shipped_cases_are_used_and_it_says_so(tmp_path: Path) -> None:
    """One command, no folder: a table, a matrix, a log, and a word on what was left out."""
    said = seen(Wanted(out=tmp_path / "log.jsonl"))
    assert "No --data folder was given" in said
    for word in ("value", "95 %", "aim", "not met", "Worst errors by kind", "Confusion: verification"):
        assert word in said
    log = read(tmp_path / "log.jsonl")
    assert [dataset.name for dataset in log.header.datasets] == ["shipped"]
    assert log.closing.missing


def test_a_folder_without_the_sets_falls_back_and_names_each(tmp_path: Path) -> None:
    """A suite that is left out is named with the file that is missing."""
    said = seen(Wanted(data=tmp_path, suites=("pii",), out=tmp_path / "log.jsonl"))
    assert "Suite pii is left out" in said
    assert "used instead" in said


def test_a_suite_with_its_data_is_run_alone(tmp_path: Path) -> None:
    """Asked for one suite, the others stay away and nothing is said of them."""
    moods = [{"id": "1", "mean": -2, "text": "bad day"}, {"id": "2", "mean": 2, "text": "fine day"}]
    write_rows(tmp_path / "sentiment", sentiment.FILE, moods)
    said = seen(Wanted(data=tmp_path, suites=("sentiment",), out=tmp_path / "log.jsonl"))
    assert "rank correlation" in said
    assert "left out" not in said
    assert [dataset.name for dataset in read(tmp_path / "log.jsonl").header.datasets] == ["tweets"]


def test_an_unknown_suite_is_refused_with_the_list() -> None:
    """The message names the suites that there are."""
    with pytest.raises(DataMissing, match="shipped, gold"):
        seen(Wanted(suites=("golden",)))


def test_the_command_explains_itself() -> None:
    """Help shows an example."""
    said = CliRunner().invoke(evals, ["run", "--help"]).output
    assert "assist evals run --data" in said
