"""Whatever a model does: revision 1 is there at once, revision 2 says by its code what went wrong, and no field is lost."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assist.api.app import create_app
from assist.llm import Fault, ScriptedServer
from assist.settings import Settings
from assist.wiring import build
from tests.builders import a_complaint

FIELDS = ("summary", "intent", "escalation", "steps_tried", "promises")
CODES = {
    Fault.GOOD: None,
    Fault.BAD_REQUEST: "MODEL_UNAVAILABLE",
    Fault.UNAUTHORIZED: "MODEL_UNAVAILABLE",
    Fault.NOT_FOUND: "MODEL_UNAVAILABLE",
    Fault.REQUEST_TIMEOUT: "TIMEOUT",
    Fault.TOO_LONG: "MODEL_UNAVAILABLE",
    Fault.RATE_LIMITED: "MODEL_UNAVAILABLE",
    Fault.SERVER_ERROR: "MODEL_UNAVAILABLE",
    Fault.OVERLOADED: "MODEL_UNAVAILABLE",
    Fault.FLAKY: None,
    Fault.RESET: "MODEL_UNAVAILABLE",
    Fault.HANGING: "TIMEOUT",
    Fault.SLOW_FIRST_TOKEN: "TIMEOUT",
    Fault.STALLED: "TIMEOUT",
    Fault.DRIPPING: "TIMEOUT",
    Fault.CUT_OFF: "MODEL_UNAVAILABLE",
    Fault.TRUNCATED: "SCHEMA_INVALID",
    Fault.HALF_JSON: "SCHEMA_INVALID",
    Fault.INVALID_JSON: "SCHEMA_INVALID",
    Fault.FENCED: None,
    Fault.SLOPPY: None,
    Fault.WRONG_TYPES: "SCHEMA_INVALID",
    Fault.CORRIGIBLE: None,
    Fault.EMPTY: "INSUFFICIENT_CONTENT",
    Fault.HOLLOW: "INSUFFICIENT_CONTENT",
    Fault.FILTERED: "INSUFFICIENT_CONTENT",
    Fault.WRONG_LANGUAGE: "LANGUAGE_MISMATCH",
    Fault.OBEDIENT: None,
    Fault.UNSUPPORTED: "UNSUPPORTED_CLAIM",
}
OWN_SERVICE = {Fault.OUT_OF_QUOTA: "MODEL_UNAVAILABLE", Fault.NO_SCHEMA: None}
"""Faults that change how a model is asked from then on."""


@contextmanager
def service(folder: Path, base: str, **more: Any) -> Iterator[TestClient]:  # noqa: ANN401 -- any setting
    """Run the application with the scripted model, its breaker closed so that each packet meets the fault."""
    given: dict[str, Any] = {
        "model_timeout_first_token": 1.0,
        "model_timeout_total": 2.0,
        "model_deadline": 4.0,
        "model_retries": 1,
        "model_breaker_failures": 1_000_000,
    }
    assist = build(
        Settings(data_dir=folder, model="openai/scripted", model_api_base=base, **{**given, **more}, _env_file=None)
    )

    async def prepare() -> None:
        await assist.migrate()
        await assist.ensure_local_key()
        await assist.close()

    asyncio.run(prepare())
    with TestClient(create_app(assist), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as made:
        made.headers["Authorization"] = f"Bearer {assist.local_key}"
        yield made


@pytest.fixture(scope="module")
def model() -> Iterator[ScriptedServer]:
    """Start the scripted server; its fault is set by each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "sk-test-of-nobody")
        with ScriptedServer() as server:
            yield server


@pytest.fixture(scope="module")
def shared(data_dir: Path, client: TestClient, model: ScriptedServer) -> Iterator[TestClient]:
    """Return a client on one service for most faults."""
    del client  # the data folder has learnt everything by now
    with service(data_dir, model.url) as made:
        yield made


def posted(client: TestClient, *, wait: int = 20_000, **head: Any) -> dict[str, Any]:  # noqa: ANN401 -- any field of a transcript
    """Return the packet that a POST answers with."""
    answer = client.post("/v1/handoffs", params={"wait": wait}, json=a_complaint(**head))
    assert answer.status_code == 201, answer.text
    packet: dict[str, Any] = answer.json()
    return packet


