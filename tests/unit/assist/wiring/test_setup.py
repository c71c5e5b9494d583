"""Configurations on trial: read strictly, told apart by what they hold, copied whole, put into force and taken back."""

import json
import shutil
from pathlib import Path

import pytest

from assist.catalogue import shipped_folder
from assist.errors import ConfigurationError, SettingsInvalid
from assist.settings import Settings
from assist.wiring import Setup, hindrances, in_force, keep_copy, live_setup, put_in_force, read_candidate


@pytest.fixture(name="trial")
def _trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a candidate that changes a rule and one article of the retail domain."""
    monkeypatch.setenv("ASSIST_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    retail = tmp_path / "domains" / "retail"
    shutil.copytree(shipped_folder() / "retail", retail)
    text = (retail / "domain.yaml").read_text("utf-8")
    changed = text.replace(
        "when: verification_failed, reason: verification_failed, threshold: 2",
        "when: verification_failed, reason: verification_failed, threshold: 3",
    )
    assert changed != text
    (retail / "domain.yaml").write_text(changed, "utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.md").write_text("---\nid: one\ntitle: One\n---\nThe only article.\n", "utf-8")
    (tmp_path / "trial.yaml").write_text(
        "name: stricter\ndomains: domains\narticles: {retail: articles}\nsettings: {model_window: 8000}\n", "utf-8"
    )
    return tmp_path


def test_a_candidate_differs_in_what_it_says_and_nothing_else(trial: Path) -> None:
    """Parts that are not named stay those of the live setup."""
    live = live_setup()
    other = read_candidate(trial / "trial.yaml").over(live)
    differ = {name for name in live.parts if live.parts[name] != other.parts[name]}
    assert differ == {"domain retail", "articles retail", "model_window"}
    assert other.fingerprint != live.fingerprint


def test_what_is_put_into_force_is_the_candidate_wherever_its_files_stand(trial: Path) -> None:
    """The copy has the candidate's fingerprint, its own files may change or go, and the data folder may move."""
    live = live_setup()
    other = read_candidate(trial / "trial.yaml").over(live)
    keep_copy(other)
    assert put_in_force(live.settings, other.fingerprint, promotion="p1")
    shutil.rmtree(trial / "domains")
    shutil.rmtree(trial / "articles")
    now = live_setup()
    assert now.parts == other.parts
    assert in_force(now.settings) == {"fingerprint": other.fingerprint, "promotion": "p1"}
    assert now.settings.model_window == 8000
    (trial / "var").rename(trial / "moved")
    assert (
        Settings.read(data_dir=trial / "moved").domains_dir
        == trial / "moved" / "promoted" / other.fingerprint / "domains"
    )


def test_what_was_never_promoted_is_the_settings_alone(trial: Path) -> None:
    """Going back to the beginning leaves no trace in the settings."""
    live = live_setup()
    other = read_candidate(trial / "trial.yaml").over(live)
    keep_copy(other)
    put_in_force(live.settings, other.fingerprint, promotion="p1")
    assert not put_in_force(live_setup().settings, live.fingerprint, promotion="p2")
    assert live_setup().parts == live.parts
    assert in_force(live_setup().settings) == {}


def test_the_environment_wins_and_is_named(trial: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that would win over the candidate is named before anything is promoted."""
    other = read_candidate(trial / "trial.yaml").over(live_setup())
    assert hindrances(other) == []
    monkeypatch.setenv("ASSIST_MODEL_WINDOW", "9000")
    assert hindrances(other) == ["ASSIST_MODEL_WINDOW=9000"]
    monkeypatch.setenv("ASSIST_DOMAINS_DIR", str(trial / "domains"))
    assert [each.partition("=")[0] for each in hindrances(other)] == ["ASSIST_DOMAINS_DIR", "ASSIST_MODEL_WINDOW"]


def test_a_damaged_promotion_stops_the_start_and_says_what_to_do(trial: Path) -> None:
    """The service does not start on half a configuration."""
    (trial / "var").mkdir()
    (trial / "var" / "promoted.json").write_text('{"settings": [', "utf-8")
    with pytest.raises(SettingsInvalid, match=r"promoted\.json is damaged .*assist evals rollback"):
        live_setup()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\npromts: a.toml\n", r"bad\.yaml, line 2, at promts: 'promts' is not known; did you mean 'prompts'\?"),
        (
            "name: x\nsettings:\n  port: 1\n",
            r"line 3, at settings\.port: 'port' is not known; known are agent_language",
        ),
        ("domains: x\n", r"line 1, at name: 'name' is missing"),
        (
            "name: x\ndomains: nowhere\n",
            r"line 2, at domains: .*nowhere is not a folder; paths are relative to bad\.yaml",
        ),
        (
            "name: x\nsettings: {model_window: 3}\n",
            r"line 2, at settings\.model_window: .*greater than or equal to 500",
        ),
        ("name: [", "cannot be read as YAML"),
        ("- a\n", "line 1, at the top"),
    ],
    ids=["typo", "setting", "name", "folder", "bound", "yaml", "list"],
)
def test_a_candidate_with_a_slip_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """File, line, place, what was expected, and a hint."""
    (tmp_path / "bad.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=said):
        read_candidate(tmp_path / "bad.yaml")


def test_articles_of_a_domain_that_is_not_there_are_refused(trial: Path) -> None:
    """The message names the domains that there are."""
    setup = Setup(Settings.read(), articles_over={"retial": trial / "articles"})
    with pytest.raises(ConfigurationError, match="'retial', which is no domain; there are airline"):
        setup.parts  # noqa: B018 -- reads everything


def test_a_setting_named_in_the_file_alone_is_kept(trial: Path) -> None:
    """What a promotion names and the code no longer knows does no harm."""
    (trial / "var").mkdir()
    document = {"fingerprint": "f", "promotion": "p", "settings": {"model_window": 7000, "gone": 1}}
    (trial / "var" / "promoted.json").write_text(json.dumps(document), "utf-8")
    assert live_setup().settings.model_window == 7000
