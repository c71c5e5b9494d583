"""A ConversationStore in memory."""

from collections.abc import Collection, Mapping

from assist.domain.transcript import RedactedTranscript
from assist.errors import Conflict, NotFound
from assist.store.joining import conversation_id_of, joined
from assist.store.text import storable, storable_value


class MemoryConversationStore:
    """Keeps whole conversations in a dictionary; nothing awaits, so that each call is a transaction."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], RedactedTranscript] = {}
        self._fired: dict[tuple[str, str], dict[str, int]] = {}

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

    async def note_fired(self, tenant: str, conversation_id: str, rules: Collection[str], *, turn: int) -> None:
        """Keep the newest turn at which each rule fired."""
        key = (tenant, storable(conversation_id))
        if key not in self._kept:
            message = f"conversation {conversation_id!r} has no turns yet"
            raise NotFound(message)
        known = self._fired.setdefault(key, {})
        known.update({rule: max(turn, known.get(rule, -1)) for rule in rules})

    async def fired(self, tenant: str, conversation_id: str) -> Mapping[str, int]:
        """Return the rules that fired."""
        return dict(self._fired.get((tenant, storable(conversation_id)), {}))