def is_usable(packet: dict[str, Any]) -> bool:
    """Say whether a human can work with it."""
    told = packet["summary"]["headline"] and packet["summary"]["lines"] and packet["actions"] and packet["facts"]
    return bool(told) and packet["verification"]["status"] == "verified" and packet["intent"]["label"] != "unknown"


def settle(client: TestClient, handoff_id: str) -> None:
    """Wait until the model's part is over, so that no call of this packet meets another packet's fault."""
    ends = time.monotonic() + 60
    while client.get(f"/v1/handoffs/{handoff_id}").json()["revision"] == 1:
        assert time.monotonic() < ends, "the second revision never came"
        time.sleep(0.02)


def check(client: TestClient, code: str | None) -> None:
    """Hold both revisions of a packet to what is promised of them."""
    first = posted(client, wait=0)
    assert first["revision"] == 1
    assert is_usable(first)
    settle(client, first["id"])
    second = posted(client)
    assert second["revision"] == 2
    assert is_usable(second)
    assert second["provenance"]["summary"]["failure"] == code, second["provenance"]["summary"]
    assert second["provenance"]["summary"]["by"] == ("rules" if code else "model")
    if code:
        assert {second["provenance"][name]["by"] for name in FIELDS} == {"rules"}
        assert second["summary"] == first["summary"]


def test_every_fault_has_an_expected_code() -> None:
    """A fault that is added to the scripted server is added here too."""
    assert {*CODES, *OWN_SERVICE} == set(Fault)


@pytest.mark.parametrize("fault", CODES, ids=lambda fault: fault.value)
def test_each_fault_has_its_code_and_costs_no_field(shared: TestClient, model: ScriptedServer, fault: Fault) -> None:
    """The rules' packet stands, and says why the model's answer is missing."""
    model.fault = fault
    check(shared, CODES[fault])


@pytest.mark.parametrize("fault", OWN_SERVICE, ids=lambda fault: fault.value)
def test_a_fault_with_a_memory_has_its_code_too(data_dir: Path, model: ScriptedServer, fault: Fault) -> None:
    """A quota that is spent, and a model that takes no schema, are remembered; the packets are whole all the same."""
    model.fault = fault
    with service(data_dir, model.url) as client:
        check(client, OWN_SERVICE[fault])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param({"model_api_base": "http://127.0.0.1:9/v1"}, "MODEL_UNAVAILABLE", id="nobody there"),
        pytest.param({"model_day_tokens": 100}, "BUDGET_EXCEEDED", id="the day's budget is spent"),
        pytest.param({"model_packet_tokens": 100}, "BUDGET_EXCEEDED", id="a packet's budget is too small"),
    ],
)
def test_a_model_that_may_not_or_cannot_be_asked_has_its_code(
    data_dir: Path, model: ScriptedServer, more: dict[str, Any], code: str
) -> None:
    """No server at the address, or no budget for the call."""
    model.fault = Fault.GOOD
    with service(data_dir, more.pop("model_api_base", model.url), **more) as client:
        check(client, code)


def test_a_model_that_keeps_failing_is_left_alone(data_dir: Path, model: ScriptedServer) -> None:
    """After so many failures in a row no further request reaches it, and packets say so at once."""
    model.fault = Fault.OVERLOADED
    with service(data_dir, model.url, model_retries=0, model_breaker_failures=2) as client:
        for _ in range(2):
            posted(client)
        asked = len(model.seen)
        packet = posted(client)
    assert len(model.seen) == asked
    assert packet["provenance"]["summary"]["failure"] == "MODEL_UNAVAILABLE"


def test_calls_beyond_the_limit_wait_for_a_place_until_their_deadline(data_dir: Path, model: ScriptedServer) -> None:
    """Where one call at a time is allowed and that one hangs, the packet behind it times out; the model sees one call."""
    model.fault = Fault.HANGING
    with service(data_dir, model.url, model_concurrency=1, model_retries=0, model_timeout_first_token=30.0) as client:
        before = len(model.seen)
        posted(client, wait=0)
        while len(model.seen) == before:
            time.sleep(0.02)
        asked = len(model.seen)
        packet = posted(client)
    assert packet["provenance"]["summary"]["failure"] == "TIMEOUT"
    assert len(model.seen) - asked <= 1  # its own, once the first has given up
