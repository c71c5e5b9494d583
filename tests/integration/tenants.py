"""Tenants of their own on the one service that tests share, so that counts are exact without a service for each test."""

import asyncio

from assist.ports import AccessRole
from assist.wiring import Assist, build


def key_for(assist: Assist, tenant: str, role: AccessRole = AccessRole.ADMIN) -> dict[str, str]:
    """Return the headers of a new key of this tenant, made as another process makes it."""

    async def make() -> str:
        other = build(assist._settings)  # noqa: SLF001 -- another process has the same settings
        try:
            return (await other.access.make(tenant=tenant, role=role, name="test")).secret
        finally:
            await other.close()

    return {"Authorization": f"Bearer {asyncio.run(make())}"}
