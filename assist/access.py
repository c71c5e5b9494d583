"""Who may do what: keys, and one table of rights."""

import hashlib
import secrets
import time
from dataclasses import dataclass
from enum import StrEnum

from ulid import ULID

from assist.errors import Forbidden, Unauthenticated
from assist.ports import AccessRole, ApiKey, Clock, KeyStore

_PREFIX = "hk_"
_REMEMBERED_SECONDS = 30.0
_REMEMBERED_KEYS = 1_000


class Right(StrEnum):
    """A thing a caller may be allowed to do."""

    MAKE_HANDOFFS = "make_handoffs"
    READ_HANDOFFS = "read_handoffs"
    REMARK = "remark"
    SEARCH = "search"
    READ_ARTICLES = "read_articles"
    WRITE_ARTICLES = "write_articles"
    READ_METRICS = "read_metrics"
    MANAGE_KEYS = "manage_keys"
    MANAGE_POLICY = "manage_policy"
    READ_QUALITY = "read_quality"


# Deny by default: a right that is not listed for a role is not given.
RIGHTS: dict[AccessRole, frozenset[Right]] = {
    AccessRole.BOT: frozenset({Right.MAKE_HANDOFFS, Right.READ_HANDOFFS, Right.SEARCH}),
    AccessRole.AGENT: frozenset({Right.READ_HANDOFFS, Right.REMARK, Right.SEARCH, Right.READ_ARTICLES}),
    AccessRole.KNOWLEDGE: frozenset({Right.SEARCH, Right.READ_ARTICLES, Right.WRITE_ARTICLES}),
    AccessRole.QA: frozenset(
        {Right.READ_HANDOFFS, Right.SEARCH, Right.READ_ARTICLES, Right.READ_METRICS, Right.READ_QUALITY}
    ),
    AccessRole.ADMIN: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller, as its key says."""

    tenant: str
    role: AccessRole
    key_id: str

    def need(self, right: Right) -> None:
        """Raise Forbidden where the role does not have the right."""
        if right not in RIGHTS[self.role]:
            message = f"a key of role {self.role.value!r} may not {right.value.replace('_', ' ')}; use one of role {_holders(right)}"
            raise Forbidden(message)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key just made: `secret` is shown once and stored nowhere but with its owner."""

    key: ApiKey
    secret: str


class Access:
    """Makes keys and knows callers by them."""

    def __init__(self, keys: KeyStore, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        self._known: dict[str, tuple[float, Principal]] = {}

    async def make(self, *, tenant: str, role: AccessRole, name: str) -> NewKey:
        """Return a new key, committed."""
        secret = _PREFIX + secrets.token_urlsafe(32)
        key = ApiKey(id=f"key_{ULID()}", tenant=tenant, role=role, name=name, created_at=self._clock.now())
        await self._keys.add(key, _digest(secret))
        return NewKey(key, secret)

    async def principal(self, secret: str | None) -> Principal:
        """Return whose key this is; Unauthenticated where it is absent, unknown or revoked.

        A key seen in the last 30 seconds is not looked up again: so long may a revoked key still work elsewhere.
        """
        if not secret:
            message = "no key was sent; send the header Authorization: Bearer <key>"
            raise Unauthenticated(message)
        digest = _digest(secret)
        remembered = self._known.get(digest)
        if remembered and time.monotonic() - remembered[0] < _REMEMBERED_SECONDS:
            return remembered[1]
        key = await self._keys.find(digest)
        if key is None or key.revoked_at is not None:
            self._known.pop(digest, None)
            message = "the key is not known or was revoked; make one with: assist keys create"
            raise Unauthenticated(message)
        principal = Principal(tenant=key.tenant, role=key.role, key_id=key.id)
        if len(self._known) >= _REMEMBERED_KEYS:
            self._known.clear()
        self._known[digest] = (time.monotonic(), principal)
        return principal

    async def revoke(self, tenant: str, key_id: str) -> bool:
        """Revoke a key; False where the tenant has none of that id."""
        done = await self._keys.revoke(tenant, key_id, self._clock.now())
        self._known.clear()
        return done

    async def page(self, tenant: str, *, after: str | None = None, limit: int = 50) -> list[ApiKey]:
        """Return the tenant's keys, by id."""
        return list(await self._keys.page(tenant, after=after, limit=limit))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _holders(right: Right) -> str:
    return " or ".join(role.value for role in AccessRole if right in RIGHTS[role])
