"""Rules that change while the service runs."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assist.api.app import create_app
from assist.settings import Settings
from assist.wiring import build
from tests.conftest import KeyMaker

BAKERY = """name: bakery
title: Bakery
intents: [{label: cake, name: Cake, utterances: [a cake, cakes please, I want a cake, bake me a cake]}]
escalation:
 - {name: crumbs, when: keywords, reason: no_progress, words: [crumbs], cool_down: 2}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the bakery's file."""
    path = tmp_path / "domains" / "bakery" / "domain.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(BAKERY, encoding="utf-8")
    return path


@pytest.fixture
def bakery(file: Path, tmp_path: Path) -> Iterator[TestClient]:
    """Return a client of a service that knows the bakery."""
    made = build(Settings(data_dir=tmp_path / "data", domains_dir=file.parent.parent, _env_file=None))
    asyncio.run(made.migrate())
    asyncio.run(made.ensure_local_key())
    asyncio.run(made.close())
    with TestClient(create_app(made), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000)) as client:
        client.headers["Authorization"] = f"Bearer {made.local_key}"
        yield client


def fires(client: TestClient, text: str, conversation: str) -> list[str]:
    """Return the rules that fire when a customer says this."""
    body = {"domain": "bakery", "turns": [{"role": "customer", "text": text}]}
    answer = client.post(f"/v1/conversations/{conversation}/turns", json=body).json()
    return [trigger["rule"] for trigger in answer["triggers"]]


def test_new_rules_hold_at_once_and_broken_ones_never(bakery: TestClient, file: Path) -> None:
    """A good file replaces the rules; a broken one is refused with file, line and hint, and so is one that needs a restart."""
    assert fires(bakery, "Only crumbs!", "c-1") == ["crumbs"]
    assert fires(bakery, "Only crumbs!", "c-1") == []  # it cools down
    file.write_text(BAKERY.replace("[crumbs]", "[stale]"), encoding="utf-8")
    assert "bakery" in bakery.post("/v1/policy/reload").json()["domains"]
    assert (fires(bakery, "Crumbs!", "c-2"), fires(bakery, "Stale!", "c-2")) == ([], ["crumbs"])
    for broken, said in (
        (BAKERY.replace("keywords", "keyword"), "line 5, at escalation.0.when"),
        (BAKERY.replace("bake me a cake", "any cake"), "restart the service"),
    ):
        file.write_text(broken, encoding="utf-8")
        refused = bakery.post("/v1/policy/reload")
        assert refused.status_code == 422
        assert said in refused.json()["detail"]
        assert "the running policy stays" in refused.json()["detail"]
    assert fires(bakery, "Stale!", "c-3") == ["crumbs"]


def test_only_an_administrator_reloads_the_policy(client: TestClient, key_of: KeyMaker) -> None:
    """An agent's key is not enough."""
    assert client.post("/v1/policy/reload", headers=key_of("agent")).status_code == 403
