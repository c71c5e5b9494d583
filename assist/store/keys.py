"""API keys in SQL, by the hash of their secret."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assist.errors import Conflict
from assist.ports import AccessRole, ApiKey
from assist.store.cursor import at_least_one
from assist.store.engine import Database
from assist.store.lookup import Lookup, Row
from assist.store.tables import api_keys

_KEY = select(
    api_keys.c.id, api_keys.c.tenant, api_keys.c.role, api_keys.c.name, api_keys.c.created_at, api_keys.c.revoked_at
)
_FOUND = Lookup(_KEY.where(api_keys.c.digest == bindparam("digest")))
_PAGE = Lookup(
    _KEY.where(api_keys.c.tenant == bindparam("tenant"), api_keys.c.id > bindparam("after"))
    .order_by(api_keys.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_COUNT = Lookup(select(func.count()).select_from(api_keys).where(api_keys.c.revoked_at.is_(None)))


class SqlKeyStore:
    """The KeyStore of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, key: ApiKey, digest: str) -> None:
        """Commit a key; Conflict where its id or its secret is taken."""
        row = {
            "tenant": key.tenant,
            "id": key.id,
            "digest": digest,
            "role": key.role.value,
            "name": key.name,
            "created_at": key.created_at,
            "revoked_at": key.revoked_at,
        }
        try:
            async with self._database.transaction() as work:
                await work.execute(insert(api_keys), row)
        except IntegrityError as exc:
            message = f"the key {key.id!r}, or one with the same secret, is already stored; make another"
            raise Conflict(message) from exc

    async def find(self, digest: str) -> ApiKey | None:
        """Return the key of that digest, revoked ones too."""
        rows = await self._database.read(_FOUND, digest=digest)
        return _key(rows[0]) if rows else None

    async def page(self, tenant: str, *, after: str | None = None, limit: int = 50) -> Sequence[ApiKey]:
        """Return the tenant's keys with id > after, by id."""
        rows = await self._database.read(_PAGE, tenant=tenant, after=after or "", limit=at_least_one(limit))
        return [_key(row) for row in rows]

    async def revoke(self, tenant: str, key_id: str, at: datetime) -> bool:
        """Revoke a key; one that was revoked before keeps its first time."""
        async with self._database.transaction() as work:
            changed = await work.execute(
                update(api_keys)
                .where(api_keys.c.tenant == tenant, api_keys.c.id == key_id)
                .values(revoked_at=func.coalesce(api_keys.c.revoked_at, at))
            )
        return changed.rowcount == 1

    async def count(self) -> int:
        """Return how many keys that are not revoked exist, over all tenants."""
        ((number,),) = await self._database.read(_COUNT)
        return int(number)


def _key(row: Row) -> ApiKey:
    key_id, tenant, role, name, created_at, revoked_at = row
    return ApiKey(
        id=key_id, tenant=tenant, role=AccessRole(role), name=name, created_at=created_at, revoked_at=revoked_at
    )
