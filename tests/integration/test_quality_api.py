"""The part of the API behind the page for QA."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assist.api.app import create_app
from assist.settings import Settings
from assist.wiring import Assist, build
from evals.gates import shipped
from evals.promotion import RECORD, recorded
from tests.builders import a_complaint
from tests.conftest import KeyMaker


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Assist:
    """Return a service of its own, without articles, that checks every packet."""
    made = build(Settings(data_dir=tmp_path_factory.mktemp("quality"), sample_share=1.0, _env_file=None))

    async def prepare() -> None:
        await made.migrate()
        await made.ensure_local_key()
        await made.close()

    asyncio.run(prepare())
    return made


@pytest.fixture(scope="module")
def qa(quiet: Assist) -> Iterator[TestClient]:
    """Return a client with the local key, beside a run of its own."""
    folder = quiet.evals_dir
    folder.mkdir(parents=True)
    shutil.copy(shipped("baseline.jsonl.gz"), folder / "monday.jsonl.gz")
    (folder / "notes.jsonl").write_text('{"case_id": "no log"}\n', encoding="utf-8")
    with TestClient(create_app(quiet), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as made:
        made.headers["Authorization"] = f"Bearer {quiet.local_key}"
        yield made


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


def test_drift_groups_course_and_samples_follow_the_packets(qa: TestClient) -> None:
    """A packet is counted as soon as it is there, against dates or a run; no word of it is in any answer."""
    packet = qa.post("/v1/handoffs", json=a_complaint()).json()
    drift = qa.get("/v1/quality/drift").json()
    assert (drift["now"]["packets"], drift["now"]["checked"]) == (1, 1)
    assert not any(shift["alert"] for shift in drift["shifts"])
    against = qa.get("/v1/quality/drift?against=baseline").json()
    assert against["before"]["packets"] == 127
    bias = qa.get("/v1/quality/bias?least=5").json()
    assert [group["packets"] for group in bias["groups"]] == [1, 1, 1]
    course = qa.get("/v1/quality/course").json()
    assert [point["value"] for point in course["packets"]] == [1.0]
    samples = qa.get("/v1/quality/samples").json()
    assert [each["handoff_id"] for each in samples["items"]] == [packet["id"]]
    told = json.dumps([drift, bias, course, samples])
    assert [word for word in ("W4410973", "ada@example.com", "charged twice") if word in told] == []


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


def test_promotions_are_listed_newest_first_and_tampering_is_told(qa: TestClient, quiet: Assist) -> None:
    """Whoever changes the record is noticed."""
    file = quiet.data_dir / RECORD
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


def test_another_tenants_key_sees_no_run(qa: TestClient, quiet: Assist) -> None:
    """Runs hold conversations of this installation; the baseline, too, is not shown."""

    async def foreign() -> str:
        from assist.ports import AccessRole

        other = build(quiet._settings)  # noqa: SLF001 -- another process has the same settings
        made = await other.access.make(tenant="other", role=AccessRole.QA, name="other's QA")
        await other.close()
        return made.secret

    headers = {"Authorization": f"Bearer {asyncio.run(foreign())}"}
    assert qa.get("/v1/quality/runs", headers=headers).json()["items"] == []
    assert qa.get("/v1/quality/runs/monday", headers=headers).status_code == 404
    assert qa.get("/v1/quality/drift?against=monday", headers=headers).status_code == 404
    assert qa.get("/v1/quality/drift", headers=headers).json()["now"]["packets"] == 0


def test_the_openapi_document_lists_the_calls(qa: TestClient) -> None:
    """What the page uses, a program may use too."""
    paths = qa.get("/openapi.json").json()["paths"]
    calls = ("runs", "runs/{name}", "runs/{name}/gate", "runs/{name}/report", "comparison", "drift", "bias", "course", "samples", "promotions")  # fmt: skip
    assert [call for call in calls if f"/v1/quality/{call}" not in paths] == []
