"""Quality watched while the service runs: packets noted and checked, and what operators see of it."""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assist.api.app import create_app
from assist.settings import Settings
from assist.wiring import Assist, build
from evals.watching.watch import Round, Watch
from tests.builders import a_complaint

LEVELS = re.compile(r"^assist_quality_(\w+)\{([^}]*)\} (\S+)$", re.MULTILINE)


@pytest.fixture
def assist(tmp_path: Path) -> Assist:
    """Return a service of its own, without articles."""
    made = build(Settings(data_dir=tmp_path, sample_share=1.0, _env_file=None))

    async def prepare() -> None:
        await made.migrate()
        await made.ensure_local_key()
        await made.close()

    asyncio.run(prepare())
    return made


@pytest.fixture
def client(assist: Assist) -> Iterator[TestClient]:
    """Return a client with the local key."""
    with TestClient(create_app(assist), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as made:
        made.headers["Authorization"] = f"Bearer {assist.local_key}"
        yield made


def looked(assist: Assist) -> Round:
    """Return what one look at the database did, as a process of its own does it."""

    async def look() -> Round:
        other = build(assist._settings)  # noqa: SLF001 -- another process has the same settings
        try:
            watch = Watch(other)
            found = await watch.round(other.tenant)
            await watch.tell(other.tenant)
            return found
        finally:
            await other.close()

    return asyncio.run(look())


def levels(client: TestClient) -> dict[str, float]:
    """Return the numbers about quality that operators see, by name and first own label."""
    found = {}
    for name, labels, value in LEVELS.findall(client.get("/metrics").text):
        own = [each.split("=")[1].strip('"') for each in labels.split(",") if not each.startswith("tenant=")]
        found[" ".join([name, *own])] = float(value)
    return found


def test_packets_are_noted_once_and_again_when_an_agent_speaks(client: TestClient, assist: Assist) -> None:
    """Each is checked where the share is 1; an edit brings its distance, and the checks are not made twice."""
    packet = client.post("/v1/handoffs", json=a_complaint()).json()
    assert looked(assist) == Round(1, 1)
    assert looked(assist) == Round(0, 0)
    told = {"field": "summary.lines[0]", "verdict": "edited", "value": "Something else entirely."}
    assert client.post(f"/v1/handoffs/{packet['id']}/feedback", json=told).status_code == 201
    assert looked(assist) == Round(1, 1)
    found = levels(client)
    assert found["observed_total"] == found["sampled_total"] == 1
    assert 0 < found["value edit_distance current"] <= 1
    assert found["enough_data edit_distance"] == 0
    assert found["alert edit_distance"] == 0


def test_one_danger_raises_an_alert_and_no_word_of_the_customer_is_shown(client: TestClient, assist: Assist) -> None:
    """A packet whose summary says what nobody said: the operator sees which check, and no text."""
    packet = client.post("/v1/handoffs", json=a_complaint()).json()
    packet["revision"] = 2
    packet["summary"]["lines"][0]["text"] = "The customer paid 9999.99 dollars."
    from assist.domain.packet import HandoffPacket
    from assist.store import Database, SqlHandoffStore

    async def revise() -> None:
        database = Database(assist._settings.resolved_database_url)  # noqa: SLF001 -- as a model's revision comes to be
        await SqlHandoffStore(database).revise(assist.tenant, HandoffPacket.model_validate(packet))
        await database.close()

    asyncio.run(revise())
    looked(assist)
    found = levels(client)
    assert found["alert invented_amount"] == found["faults invented_amount"] == 1
    assert found["alert leaked_secret"] == 0
    text = client.get("/metrics").text
    assert [word for word in ("9999.99", "W4410973", "ada@example.com", packet["id"]) if word in text] == []


def test_the_service_watches_by_itself(tmp_path: Path) -> None:
    """A packet is noted and checked in the background, without any command."""
    made = build(Settings(data_dir=tmp_path, sample_share=1.0, watch_seconds=1.0, _env_file=None))

    async def prepare() -> None:
        await made.migrate()
        await made.ensure_local_key()
        await made.close()

    asyncio.run(prepare())
    with TestClient(create_app(made), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as client:
        client.headers["Authorization"] = f"Bearer {made.local_key}"
        client.post("/v1/handoffs", json=a_complaint())
        for _ in range(600):
            if levels(client).get("sampled_total") == 1:
                break
            time.sleep(0.1)
        found = levels(client)
    assert found["sampled_total"] == 1
    assert found["checked_timestamp_seconds"] > 0
    assert found["alert leaked_secret"] == 0


def test_from_elsewhere_a_key_shows_its_own_tenant_alone(client: TestClient, assist: Assist) -> None:
    """Numbers of other tenants are none of its business; on this machine all are shown."""
    client.post("/v1/handoffs", json=a_complaint())
    looked(assist)

    async def foreign() -> str:
        from assist.ports import AccessRole

        other = build(assist._settings)  # noqa: SLF001 -- another process has the same settings
        made = await other.access.make(tenant="other", role=AccessRole.QA, name="other's QA")
        await other.close()
        return made.secret

    secret = asyncio.run(foreign())
    shown = client.get("/metrics", headers={"Authorization": f"Bearer {secret}", "X-Forwarded-For": "203.0.113.7"}).text
    assert "assist_requests_total" in shown
    assert "assist_quality_" not in shown
    assert 'tenant="local"' in client.get("/metrics").text


def test_the_commands_tell_what_moved(client: TestClient, tmp_path: Path) -> None:
    """`watch --once`, `drift` and `bias` work beside a running service, and JSON is for programs."""
    client.post("/v1/handoffs", json=a_complaint())

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {"ASSIST_DATA_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-m", "assist", "evals", *words]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    done = ran("watch", "--once", "--share", "1")
    assert done.stdout == "local: 1 packets noted, 1 of them checked.\n", done.stderr
    drift = ran("drift", "--json")
    assert {each["state"] for each in json.loads(drift.stdout)["shifts"]} == {"not enough data", "steady"}
    told = ran("drift")
    assert "too few packets to say anything of them" in told.stdout
    assert "Too small to judge" in ran("bias").stdout
    wrong = ran("drift", "--from", "yesterday")
    assert wrong.returncode == 1
    assert "give a date such as 2026-11-01" in wrong.stderr


def test_an_extension_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message says which setting, and how to write it."""
    from assist.errors import SettingsInvalid

    made = build(Settings(data_dir=tmp_path, extensions="evals.nowhere:extend", _env_file=None))
    with pytest.raises(SettingsInvalid, match=r"ASSIST_EXTENSIONS names 'evals.nowhere:extend'.*module:function"):
        create_app(made)


def test_a_service_without_extensions_has_no_page(tmp_path: Path) -> None:
    """The API stands without the evaluation suite."""
    made = build(Settings(data_dir=tmp_path, extensions="", _env_file=None))
    assert not [route for route in create_app(made).routes if "quality" in getattr(route, "path", "")]
