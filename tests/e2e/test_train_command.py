"""Teaching intents from the command line."""

import json
import os
from pathlib import Path

import pytest

from assist.domain.transcript import Transcript
from assist.wiring import Assist
from tests.e2e.test_command_line import run


def a_case(number: int, intent: str, text: str) -> str:
    """Return a labelled transcript of one turn, as a line."""
    turns = [{"role": "customer", "text": text}]
    return json.dumps({"case_id": f"c{number}", "domain": "retail", "turns": turns, "labels": {"intent": intent}})


def test_what_was_taught_is_known_afterwards(tmp_path: Path, learnt_dir: Path) -> None:
    """Words that no shipped example has lead to the taught intent; a PIN said in passing is not kept."""
    odd = "the flumox is wibbled and I wish it unflumoxed, my pin is 8912"
    packet = json.dumps({"turns": [{"role": "customer", "text": odd}], "domain": "retail"})
    file = tmp_path / "own.jsonl"
    file.write_text("\n".join(a_case(n, "exchange_items", f"{odd} for number {n}") for n in range(8)))
    taught = run("train", str(file), data_dir=learnt_dir)
    assert taught.returncode == 0, taught.stderr
    assert "8 utterances were added from 8 conversations" in taught.stdout
    assert "8912" not in (learnt_dir / "lessons.json").read_text()
    known = json.loads(run("packet", "-", data_dir=learnt_dir, stdin=packet).stdout)
    assert known["intent"]["label"] == "exchange_items"
    again = run("train", str(file), data_dir=learnt_dir)
    assert "0 utterances were added" in again.stdout


def test_forgetting_drops_only_what_the_organisation_taught(tmp_path: Path, learnt_dir: Path) -> None:
    """A lesson that ships with a domain is known after `--forget`, an own lesson of before is not."""
    shipped = {"turns": [{"role": "customer", "text": "Wo bleibt meine Bestellung?"}], "domain": "retail"}
    file = tmp_path / "own.jsonl"
    file.write_text(a_case(1, "exchange_items", "the flumox is wibbled and wants to be unflumoxed"))
    assert run("train", str(file), data_dir=learnt_dir).returncode == 0
    file.write_text(a_case(2, "return_items", "the gramble came crooked, please take it away"))
    assert run("train", str(file), "--forget", data_dir=learnt_dir).returncode == 0
    kept = json.loads((learnt_dir / "lessons.json").read_text())
    assert kept == {"retail": {"return_items": ["the gramble came crooked, please take it away"]}}
    packet = json.loads(run("packet", "-", data_dir=learnt_dir, stdin=json.dumps(shipped)).stdout)
    assert packet["intent"]["label"] == "order_status"


def a_labelled(number: int, action: str) -> str:
    """Return a labelled transcript after which an agent did something, as a line."""
    turns = [
        {"role": "customer", "text": f"Please cancel my order W77{number:03d}, I no longer need it."},
        {"role": "bot", "text": "One moment. The order has left the warehouse, I see."},
    ]
    labels = {"intent": "cancel_order", "next_actions": [action]}
    return json.dumps({"case_id": f"c{number}", "domain": "retail", "turns": turns, "labels": labels})


@pytest.mark.skipif("ASSIST_TEST_SLOW" not in os.environ, reason="trains for minutes; set ASSIST_TEST_SLOW=1 to run it")
def test_what_agents_did_next_is_suggested_afterwards(tmp_path: Path, assist: Assist, learnt_dir: Path) -> None:
    """What fourteen agents did at a like point comes first and cites them."""
    file, packet = tmp_path / "own.jsonl", tmp_path / "now.json"
    file.write_text("\n".join(a_labelled(number, "explain_return_instead") for number in range(14)))
    packet.write_text(a_labelled(99, ""))
    assert assist.packet(Transcript.model_validate_json(packet.read_text())).actions[0].id == "verify_customer"
    taught = run("train", str(file), data_dir=learnt_dir)
    assert "signs were weighed for retail" in taught.stdout, taught.stderr
    first = json.loads(run("packet", str(packet), data_dir=learnt_dir).stdout)["actions"][0]
    assert first["id"] == "explain_return_instead"
    assert any((cite["handoff_id"] or "").startswith("c") for cite in first["cites"])


def test_an_action_of_no_playbook_is_told(tmp_path: Path, learnt_dir: Path) -> None:
    """Only what a playbook can suggest is learnt; a dry run keeps nothing."""
    file = tmp_path / "own.jsonl"
    file.write_text(a_labelled(1, "Sing a song"))
    told = run("train", str(file), "--dry-run", data_dir=learnt_dir).stdout
    assert "none of 1 next actions is the id of a playbook's action" in told
    assert not (learnt_dir / "next_actions.json").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("{}", "line 2, case_id", id="a field is missing"),
        pytest.param(a_case(1, "order_pizza", "a pizza with everything please"), "'order_pizza'", id="unknown intent"),
        pytest.param("nonsense", "line 2", id="no JSON"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_learnt(tmp_path: Path, line: str, said: str) -> None:
    """The line, the field and what is configured are named; no lesson is kept."""
    file = tmp_path / "own.jsonl"
    file.write_text(a_case(0, "order_status", "where is the parcel I ordered") + "\n" + line)
    answer = run("train", str(file), data_dir=tmp_path / "data")
    assert answer.returncode == 1
    assert said in answer.stderr
    assert not (tmp_path / "data/lessons.json").exists()
