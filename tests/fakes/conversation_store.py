"""A ConversationStore in memory."""

from assist.domain.transcript import RedactedTranscript
from assist.errors import Conflict
from assist.store.joining import conversation_id_of, joined
from assist.store.text import storable, storable_value


class MemoryConversationStore:
    """Keeps whole conversations in a dictionary; nothing awaits, so that each call is a transaction."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], RedactedTranscript] = {}

    async def append(self, tenant: str, addition: RedactedTranscript, *, expected: int) -> RedactedTranscript:
        """Keep the turns where `expected` are there."""
        addition = storable_value(addition)
        key = (tenant, conversation_id_of(addition))
        before = self._kept.get(key)
        if (len(before.turns) if before else 0) != expected:
            message = f"conversation {key[1]!r} no longer has {expected} turns"
            raise Conflict(message)
        self._kept[key] = joined(before, addition)
        return self._kept[key]

    async def get(self, tenant: str, conversation_id: str) -> RedactedTranscript | None:
        """Return the whole conversation."""
        return self._kept.get((tenant, storable(conversation_id)))
