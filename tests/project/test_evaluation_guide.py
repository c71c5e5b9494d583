"""The guide to evaluation says what the commands do: every line parses, the table and the candidate are read."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from assist.wiring import read_candidate
from evals.cases import labelled_file
from evals.cli import evals
from evals.columns import LABELS, TURN
from evals.importing import CASE, NEEDED

GUIDE = (Path(__file__).parents[2] / "docs/evaluation.md").read_text("utf-8")
LINES = [
    line
    for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("assist evals ")
]


def block(kind: str) -> tuple[str, str]:
    """Return name and content of the file that a comment announces."""
    found = re.search(rf"<!-- {kind} (\S+) -->\n\n```\w+\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found[1], found[2]


@pytest.mark.parametrize("line", LINES)
def test_every_command_line_is_one_that_the_program_takes(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of commands and options, and how many arguments; the files it names are there."""
    monkeypatch.chdir(tmp_path)
    words = shlex.split(line)[2:]
    for word in words:
        if word.endswith((".jsonl", ".csv", ".yaml")):
            Path(word).write_text("", "utf-8")
    command = evals.commands[words[0]]
    with command.make_context(words[0], words[1:]) as context:
        assert isinstance(context, click.Context)


def test_the_table_of_the_guide_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two conversations, one of them with labels, as the guide's own line does it."""
    monkeypatch.chdir(tmp_path)
    name, content = block("table")
    Path(name).write_text(content, "utf-8")
    line = next(line for line in LINES if " import " in line)
    done = CliRunner().invoke(evals, shlex.split(line)[2:])
    assert done.exit_code == 0, done.output
    one, other = labelled_file(tmp_path / "talks.jsonl")
    assert (one.labels.intent, other.labels.intent) == ("refund_question", None)
    assert one.labels.verification is not None
    assert one.labels.verification.turns == (2,)


def test_every_column_is_explained_and_no_other() -> None:
    """The table of columns is the code's."""
    found = re.search(r"<!-- columns -->\n(.*?)<!-- /columns -->", GUIDE, re.DOTALL)
    assert found is not None
    named = [
        name
        for row in found[1].splitlines()
        for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    ]
    assert named == [*NEEDED, *TURN, *CASE, *LABELS]


def test_the_candidate_of_the_guide_is_read(tmp_path: Path) -> None:
    """Every key of it is known, and its paths are found beside it."""
    name, content = block("candidate")
    (tmp_path / name).write_text(content, "utf-8")
    for folder in ("trial/domains", "trial/retail"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "trial/catalogue.toml").write_text("", "utf-8")
    candidate = read_candidate(tmp_path / name)
    assert candidate.settings.model_window == 8000
    assert candidate.articles == {"retail": tmp_path / "trial/retail"}
