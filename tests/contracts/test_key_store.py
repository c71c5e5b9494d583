"""What every KeyStore keeps: keys by the hash of their secret."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assist.errors import Conflict
from assist.ports import AccessRole, ApiKey, KeyStore
from assist.store import SqlKeyStore
from tests.contracts.databases import Databases
from tests.fakes.key_store import MemoryKeyStore

MADE = datetime(2026, 11, 20, 12, 0, 0, 1, tzinfo=UTC)


@pytest.fixture
def store(databases: Databases | None) -> KeyStore:
    """Return the store under test."""
    return MemoryKeyStore() if databases is None else SqlKeyStore(databases.one)


def a_key(key_id: str = "key_1", *, tenant: str = "acme", role: AccessRole = AccessRole.BOT) -> ApiKey:
    """Return a key."""
    return ApiKey(id=key_id, tenant=tenant, role=role, name="Förderband 🤖", created_at=MADE)


@pytest.mark.parametrize("role", list(AccessRole))
async def test_a_key_is_found_by_its_digest(store: KeyStore, role: AccessRole) -> None:
    """It comes back as it was stored, of any role."""
    await store.add(a_key(role=role), "digest")
    assert await store.find("digest") == a_key(role=role)


async def test_an_unknown_digest_finds_nothing(store: KeyStore) -> None:
    """No key is an answer of its own."""
    await store.add(a_key(), "digest")
    assert await store.find("other") is None
    assert await store.find("") is None


@pytest.mark.parametrize(("key_id", "digest"), [("key_1", "other"), ("key_2", "digest")], ids=["id", "digest"])
async def test_a_key_is_stored_once(store: KeyStore, key_id: str, digest: str) -> None:
    """The same id, or the same secret, is a conflict."""
    await store.add(a_key(), "digest")
    with pytest.raises(Conflict, match=key_id):
        await store.add(a_key(key_id), digest)
    assert await store.count() == 1


async def test_a_secret_belongs_to_one_tenant(store: KeyStore) -> None:
    """By the secret alone the tenant is found, so that no two tenants share one; ids they may share."""
    await store.add(a_key(), "digest")
    with pytest.raises(Conflict):
        await store.add(a_key("key_9", tenant="other"), "digest")
    await store.add(a_key(tenant="other"), "digest-2")
    assert await store.find("digest") == a_key()


async def test_keys_are_listed_by_id_page_by_page(store: KeyStore) -> None:
    """A page begins after an id and holds one tenant's keys."""
    for number in (3, 1, 2):
        await store.add(a_key(f"key_{number}"), f"digest-{number}")
    await store.add(a_key("key_0", tenant="other"), "digest-0")
    assert [key.id for key in await store.page("acme", limit=2)] == ["key_1", "key_2"]
    assert [key.id for key in await store.page("acme", after="key_2", limit=2)] == ["key_3"]
    assert list(await store.page("nobody")) == []


async def test_ids_are_ordered_by_code_point(store: KeyStore) -> None:
    """No language of the server changes the order of pages."""
    for key_id in ("b", "A", "a", "_", "B", "ä"):
        await store.add(a_key(key_id), f"digest-{key_id}")
    assert [key.id for key in await store.page("acme")] == ["A", "B", "_", "a", "b", "ä"]


async def test_a_revoked_key_is_found_with_its_time(store: KeyStore) -> None:
    """It stays, so that its use can be told from a key that never was."""
    await store.add(a_key(), "digest")
    assert await store.revoke("acme", "key_1", MADE + timedelta(days=1))
    assert await store.find("digest") == replace(a_key(), revoked_at=MADE + timedelta(days=1))


async def test_a_key_is_revoked_at_its_first_time(store: KeyStore) -> None:
    """Revoking again changes nothing and is no error."""
    await store.add(a_key(), "digest")
    await store.revoke("acme", "key_1", MADE)
    assert await store.revoke("acme", "key_1", MADE + timedelta(days=1))
    found = await store.find("digest")
    assert found is not None
    assert found.revoked_at == MADE


async def test_only_a_tenants_own_key_is_revoked(store: KeyStore) -> None:
    """A key that is not there, or is another tenant's, is not revoked."""
    await store.add(a_key(), "digest")
    assert not await store.revoke("other", "key_1", MADE)
    assert not await store.revoke("acme", "key_9", MADE)
    assert await store.find("digest") == a_key()


async def test_keys_in_use_are_counted_over_all_tenants(store: KeyStore) -> None:
    """Revoked ones do not count."""
    assert await store.count() == 0
    await store.add(a_key("key_1"), "digest-1")
    await store.add(a_key("key_2", tenant="other"), "digest-2")
    await store.revoke("acme", "key_1", MADE)
    assert await store.count() == 1
