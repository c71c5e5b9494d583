"""Packets over HTTP, on a real database, vector store and model."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assist.domain.packet import HandoffPacket
from tests.builders import a_complaint


@pytest.fixture(scope="module")
def packet(client: TestClient) -> dict[str, Any]:
    """Return the packet of a complaint."""
    answer = client.post("/v1/handoffs", json=a_complaint(conversation_id="c-packet"))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_a_packet_has_every_field_of_the_contract(packet: dict[str, Any]) -> None:
    """Every field of the wire contract is there."""
    expected = (
        "id revision conversation_id channel language created_at as_of_turn escalation intent verification steps_tried"
        " summary sentiment facts missing promises knowledge actions redactions coverage provenance"
    )
    assert set(expected.split()) <= set(packet)


def test_no_stage_failed(packet: dict[str, Any]) -> None:
    """Every stage names itself in provenance, without failure."""
    failures = {name: entry["failure"] for name, entry in packet["provenance"].items() if entry["failure"]}
    assert failures == {}
    assert {"intent", "verification", "steps_tried", "summary", "sentiment", "facts", "escalation"} <= set(
        packet["provenance"]
    )


def test_a_complaint_is_understood(packet: dict[str, Any]) -> None:
    """The e-mail look-up verified the customer of a shop, who asks for a human because of a double charge."""
    assert packet["domain"] == "retail"
    assert packet["verification"]["status"] == "verified"
    assert packet["escalation"]["reason"] != "none"
    assert "customer_request" in [packet["escalation"]["reason"], *packet["escalation"]["secondary"]]
    assert "#W4410973" in [fact["value"] for fact in packet["facts"]]
    assert packet["summary"]["headline"]
    assert packet["knowledge"]
    assert packet["actions"]


def test_every_statement_cites_turns_of_the_transcript(packet: dict[str, Any]) -> None:
    """Each entry about the conversation carries turns, and each of these exists."""
    stated = [*packet["steps_tried"], *packet["summary"]["lines"], *packet["facts"], *packet["promises"]]
    stated += [*packet["escalation"]["triggers"], packet["intent"], packet["verification"]]
    assert all(entry["turns"] for entry in stated)
    assert {turn for entry in stated for turn in entry["turns"]} <= set(range(8))


def test_a_stored_packet_is_the_answered_packet(client: TestClient, packet: dict[str, Any]) -> None:
    """GET returns what POST answered, and it is a valid packet."""
    found = client.get(f"/v1/handoffs/{packet['id']}")
    assert found.json() == packet
    assert HandoffPacket.model_validate(found.json()).id == packet["id"]


def test_a_known_revision_is_not_sent_again(client: TestClient, packet: dict[str, Any]) -> None:
    """If-None-Match with the ETag of a GET answers 304 without a body."""
    etag = client.get(f"/v1/handoffs/{packet['id']}").headers["etag"]
    again = client.get(f"/v1/handoffs/{packet['id']}", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_packets_are_listed_by_conversation_page_by_page(client: TestClient) -> None:
    """Three packets of one conversation come newest first over two pages, each once."""
    made = [client.post("/v1/handoffs", json=a_complaint(conversation_id="c-pages")).json()["id"] for _ in range(3)]
    first = client.get("/v1/handoffs", params={"conversation_id": "c-pages", "limit": 2}).json()
    rest = client.get(
        "/v1/handoffs", params={"conversation_id": "c-pages", "limit": 2, "cursor": first["next_cursor"]}
    ).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None


def test_a_cursor_made_elsewhere_is_refused(client: TestClient) -> None:
    """An unknown cursor is a 422 that says so."""
    answer = client.get("/v1/handoffs", params={"cursor": "bm90LW91cnM"})
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_invalid")


def test_the_same_key_and_body_give_the_same_packet(client: TestClient) -> None:
    """A repeat with the same Idempotency-Key makes nothing new."""
    headers = {"Idempotency-Key": "try-1"}
    first = client.post("/v1/handoffs", json=a_complaint(conversation_id="c-same"), headers=headers)
    again = client.post("/v1/handoffs", json=a_complaint(conversation_id="c-same"), headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert len(client.get("/v1/handoffs", params={"conversation_id": "c-same"}).json()["items"]) == 1


def test_the_same_key_with_another_body_is_a_conflict(client: TestClient) -> None:
    """An Idempotency-Key belongs to one body."""
    headers = {"Idempotency-Key": "try-2"}
    client.post("/v1/handoffs", json=a_complaint(), headers=headers)
    other = client.post("/v1/handoffs", json=a_complaint(channel="email"), headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")


_BAD = [
    pytest.param(b"{", "body", id="malformed JSON"),
    pytest.param(b"[]", "body", id="no object"),
    pytest.param(b"{}", "turns", id="no turns"),
    pytest.param(b'{"turns": []}', "turns", id="empty turns"),
    pytest.param(b'{"turns": [{"role": "wizard", "text": "x"}]}', "turns.0.role", id="unknown role"),
    pytest.param(b'{"turns": [{"role": "customer", "text": 7}]}', "turns.0.text", id="text is a number"),
    pytest.param(b'{"turns": [{"role": "customer"}]}', "turns.0.text", id="no text"),
    pytest.param(b'{"turns": [{"role": "customer", "text": "x"}], "domain": "bakery"}', "domain", id="unknown domain"),
    pytest.param(
        b'{"turns": [{"role": "customer", "text": "x"}], "channel": "pigeon"}', "channel", id="unknown channel"
    ),
    pytest.param(b'{"turns": [{"role": "customer", "text": "\\ud800"}]}', "body", id="half a surrogate pair"),
    pytest.param(b"\xff\xfe", "body", id="no UTF-8"),
    pytest.param(b'{"turns":' + b"[" * 5000 + b"]" * 5000 + b"}", "body", id="nested too deep"),
]


@pytest.mark.parametrize(("body", "field"), _BAD)
def test_bad_input_names_the_field_and_stores_nothing(client: TestClient, body: bytes, field: str) -> None:
    """Bad input is a 422 problem document that names the field; no packet is stored."""
    before = client.get("/v1/handoffs", params={"limit": 1}).json()["items"]
    answer = client.post("/v1/handoffs", content=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == field
    assert client.get("/v1/handoffs", params={"limit": 1}).json()["items"] == before


def test_a_body_over_the_limit_is_refused_with_the_limit(client: TestClient) -> None:
    """More bytes than allowed are a 413 that names the limit."""
    answer = client.post("/v1/handoffs", content=b" " * 1_000_001)
    assert answer.status_code == 413
    assert "max_transcript_bytes" in answer.json()["detail"]


def test_a_body_of_unknown_length_is_held_to_the_limit_too(client: TestClient) -> None:
    """A body sent in pieces, without a length, is a 413 as soon as it is too large."""

    def pieces() -> Iterator[bytes]:
        for _ in range(11):
            yield b" " * 100_000

    assert client.post("/v1/handoffs", content=pieces()).status_code == 413


@pytest.mark.parametrize(
    ("turns", "limit"),
    [
        pytest.param([{"role": "customer", "text": "hi"}] * 2001, "max_turns", id="too many turns"),
        pytest.param([{"role": "customer", "text": "x" * 16_001}], "max_turn_characters", id="a turn too long"),
    ],
)
def test_a_conversation_over_a_limit_is_refused_with_the_limit(
    client: TestClient, turns: list[dict[str, str]], limit: str
) -> None:
    """Too many turns, or a turn too long, are a 422 that names the limit."""
    answer = client.post("/v1/handoffs", json={"turns": turns})
    assert (answer.status_code, answer.json()["code"]) == (422, "limit_exceeded")
    assert limit in answer.json()["detail"]


_ODD = [
    pytest.param([("customer", "hi")], id="one turn"),
    pytest.param([("customer", "")], id="an empty turn"),
    pytest.param([("bot", "Hello, how can I help?")], id="a customer who wrote nothing"),
    pytest.param([("customer", "😡😡😡"), ("bot", "🙏")], id="emoji only"),
    pytest.param([("customer", "أين طلبي؟ أريد التحدث إلى موظف"), ("bot", "لحظة من فضلك")], id="right to left"),
    pytest.param([("customer", "我的包裹在哪里？")], id="chinese"),
    pytest.param([("system", "session started"), ("tool", "{}")], id="nobody spoke"),
    pytest.param([("customer", "a\x00b\u202e\ufeff c")], id="control characters"),
    pytest.param([("customer", "word " * 3000)], id="a very long turn"),
]


@pytest.mark.parametrize("turns", _ODD)
def test_odd_conversations_give_a_sensible_packet(client: TestClient, turns: list[tuple[str, str]]) -> None:
    """Whatever was said or not, there is a packet without a failed stage, and nobody is verified."""
    answer = client.post("/v1/handoffs", json={"turns": [{"role": role, "text": text} for role, text in turns]})
    assert answer.status_code == 201, answer.text
    packet = answer.json()
    assert [name for name, entry in packet["provenance"].items() if entry["failure"]] == []
    assert packet["verification"]["status"] == "not_attempted"
    assert packet["coverage"] == {"turns_total": len(turns), "turns_read": len(turns), "omitted": []}


def test_two_thousand_turns_are_read_whole(client: TestClient) -> None:
    """The longest conversation allowed gives a packet that has read every turn."""
    turns = [{"role": "customer" if i % 2 == 0 else "bot", "text": f"part {i} of my story"} for i in range(2000)]
    packet = client.post("/v1/handoffs", json={"turns": turns}).json()
    assert packet["coverage"]["turns_read"] == 2000


def test_secrets_are_nowhere_in_what_is_stored(client: TestClient, data_dir: Path) -> None:
    """Card number, security code, PIN, password and national id are in no answer and in no file."""
    secrets = ["4111 1111 1111 1111", "4111111111111111", "739", "8912", "hunter2!x", "078-05-1120"]
    turns = [
        {"role": "customer", "text": "My card is 4111 1111 1111 1111, CVV 739, and my SSN is 078-05-1120"},
        {"role": "bot", "text": "Please tell me your PIN."},
        {"role": "customer", "text": "8912"},
        {"role": "customer", "text": "my password is hunter2!x"},
        {
            "role": "tool",
            "text": '{"card_number": "4111111111111111"}',
            "tool": {"name": "check", "arguments": {"pin": "8912"}, "ok": True},
        },
    ]
    answer = client.post("/v1/handoffs", json={"conversation_id": "c-secret", "turns": turns})
    stored = client.get(f"/v1/handoffs/{answer.json()['id']}/transcript").text
    assert [secret for secret in secrets if f'"{secret}' in stored or f" {secret}" in stored] == []
    assert "assist.db" in _files_with(data_dir, "c-secret")
    assert [_files_with(data_dir, each) for each in ("4111 1111", "4111111111111111", "hunter2!x", "078-05-1120")] == (
        [""] * 4
    )
    assert answer.json()["redactions"]["card_number"] >= 1


def _files_with(folder: Path, text: str) -> str:
    """Return the names of files that hold a text.

    Another process reads: whoever opens a database's file and closes it again drops
    the locks that SQLite holds on it in the same process.
    """
    grep = shutil.which("grep")
    assert grep is not None
    return subprocess.run([grep, "-rlaF", "-e", text, str(folder)], capture_output=True, text=True, check=False).stdout


def test_fields_that_are_not_known_are_kept(client: TestClient) -> None:
    """Extra fields of a platform are stored with the transcript."""
    body = a_complaint(vendor={"queue": "gold"})
    body["turns"][0]["message_id"] = "m-1"
    made = client.post("/v1/handoffs", json=body).json()
    stored = client.get(f"/v1/handoffs/{made['id']}/transcript").json()
    assert stored["vendor"] == {"queue": "gold"}
    assert stored["turns"][0]["message_id"] == "m-1"


def test_watchers_get_the_packet_at_once(client: TestClient, packet: dict[str, Any]) -> None:
    """The event stream begins with the packet as it is."""
    with client.stream("GET", f"/v1/handoffs/{packet['id']}/events") as stream:
        for line in stream.iter_lines():
            if line.startswith("data:"):
                assert json.loads(line[5:]) == packet
                break


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        pytest.param("accept", {"agent": "sam"}, id="accept"),
        pytest.param("feedback", {"field": "summary.lines[0]", "verdict": "wrong", "note": "not asked"}, id="feedback"),
        pytest.param("outcome", {"resolved": True}, id="outcome"),
    ],
)
def test_a_remark_said_twice_counts_once(
    client: TestClient, packet: dict[str, Any], kind: str, body: dict[str, Any]
) -> None:
    """Accept, feedback and outcome are stored; a repeat gives back the first."""
    first = client.post(f"/v1/handoffs/{packet['id']}/{kind}", json=body)
    again = client.post(f"/v1/handoffs/{packet['id']}/{kind}", json=body)
    assert first.status_code == 201, first.text
    assert again.json() == first.json()


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        pytest.param({"field": "actions[fly_away]"}, "field", "one of its actions: actions[", id="an unknown action"),
        pytest.param({"field": "summary.lines[99]"}, "field", "not in this packet", id="a line that is not there"),
        pytest.param({"field": "summry"}, "field", "not in this packet", id="an unknown field"),
        pytest.param({"field": "summary", "at": "2001-01-01T00:00:00Z"}, "at", "set the clock right", id="before it"),
        pytest.param({"field": "summary", "at": "2101-01-01T00:00:00Z"}, "at", "set the clock right", id="not yet"),
        pytest.param({"field": "summary", "at": "noon"}, "at", "send a time", id="no time"),
        pytest.param({"field": "summary", "at": "2026-01-01T00:00:00"}, "at", "no zone", id="no zone"),
    ],
)
def test_feedback_on_what_cannot_be_is_refused(
    client: TestClient, packet: dict[str, Any], body: dict[str, str], field: str, said: str
) -> None:
    """What the packet does not have, and a time before it or in the future, are a 422 that says what would be right."""
    answer = client.post(f"/v1/handoffs/{packet['id']}/feedback", json={"verdict": "right", **body})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert said in answer.json()["detail"]


def test_an_accepted_action_is_a_precedent_for_the_next_packet(client: TestClient) -> None:
    """The next packet of a like conversation cites the handoff, once, whatever was said twice; taken back, it does not."""

    def made(*, conversation: str) -> dict[str, Any]:
        body = {"conversation_id": conversation, "domain": "telecom", **A_LINE_DOWN}
        found: dict[str, Any] = client.post("/v1/handoffs", json=body).json()
        return found

    def cited(packet: dict[str, Any]) -> list[str]:
        return [cite["handoff_id"] for action in packet["actions"] for cite in action["cites"] if cite["handoff_id"]]

    first = made(conversation="c-precedent-1")
    assert cited(first) == []
    action = first["actions"][0]["id"]
    for verdict, times in (("accepted", 2), ("right", 1)):
        for _ in range(times):
            body = {"field": f"actions[{action}]", "verdict": verdict}
            assert client.post(f"/v1/handoffs/{first['id']}/feedback", json=body).status_code == 201
    assert cited(made(conversation="c-precedent-2")) == [first["id"]]
    client.post(f"/v1/handoffs/{first['id']}/feedback", json={"field": f"actions[{action}]", "verdict": "wrong"})
    assert cited(made(conversation="c-precedent-3")) == []


A_LINE_DOWN = {
    "turns": [
        {"role": "customer", "text": "My broadband line has been dead since noon."},
        {"role": "bot", "text": "I am sorry to hear that. Are the lights on the router on?"},
        {"role": "customer", "text": "The broadband light is red and nothing loads."},
    ]
}


def test_a_verdict_that_is_not_known_is_refused(client: TestClient, packet: dict[str, Any]) -> None:
    """Feedback with an unknown verdict is a 422 that names the field."""
    answer = client.post(f"/v1/handoffs/{packet['id']}/feedback", json={"field": "x", "verdict": "meh"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "verdict")


@pytest.mark.parametrize("path", ["", "/transcript", "/events", "?revision=7"])
def test_what_is_not_there_is_a_404(client: TestClient, packet: dict[str, Any], path: str) -> None:
    """An unknown packet, or an unknown revision of one, is a 404 problem document."""
    handoff = packet["id"] if "revision" in path else "ho_nothing"
    answer = client.get(f"/v1/handoffs/{handoff}{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
