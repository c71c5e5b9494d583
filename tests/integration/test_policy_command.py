"""`assist policy test`, as an operator runs it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assist.cli.policy import policy
from assist.errors import DomainInvalid, InvalidInput

TALK = [
    {"role": "customer", "text": "I want my money back for a non-refundable fare."},
    {"role": "bot", "text": "I am sorry, according to our policy this fare is non-refundable."},
    {"role": "customer", "text": "Then let me speak to a human."},
]
RULES = "escalation:\n  - {name: demand, when: asks_for_human, reason: customer_request}\n"


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data_dir: Path) -> None:
    monkeypatch.setenv("ASSIST_DATA_DIR", str(data_dir))
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    """Return what the command answers."""
    return CliRunner().invoke(policy, ["test", *arguments, "--domain", "airline"], standalone_mode=True)


def test_candidate_rules_are_tried_turn_by_turn(tmp_path: Path) -> None:
    """The table says how the moment moves; the document has the turns, rules and reasons."""
    (tmp_path / "talks.jsonl").write_text(json.dumps({"case_id": "t-1", "turns": TALK}) + "\n", "utf-8")
    (tmp_path / "candidate.yaml").write_text(RULES, "utf-8")
    shown = run("talks.jsonl", "--rules", "candidate.yaml", "--turns")
    assert shown.exit_code == 0
    assert "1 conversations: 1 later." in shown.stdout
    assert "demand: The customer asked for a human" in shown.stdout
    document = json.loads(run("talks.jsonl", "--rules", "candidate.yaml", "--json").stdout)
    assert (document["conversation"], document["change"], document["turns_changed"]) == ("t-1", "later", [1, 2])
    assert [moment["turn"] for moment in document["now"]] == [1, 2]
    assert [moment["triggers"][0]["rule"] for moment in document["candidate"]] == ["demand"]


def test_files_that_cannot_be_used_are_named_with_their_line(tmp_path: Path) -> None:
    """A broken line of transcripts, and a broken rule."""
    (tmp_path / "talks.jsonl").write_text(json.dumps({"turns": TALK}) + '\n{"turns": []}\n', "utf-8")
    (tmp_path / "bad.yaml").write_text(RULES.replace("asks_for_human", "asks_for_humans"), "utf-8")
    refused = run("talks.jsonl").exception
    assert isinstance(refused, InvalidInput)
    assert "talks.jsonl, line 2, at turns" in str(refused)
    refused = run("talks.jsonl", "--rules", "bad.yaml").exception
    assert isinstance(refused, DomainInvalid)
    assert "bad.yaml, line 2, at escalation.0.when" in str(refused)
    assert "did you mean 'asks_for_human'?" in str(refused)
