"""Conversations reported while they run."""

from starlette.testclient import TestClient

from tests.builders import a_complaint


def test_turns_add_up_and_the_answer_says_whether_to_escalate(client: TestClient) -> None:
    """A calm beginning does not escalate; the demand for a human does, and says on which turn."""
    calm = [{"role": "customer", "text": "Hi, where is my order #W4410973?"}, {"role": "bot", "text": "Let me look."}]
    turns = [*calm, *a_complaint()["turns"][2:]]
    first = client.post("/v1/conversations/c-live/turns", json={"turns": calm}).json()
    assert (first["turns_total"], first["escalate"]) == (2, False)
    last = client.post("/v1/conversations/c-live/turns", json={"turns": turns[2:]}).json()
    assert (last["turns_total"], last["escalate"]) == (8, True)
    assert 7 in [turn for trigger in last["triggers"] for turn in trigger["turns"]]


def test_a_live_conversation_becomes_a_packet_of_all_its_turns(client: TestClient) -> None:
    """The packet of a live conversation is the one of the same transcript posted whole."""
    turns = a_complaint()["turns"]
    for turn in turns:
        client.post("/v1/conversations/c-live-2/turns", json={"turns": [turn], "channel": "voice"})
    live = client.post("/v1/conversations/c-live-2/handoff")
    assert live.status_code == 201
    whole = client.post("/v1/handoffs", json={"turns": turns, "conversation_id": "c-live-2", "channel": "voice"})
    ours = {"id", "created_at", "provenance"}
    assert {k: v for k, v in live.json().items() if k not in ours} == {
        k: v for k, v in whole.json().items() if k not in ours
    }


def test_head_fields_sent_once_stay(client: TestClient) -> None:
    """Channel and language of the first call hold when later calls send turns only."""
    turns = a_complaint()["turns"]
    client.post("/v1/conversations/c-head/turns", json={"turns": turns[:1], "channel": "voice", "language": "en-GB"})
    client.post("/v1/conversations/c-head/turns", json={"turns": turns[1:2]})
    packet = client.post("/v1/conversations/c-head/handoff").json()
    assert (packet["channel"], packet["language"]) == ("voice", "en-GB")


def test_a_secret_answered_in_a_later_call_is_masked(client: TestClient) -> None:
    """The bot asks for the PIN in one call and the customer answers in the next: the PIN is not stored."""
    client.post("/v1/conversations/c-pin/turns", json={"turns": [{"role": "bot", "text": "Please tell me your PIN."}]})
    client.post("/v1/conversations/c-pin/turns", json={"turns": [{"role": "customer", "text": "8912"}]})
    packet = client.post("/v1/conversations/c-pin/handoff").json()
    stored = client.get(f"/v1/handoffs/{packet['id']}/transcript").json()
    assert stored["turns"][1]["text"] == "[PIN_1]"


def test_a_conversation_without_turns_has_no_packet(client: TestClient) -> None:
    """A handoff of a conversation that nobody reported is a 404."""
    assert client.post("/v1/conversations/c-none/handoff").status_code == 404


def test_too_many_turns_in_all_are_refused_and_nothing_is_lost(client: TestClient) -> None:
    """The limit holds over all calls; the turns before stay as they were."""
    many = [{"role": "bot", "text": "one moment"}] * 1999
    assert client.post("/v1/conversations/c-many/turns", json={"turns": many}).status_code == 200
    two = [{"role": "customer", "text": "hello?"}] * 2
    assert client.post("/v1/conversations/c-many/turns", json={"turns": two}).status_code == 422
    last = client.post("/v1/conversations/c-many/turns", json={"turns": two[:1]})
    assert last.json()["turns_total"] == 2000


def test_a_conversation_that_was_handed_over_does_not_escalate_for_the_same_turns(client: TestClient) -> None:
    """After the packet, further turns are judged by themselves; a new demand escalates again."""
    turns = a_complaint()["turns"]
    address = "/v1/conversations/c-back"
    assert client.post(f"{address}/turns", json={"turns": turns}).json()["escalate"] is True
    client.post(f"{address}/handoff")
    calm = [
        {"role": "agent", "text": "I have refunded it."},
        {"role": "customer", "text": "Thank you. What are your hours?"},
    ]
    after = client.post(f"{address}/turns", json={"turns": calm}).json()
    assert (after["escalate"], after["triggers"]) == (False, [])
    again = [{"role": "bot", "text": "We are open all day."}, {"role": "customer", "text": "Let me speak to a human."}]
    (trigger,) = client.post(f"{address}/turns", json={"turns": again}).json()["triggers"]
    assert (trigger["rule"], trigger["turns"]) == ("asks_for_human", [11])
