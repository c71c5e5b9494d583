"""What may be promoted, what is refused and why, and the way back."""

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.cli import evals
from evals.errors import DataMissing, Refused
from evals.promoting import promote, record_file, roll_back
from evals.promotion import promotions
from evals.sandbox import SandboxLog
from evals.sandbox.arms import described, setups
from tests.unit.evals.sandbox.runs import WORDS, a_run, dataset

LIMITS = """
dangers: {false_verified: {at_most: 0}}
measures: {"intent: accuracy": {worse_by: 0.1}}
"""


@pytest.fixture(name="trial")
def _trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a candidate of one setting, thresholds, and a data folder of its own."""
    monkeypatch.setenv("ASSIST_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trial.yaml").write_text("name: wider\nsettings: {model_window: 8000}\n", "utf-8")
    (tmp_path / "gates.yaml").write_text(LIMITS, "utf-8")
    return tmp_path


def sandboxed(
    trial: Path, name: str = "run.jsonl", *, verifies: bool = False, models: bool = True, labelled: bool = True
) -> SandboxLog:
    """Return a run of stubs under the names of the real configurations."""
    live, other, title = setups(trial / "trial.yaml")
    return a_run(
        trial / name,
        dataset(*WORDS, labelled=labelled),
        live=described(live, "live"),
        candidate=described(other, title, trial / "trial.yaml"),
        verifies=verifies,
        models=models,
    )


def test_a_promotion_names_who_when_what_and_on_which_report(trial: Path) -> None:
    """The record holds both fingerprints, the log's digest and the headline; the next start runs the candidate."""
    log = sandboxed(trial)
    entry = promote(log.path, by="anna", note="as agreed", limits=trial / "gates.yaml")
    assert (entry.by, entry.note, entry.name, entry.action) == ("anna", "as agreed", "wider", "promoted")
    assert (entry.before, entry.after) == (log.header.live.fingerprint, log.header.candidate.fingerprint)
    assert entry.log_sha256 == hashlib.sha256(log.path.read_bytes()).hexdigest()
    accuracy = next(each for each in entry.headline if each.name == "intent: accuracy")
    assert (accuracy.before, round(accuracy.after or 0, 2), accuracy.n) == (1.0, 0.67, 3)
    live, _, _ = setups(trial / "trial.yaml")
    assert live.fingerprint == entry.after
    assert promotions(record_file()) == (entry,)


def test_an_error_that_must_not_happen_is_refused(trial: Path) -> None:
    """A candidate that calls strangers verified does not go live, and nothing is written."""
    log = sandboxed(trial, verifies=True)
    with pytest.raises(Refused, match=r"danger: false verified: 3, at most 0: c0, c1, c2"):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")
    assert promotions(record_file()) == ()
    assert not (trial / "var" / "promoted.json").exists()


def test_without_labels_a_bolder_candidate_is_refused(trial: Path) -> None:
    """No label says whether "verified" is false: then it may not be new."""
    log = sandboxed(trial, verifies=True, labelled=False)
    with pytest.raises(
        Refused, match=r"in 3 conversations without labels the candidate calls the customer verified.*c0, c1, c2"
    ):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")


def test_a_log_with_a_conversation_taken_out_is_refused(trial: Path) -> None:
    """What was left out might have been the error."""
    log = sandboxed(trial)
    lines = log.path.read_text("utf-8").splitlines(keepends=True)
    log.path.write_text("".join([lines[0], *lines[2:]]), "utf-8")
    with pytest.raises(Refused, match="holds 2 of 3 conversations"):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")


def test_a_worse_measure_is_refused_where_gates_are_asked_for(trial: Path) -> None:
    """Without --gate only dangers count."""
    log = sandboxed(trial)
    with pytest.raises(Refused, match=r"intent: accuracy: 1\.000 before, 0\.667 after"):
        promote(log.path, by="anna", note="x", gate=True, limits=trial / "gates.yaml")


def test_a_candidate_that_was_changed_since_is_refused(trial: Path) -> None:
    """What goes live is what was run, not what the file says now."""
    log = sandboxed(trial)
    (trial / "trial.yaml").write_text("name: wider\nsettings: {model_window: 9000}\n", "utf-8")
    with pytest.raises(Refused, match="the candidate is not the one of the run: model_window differ"):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")


def test_a_comparison_with_what_is_no_longer_in_force_is_refused(trial: Path) -> None:
    """A second promotion of the same log has another live configuration under it."""
    log = sandboxed(trial)
    promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")
    with pytest.raises(Refused, match="the live configuration is not the one of the run"):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")


