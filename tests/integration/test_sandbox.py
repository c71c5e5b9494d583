"""Stored conversations under a candidate of the real service, promoted, and read by the next start."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from assist.wiring import Assist, live_setup
from evals.cli import evals
from evals.sandbox import read
from tests.builders import a_complaint

pytestmark = pytest.mark.model


@pytest.fixture(name="folder")
def _folder(client: TestClient, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a candidate that has one article only, beside the wired service's data and a stored conversation."""
    for name in ("stored-1", "stored-2"):
        answer = client.post("/v1/handoffs", json={**a_complaint(), "conversation_id": name})
        assert answer.status_code == 201, answer.text
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.md").write_text(
        "---\nid: trial-one\ntitle: A second charge\n---\nA second charge for an order is refunded.\n", "utf-8"
    )
    (tmp_path / "trial.yaml").write_text("name: one article\narticles: {retail: articles}\n", "utf-8")
    monkeypatch.setenv("ASSIST_DATA_DIR", str(data_dir))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_stored_conversations_tell_what_a_candidate_changes(folder: Path, assist: Assist) -> None:
    """The newest handoff of each conversation is run; only articles and what follows from them differ; it is promoted and taken back."""
    runner = CliRunner()
    words = [
        "sandbox",
        "--stored",
        "--tenant",
        assist.tenant,
        "--limit",
        "2",
        "--candidate",
        "trial.yaml",
        "--out",
        "run.jsonl",
    ]
    done = runner.invoke(evals, words)
    assert done.exit_code == 0, done.output
    log = read(folder / "run.jsonl")
    pairs = list(log.pairs())
    assert len(pairs) == 2
    assert log.header.changed == ("articles retail",)
    found = {difference.field: difference for pair in pairs for difference in pair.differences}
    assert "articles" in found
    assert found["articles"].after in {("trial-one",), ()}
    assert found.keys() <= {"articles", "actions"}
    assert (folder / "run.html").stat().st_size > 10_000
    again = runner.invoke(evals, words)
    assert (again.exit_code, "go on with it by --resume" in again.output) == (2, True)
    promoted = runner.invoke(evals, ["promote", "run.jsonl", "--by", "anna", "--note", "one is enough"])
    assert promoted.exit_code == 0, promoted.output
    try:
        (article,) = live_setup().articles["retail"]
        assert article.article_id == "trial-one"
        packet = runner.invoke(evals, ["promotions", "--json"])
        assert json.loads(packet.output.splitlines()[-1])["name"] == "one article"
    finally:
        back = runner.invoke(evals, ["rollback", "--by", "anna", "--note", "it was a test"])
    assert back.exit_code == 0, back.output
    assert len(live_setup().articles["retail"]) > 1
