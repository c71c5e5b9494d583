"""A KeyStore in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from assist.errors import Conflict
from assist.ports import ApiKey


class MemoryKeyStore:
    """Keeps keys in a dictionary by digest."""

    def __init__(self) -> None:
        self._kept: dict[str, ApiKey] = {}

    async def add(self, key: ApiKey, digest: str) -> None:
        """Keep a key."""
        if digest in self._kept or any((k.tenant, k.id) == (key.tenant, key.id) for k in self._kept.values()):
            message = f"the key {key.id!r} is already stored"
            raise Conflict(message)
        self._kept[digest] = key

    async def find(self, digest: str) -> ApiKey | None:
        """Return the key of that digest."""
        return self._kept.get(digest)

    async def page(self, tenant: str, *, after: str | None = None, limit: int = 50) -> Sequence[ApiKey]:
        """Return keys with id > after, by id."""
        own = [key for key in self._kept.values() if key.tenant == tenant and key.id > (after or "")]
        return sorted(own, key=lambda key: key.id)[:limit]

    async def revoke(self, tenant: str, key_id: str, at: datetime) -> bool:
        """Revoke a key; the first time counts."""
        for digest, key in self._kept.items():
            if (key.tenant, key.id) == (tenant, key_id):
                self._kept[digest] = replace(key, revoked_at=key.revoked_at or at)
                return True
        return False

    async def count(self) -> int:
        """Return how many keys are not revoked."""
        return sum(key.revoked_at is None for key in self._kept.values())
