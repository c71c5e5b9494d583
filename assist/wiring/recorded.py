"""Conversations that the service stored, for trying another configuration on them."""

import asyncio

from assist.domain.transcript import Transcript
from assist.settings import Settings
from assist.store import Database, SqlHandoffStore, check_schema

_PAGE = 100


def stored_transcripts(*, tenant: str | None = None, limit: int = 200) -> list[Transcript]:
    """Return the masked transcripts of a tenant's newest handoffs, one a conversation, newest first. Blocking.

    The tenant of the local key if None. StoreUnavailable where the database cannot be read.
    """
    settings = Settings.read()
    return asyncio.run(_stored(settings, tenant or settings.tenant, limit))


async def _stored(settings: Settings, tenant: str, limit: int) -> list[Transcript]:
    database = Database(settings.resolved_database_url)
    try:
        await check_schema(database)
        handoffs = SqlHandoffStore(database)
        found: dict[str, Transcript] = {}
        cursor: str | None = None
        while len(found) < limit:
            page = await handoffs.page(tenant, cursor=cursor, limit=_PAGE)
            for stored in page.items:
                masked = await handoffs.transcript(tenant, stored.handoff_id)
                name = masked.transcript.conversation_id or stored.handoff_id
                if name not in found and len(found) < limit:
                    found[name] = masked.transcript.model_copy(update={"conversation_id": name})
            cursor = page.next_cursor
            if cursor is None:
                break
        return list(found.values())
    finally:
        await database.close()
