"""The part of the API behind the page for QA."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assist.ports import AccessRole
from assist.wiring import Assist, build
from evals.gates import shipped
from evals.promotion import RECORD, recorded
from evals.watching.watch import Watch
from tests.builders import a_complaint
from tests.conftest import KeyMaker
from tests.integration.tenants import key_for


@pytest.fixture(scope="module")
def qa(client: TestClient, assist: Assist) -> Iterator[TestClient]:
    """Return the client with the local key, beside a run of its own."""
    folder = assist.evals_dir
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(shipped("baseline.jsonl.gz"), folder / "monday.jsonl.gz")
    (folder / "notes.jsonl").write_text('{"case_id": "no log"}\n', encoding="utf-8")
    yield client
    shutil.rmtree(folder)


def test_runs_are_listed_with_their_figures(qa: TestClient) -> None:
    """The folder's logs and the baseline that ships; a file that is no log is left out; pages follow each other."""
    found = qa.get("/v1/quality/runs").json()
    assert {run["name"] for run in found["items"]} == {"monday", "baseline"}
    assert found["items"][0]["headline"][0]["name"] == "intent: accuracy"
    first = qa.get("/v1/quality/runs?limit=1").json()
    second = qa.get(f"/v1/quality/runs?limit=1&cursor={first['next_cursor']}").json()
    assert {first["items"][0]["name"], second["items"][0]["name"]} == {"monday", "baseline"}
    assert second["next_cursor"] is None
    assert qa.get("/v1/quality/runs?cursor=nonsense").json()["code"] == "cursor_invalid"


def test_a_run_has_report_and_gate(qa: TestClient) -> None:
    """The report is a page of its own; a copy of the baseline passes the gate."""
    report = qa.get("/v1/quality/runs/monday/report").json()
    assert report["html"].startswith("<!doctype html>")
    gate = qa.get("/v1/quality/runs/monday/gate").json()
    assert (gate["passed"], gate["failed"]) == (True, 0)


@pytest.mark.parametrize("name", ["tuesday", "notes", "..%2F..%2Fassist", "%2Fetc%2Fpasswd"])
def test_only_the_folders_logs_can_be_named(qa: TestClient, name: str) -> None:
    """No path leads elsewhere."""
    assert qa.get(f"/v1/quality/runs/{name}").status_code in {404, 422}
    assert qa.get(f"/v1/quality/runs/{name}/report").status_code in {404, 422}


def test_two_runs_are_held_against_each_other(qa: TestClient) -> None:
    """The same run twice: everything is the same, and nothing flipped."""
    found = qa.get("/v1/quality/comparison?before=baseline&after=monday").json()
    assert {change["judged"] for change in found["changes"]} == {"same"}
    assert found["flips"] == []
    assert qa.get("/v1/quality/comparison?before=baseline&after=nowhere").status_code == 404


def test_drift_groups_course_and_samples_follow_the_packets(client: TestClient, assist: Assist) -> None:
    """A packet is counted as soon as it is there; no word of it is in any answer."""
    mine = key_for(assist, "followed")

    def asked(call: str) -> Any:  # noqa: ANN401 -- JSON
        return client.get(f"/v1/quality/{call}", headers=mine).json()

    packet = client.post("/v1/handoffs", json=a_complaint(), headers=mine).json()
    drift = asked("drift")
    assert drift["now"]["packets"] == 1
    assert not any(shift["alert"] for shift in drift["shifts"])
    look(assist, "followed")
    bias = asked("bias?least=5")
    assert [group["packets"] for group in bias["groups"]] == [1, 1, 1]
    course = asked("course")
    assert [point["value"] for point in course["packets"]] == [1.0]
    samples = asked("samples")
    assert [each["handoff_id"] for each in samples["items"]] == [packet["id"]]
    assert asked("drift")["now"]["checked"] == 1
    told = json.dumps([drift, bias, course, samples])
    assert [word for word in ("W4410973", "ada@example.com", "charged twice") if word in told] == []


def test_drift_is_held_against_a_run(qa: TestClient) -> None:
    """The baseline that ships has 127 conversations."""
    assert qa.get("/v1/quality/drift?against=baseline").json()["before"]["packets"] == 127


def look(assist: Assist, tenant: str) -> None:
    """Check every packet, as a process of its own does it."""

    async def work() -> None:
        other = build(assist._settings)  # noqa: SLF001 -- another process has the same settings
        await Watch(other, share=1.0).round(tenant, since=datetime(2020, 1, 1, tzinfo=UTC), again=True)
        await other.close()

    asyncio.run(work())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("drift?from=soon", "give a date such as 2026-11-01"),
        ("drift?from=2026-11-20&to=2026-11-01", "let it end later"),
        ("bias?least=1", "least"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_that_says_what_to_do(qa: TestClient, query: str, said: str) -> None:
    """A 422 with the value."""
    refused = qa.get(f"/v1/quality/{query}")
    assert refused.status_code == 422
    assert said in refused.json()["detail"]


def test_promotions_are_listed_newest_first_and_tampering_is_told(qa: TestClient, assist: Assist) -> None:
    """Whoever changes the record is noticed."""
    file = assist.data_dir / RECORD
    about = {
        "action": "promoted",
        "by": "Ada",
        "note": "",
        "before": "a",
        "after": "b",
        "log": None,
        "log_sha256": None,
    }
    assert qa.get("/v1/quality/promotions").json() == {"items": [], "next_cursor": None}
    recorded(file, name="first", **about)
    recorded(file, name="second", **about)
    assert [each["name"] for each in qa.get("/v1/quality/promotions").json()["items"]] == ["second", "first"]
    file.write_text(file.read_text("utf-8").replace("Ada", "Eve"), encoding="utf-8")
    refused = qa.get("/v1/quality/promotions")
    assert refused.status_code == 422
    assert "not as it was written" in refused.json()["detail"]
    Path(file).unlink()


def test_quality_is_for_qa_and_administrators(qa: TestClient) -> None:
    """An agent's or bot's key is refused, and the message names the roles."""
    key_of = KeyMaker(qa)
    refused = qa.get("/v1/quality/runs", headers=key_of("agent"))
    assert refused.status_code == 403
    assert "qa or admin" in refused.json()["detail"]
    assert qa.get("/v1/quality/drift", headers=key_of("bot")).status_code == 403
    assert qa.get("/v1/quality/runs", headers=key_of("qa")).status_code == 200
    assert qa.get("/v1/quality/runs", headers={"Authorization": ""}).status_code == 401


def test_another_tenants_key_sees_no_run(qa: TestClient, assist: Assist) -> None:
    """Runs hold conversations of this installation; the baseline, too, is not shown."""
    headers = key_for(assist, "foreign", AccessRole.QA)
    assert qa.get("/v1/quality/runs", headers=headers).json()["items"] == []
    assert qa.get("/v1/quality/runs/monday", headers=headers).status_code == 404
    assert qa.get("/v1/quality/drift?against=monday", headers=headers).status_code == 404
    assert qa.get("/v1/quality/drift", headers=headers).json()["now"]["packets"] == 0


def test_the_openapi_document_lists_the_calls(qa: TestClient) -> None:
    """What the page uses, a program may use too."""
    paths = qa.get("/openapi.json").json()["paths"]
    calls = ("runs", "runs/{name}", "runs/{name}/gate", "runs/{name}/report", "comparison", "drift", "bias", "course", "samples", "promotions")  # fmt: skip
    assert [call for call in calls if f"/v1/quality/{call}" not in paths] == []
