"""What the QualityStore of either database keeps: observations of packets, and the numbers shown of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assist.ports import Gauge, Observation, QualityStore, Remark, Tally
from assist.store import SqlHandoffStore, SqlQualityStore
from tests.builders import masked
from tests.contracts.databases import Databases
from tests.contracts.packets import a_packet

NOW = a_packet().created_at
ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """Return the URL of the database under test; there is none in memory, since packets and remarks are joined."""
    return request.getfixturevalue(f"{request.param}_url")  # type: ignore[no-any-return]  # each fixture returns a text


@pytest.fixture
def packets(databases: Databases) -> SqlHandoffStore:
    """Return the store of packets beside it."""
    return SqlHandoffStore(databases.one)


@pytest.fixture
def quality(databases: Databases) -> QualityStore:
    """Return the store under test."""
    return SqlQualityStore(databases.two)


def noted(handoff_id: str, **more: object) -> Observation:
    """Return an observation of a packet's first revision."""
    return replace(Observation(handoff_id, NOW, 1, 0, checked=False, body={"intent": "refund"}), **more)  # type: ignore[arg-type]  # any field


def said(handoff_id: str, verdict: str) -> Remark:
    """Return feedback on a packet."""
    body = {"field": "summary.lines[0]", "verdict": verdict}
    return Remark(id=f"re_{verdict}", handoff_id=handoff_id, kind="feedback", by="key_1", at=NOW, body=body)


async def ids(quality: QualityStore, tenant: str = "acme", *, unchecked: bool = False, after: str = "") -> list[str]:
    """Return which packets have something to note."""
    found = await quality.unobserved(tenant, since=ALWAYS, after=after, unchecked=unchecked)
    return [each.stored.handoff_id for each in found]


async def test_a_packet_is_new_until_it_is_noted(packets: SqlHandoffStore, quality: QualityStore) -> None:
    """And again where it is revised, or an agent says something of it."""
    await packets.add("acme", a_packet("ho_01"), masked())
    await packets.add("acme", a_packet("ho_02"), masked())
    assert await ids(quality) == ["ho_01", "ho_02"]
    assert await ids(quality, after="ho_01") == ["ho_02"]
    await quality.observe("acme", [noted("ho_01"), noted("ho_02", checked=True)])
    assert await ids(quality) == []
    assert await ids(quality, unchecked=True) == ["ho_01"]
    await packets.revise("acme", a_packet("ho_01", revision=2))
    await packets.remark("acme", said("ho_02", "wrong"))
    first, second = await quality.unobserved("acme", since=ALWAYS)
    assert (first.stored.handoff_id, first.stored.revision, first.earlier) == ("ho_01", 2, noted("ho_01"))
    assert [remark.body["verdict"] for remark in second.remarks] == ["wrong"]
    assert second.made_at == NOW
    await quality.observe("acme", [noted("ho_01", revision=2), noted("ho_02", remarks=1)])
    assert await ids(quality) == []


async def test_old_packets_and_other_tenants_are_not_looked_at(packets: SqlHandoffStore, quality: QualityStore) -> None:
    """Each tenant has its own, and `since` bounds how far back the watch looks."""
    await packets.add("acme", a_packet("ho_01"), masked())
    await packets.add("other", a_packet("ho_02"), masked())
    assert await ids(quality, "other") == ["ho_02"]
    assert list(await quality.unobserved("acme", since=NOW + timedelta(seconds=1))) == []
    assert list(await quality.tenants()) == ["acme", "other"]


async def test_observations_are_found_by_time(packets: SqlHandoffStore, quality: QualityStore) -> None:
    """From the beginning on, before the end, oldest first; checked ones alone where those are asked for."""
    made = [("ho_01", NOW), ("ho_02", NOW + timedelta(hours=1)), ("ho_03", NOW + timedelta(hours=2))]
    for handoff_id, at in made:
        await packets.add("acme", a_packet(handoff_id, created_at=at), masked())
    await quality.observe("acme", [noted(each, made_at=at, checked=each == "ho_02") for each, at in reversed(made)])
    found = await quality.observations("acme", since=NOW, until=NOW + timedelta(hours=2))
    assert [each.handoff_id for each in found] == ["ho_01", "ho_02"]
    assert found[0] == noted("ho_01")
    only = await quality.observations("acme", since=NOW, until=NOW + timedelta(days=1), checked=True)
    assert [each.handoff_id for each in only] == ["ho_02"]
    assert await quality.tally("acme") == Tally(3, 1)
    assert await quality.tally("other") == Tally(0, 0)


async def test_an_observation_of_no_packet_is_dropped(packets: SqlHandoffStore, quality: QualityStore) -> None:
    """A packet deleted meanwhile, or one of another tenant, leaves no row behind."""
    await packets.add("other", a_packet("ho_01"), masked())
    await quality.observe("acme", [noted("ho_01"), noted("ho_99")])
    assert await quality.tally("acme") == Tally(0, 0)


async def test_numbers_replace_earlier_ones_of_the_tenant_alone(quality: QualityStore) -> None:
    """An alert that is over is gone; another tenant's stays."""
    await quality.show("acme", [Gauge("alert", 1.0, {"measure": "intent_mix"}), Gauge("sampled", 3.0)])
    await quality.show("other", [Gauge("sampled", 9.0)])
    await quality.show("acme", [Gauge("alert", 0.0, {"measure": "intent_mix"})])
    assert await quality.shown("acme") == {"acme": [Gauge("alert", 0.0, {"measure": "intent_mix"})]}
    assert set(await quality.shown(None)) == {"acme", "other"}
