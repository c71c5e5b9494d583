"""For administrators: who may call."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from assist.api.bodies import documented, read_body
from assist.api.dependencies import Cursor, KeyManager, Limit, Service
from assist.api.problems import RESPONSES
from assist.errors import NotFound
from assist.ports import AccessRole, ApiKey

router = APIRouter(prefix="/v1/keys", tags=["keys"], responses=RESPONSES)


class KeyIn(BaseModel):
    """A key to make."""

    model_config = ConfigDict(extra="forbid")

    role: AccessRole
    name: str = Field(min_length=1, max_length=200, examples=["agent desktop, Leeds"])


class KeyOut(BaseModel):
    """A key as it can be shown: never its secret."""

    id: str
    role: AccessRole
    name: str
    created_at: datetime
    revoked_at: datetime | None


class NewKeyOut(KeyOut):
    """A key just made; `secret` is shown this once."""

    secret: str


class KeyPage(BaseModel):
    """A page of keys, by id; `next_cursor` is null on the last page."""

    items: list[KeyOut]
    next_cursor: str | None


@router.post("", status_code=201, openapi_extra=documented(KeyIn))
async def make_key(request: Request, assist: Service, caller: KeyManager) -> NewKeyOut:
    """Make a key for this tenant; the secret is shown once and stored only as a hash."""
    body = await read_body(request, KeyIn)
    made = await assist.access.make(tenant=caller.tenant, role=body.role, name=body.name)
    return NewKeyOut(**_shown(made.key).model_dump(), secret=made.secret)


@router.get("")
async def list_keys(assist: Service, caller: KeyManager, cursor: Cursor = None, limit: Limit = 50) -> KeyPage:
    """List the tenant's keys."""
    found = await assist.access.page(caller.tenant, after=cursor, limit=limit + 1)
    more = len(found) > limit
    return KeyPage(items=[_shown(key) for key in found[:limit]], next_cursor=found[limit - 1].id if more else None)


@router.delete("/{key_id}", status_code=204)
async def revoke_key(key_id: Annotated[str, Path(max_length=100)], assist: Service, caller: KeyManager) -> Response:
    """Revoke a key; other processes may honour it for half a minute more."""
    if not await assist.access.revoke(caller.tenant, key_id):
        message = f"key {key_id!r} does not exist; GET /v1/keys lists what does"
        raise NotFound(message)
    return Response(status_code=204)


def _shown(key: ApiKey) -> KeyOut:
    return KeyOut(id=key.id, role=key.role, name=key.name, created_at=key.created_at, revoked_at=key.revoked_at)
