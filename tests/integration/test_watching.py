"""Quality watched while the service runs: packets noted and checked, and what operators see of it."""

import asyncio
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assist.api.app import create_app
from assist.domain.packet import HandoffPacket
from assist.ports import AccessRole
from assist.settings import Settings
from assist.store import Database, SqlHandoffStore
from assist.wiring import Assist, build
from evals.site import extend
from evals.watching.watch import Round, Watch
from tests.builders import a_complaint
from tests.integration.tenants import key_for
from tests.unit.evals.watching.packets import conversation, of_conversation

LEVELS = re.compile(r"^assist_quality_(\w+)\{([^}]*)\} (\S+)$", re.MULTILINE)


def looked(assist: Assist, tenant: str) -> Round:
    """Return what one look at the database did, as a process of its own does it."""

    async def look() -> Round:
        other = build(assist._settings)  # noqa: SLF001 -- another process has the same settings
        try:
            watch = Watch(other, share=1.0)
            found = await watch.round(tenant)
            await watch.tell(tenant)
            return found
        finally:
            await other.close()

    return asyncio.run(look())


def levels(client: TestClient, tenant: str) -> dict[str, float]:
    """Return the numbers about a tenant's quality that operators see, by name and own labels."""
    found = {}
    for name, labels, value in LEVELS.findall(client.get("/metrics").text):
        told = [each.split("=")[1].strip('"') for each in labels.split(",")]
        if tenant in told:
            found[" ".join([name, *(each for each in told if each != tenant)])] = float(value)
    return found


def test_packets_are_noted_once_and_again_when_an_agent_speaks(client: TestClient, assist: Assist) -> None:
    """Each is checked where the share is 1; an edit brings its distance, and the checks are not made twice."""
    mine = key_for(assist, "edits")
    packet = client.post("/v1/handoffs", json=a_complaint(), headers=mine).json()
    assert looked(assist, "edits") == Round(1, 1)
    assert looked(assist, "edits") == Round(0, 0)
    told = {"field": "summary.lines[0]", "verdict": "edited", "value": "Something else entirely."}
    assert client.post(f"/v1/handoffs/{packet['id']}/feedback", json=told, headers=mine).status_code == 201
    assert looked(assist, "edits") == Round(1, 1)
    found = levels(client, "edits")
    assert found["observed_total"] == found["sampled_total"] == 1
    assert 0 < found["value edit_distance current"] <= 1
    assert found["enough_data edit_distance"] == 0
    assert found["alert edit_distance"] == 0


def test_one_danger_raises_an_alert_and_no_word_of_the_customer_is_shown(client: TestClient, assist: Assist) -> None:
    """A packet whose summary says what nobody said: the operator sees which check, and no text."""
    packet = client.post("/v1/handoffs", json=a_complaint(), headers=key_for(assist, "danger")).json()
    packet["revision"] = 2
    packet["summary"]["lines"][0]["text"] = "The customer paid 9999.99 dollars."

    async def revise() -> None:
        database = Database(assist._settings.resolved_database_url)  # noqa: SLF001 -- as a model's revision comes to be
        await SqlHandoffStore(database).revise("danger", HandoffPacket.model_validate(packet))
        await database.close()

    asyncio.run(revise())
    looked(assist, "danger")
    found = levels(client, "danger")
    assert found["alert invented_amount"] == found["faults invented_amount"] == 1
    assert found["alert leaked_secret"] == 0
    text = "\n".join(line for line in client.get("/metrics").text.splitlines() if "assist_quality" in line)
    assert [word for word in ("9999.99", "W4410973", "ada@example.com", packet["id"]) if word in text] == []


async def test_the_service_watches_by_itself(tmp_path: Path) -> None:
    """A packet is noted and checked in the background, without any command, and operators see it."""
    made = build(Settings(data_dir=tmp_path, sample_share=1.0, watch_seconds=1.0, _env_file=None))
    await made.migrate()
    database = Database(made._settings.resolved_database_url)  # noqa: SLF001 -- a packet without the models that make one
    now = datetime.now(UTC)
    await SqlHandoffStore(database).add("local", of_conversation(created_at=now), conversation())
    async with extend(FastAPI(), made)():
        for _ in range(600):
            if await made.quality.shown("local"):
                break
            await asyncio.sleep(0.1)
        shown = {gauge.name: gauge.value for gauge in (await made.quality.shown("local"))["local"]}
        assert shown["sampled"] == 1
    await database.close()
    await made.close()


def test_from_elsewhere_a_key_shows_its_own_tenant_alone(client: TestClient, assist: Assist) -> None:
    """Numbers of other tenants are none of its business; on this machine all are shown."""
    client.post("/v1/handoffs", json=a_complaint(), headers=key_for(assist, "owner"))
    looked(assist, "owner")
    outside = key_for(assist, "stranger", AccessRole.QA) | {"X-Forwarded-For": "203.0.113.7"}
    shown = client.get("/metrics", headers=outside).text
    assert "assist_requests_total" in shown
    assert "assist_quality_" not in shown
    assert levels(client, "owner")["sampled_total"] == 1


def test_the_commands_tell_what_moved(client: TestClient, assist: Assist, data_dir: Path) -> None:
    """`watch --once`, `drift` and `bias` work beside a running service, and JSON is for programs."""
    client.post("/v1/handoffs", json=a_complaint(), headers=key_for(assist, "told"))

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        environment = {"ASSIST_DATA_DIR": str(data_dir), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-m", "assist", "evals", *words, "--tenant", "told"]
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)

    done = ran("watch", "--once", "--share", "1")
    assert done.stdout == "told: 1 packets noted, 1 of them checked.\n", done.stderr
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