def test_a_log_that_was_broken_off_is_refused(trial: Path) -> None:
    """Half a run proves nothing."""
    log = sandboxed(trial)
    lines = log.path.read_text("utf-8").splitlines(keepends=True)
    log.path.write_text("".join(lines[:-1]), "utf-8")
    with pytest.raises(DataMissing, match="broken off"):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")


def test_a_run_without_models_does_not_promote_another_model(trial: Path) -> None:
    """What the run left out cannot have been judged."""
    (trial / "trial.yaml").write_text("name: other\nmodel: openai/x\n", "utf-8")
    log = sandboxed(trial, models=False)
    with pytest.raises(Refused, match="left language models out, but the candidate changes model"):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")


def test_a_model_that_never_answered_is_not_promoted(trial: Path) -> None:
    """Every packet fell back on the rules: that the candidate looks the same says nothing."""
    (trial / "trial.yaml").write_text("name: other\nmodel: openai/x\n", "utf-8")
    log = sandboxed(trial)
    with pytest.raises(Refused, match=r"models \(openai/x\) answered in no conversation"):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")


def test_a_variable_that_would_win_is_refused(trial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record never says in force what the environment overrides."""
    monkeypatch.setenv("ASSIST_MODEL_WINDOW", "7000")
    log = sandboxed(trial)
    with pytest.raises(Refused, match="ASSIST_MODEL_WINDOW=7000 would win"):
        promote(log.path, by="anna", note="x", limits=trial / "gates.yaml")


def test_going_back_step_by_step_ends_at_the_settings(trial: Path) -> None:
    """Two promotions, two ways back, and then there is nothing more to go back from."""
    first = promote(sandboxed(trial).path, by="anna", note="1", limits=trial / "gates.yaml")
    (trial / "trial.yaml").write_text("name: widest\nsettings: {model_window: 9000}\n", "utf-8")
    second = promote(sandboxed(trial, "two.jsonl").path, by="ben", note="2", limits=trial / "gates.yaml")
    assert second.before == first.after
    assert (roll_back(by="ben", note="worse").after, setups(trial / "trial.yaml")[0].fingerprint) == (
        first.after,
        first.after,
    )
    last = roll_back(by="ben", note="worse still")
    assert (last.after, last.name) == (first.before, "the settings alone")
    assert setups(trial / "trial.yaml")[0].fingerprint == first.before
    with pytest.raises(Refused, match="nothing to go back from"):
        roll_back(by="ben", note="again")
    assert [each.action for each in promotions(record_file())] == ["promoted", "promoted", "rolled back", "rolled back"]


def test_a_record_without_what_is_in_force_is_noticed(trial: Path) -> None:
    """Entries cut off the end leave a whole chain; what runs gives them away."""
    promote(sandboxed(trial).path, by="anna", note="1", limits=trial / "gates.yaml")
    record_file().write_text("", "utf-8")
    with pytest.raises(DataMissing, match="lacks the promotion that is in force"):
        roll_back(by="anna", note="x")


def test_the_commands_speak_in_sentences(trial: Path) -> None:
    """Promote, list and go back as a person types it; a refusal exits with 1."""
    log = sandboxed(trial)
    runner = CliRunner()
    words = ["promote", str(log.path), "--by", "anna", "--note", "as agreed", "--thresholds", str(trial / "gates.yaml")]
    refused = runner.invoke(evals, [*words, "--gate"])
    assert (refused.exit_code, "fails 1 gate: intent: accuracy" in refused.output) == (1, True), refused.output
    assert "Nothing was promoted yet" in runner.invoke(evals, ["promotions"]).output
    done = runner.invoke(evals, words)
    assert (done.exit_code, "Restart the service" in done.output) == (0, True), done.output
    listed = runner.invoke(evals, ["promotions"])
    assert "as agreed" in listed.output
    (line,) = runner.invoke(evals, ["promotions", "--json"]).output.splitlines()
    assert json.loads(line)["by"] == "anna"
    back = runner.invoke(evals, ["rollback", "--by", "ben", "--note", "worse"])
    assert (back.exit_code, "back to the settings alone" in back.output) == (0, True), back.output


@pytest.mark.parametrize(
    "command", ["label", "agreement", "merge", "import", "sandbox", "promote", "rollback", "promotions"]
)
def test_every_command_teaches_by_an_example(command: str) -> None:
    """Help shows a line to type."""
    assert f"assist evals {command}" in CliRunner().invoke(evals, [command, "--help"]).output
