"""Running conversations in SQL: a row for each turn, so that an addition writes only what is new."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Integer, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from assist.domain.transcript import RedactedTranscript
from assist.errors import Conflict, NotFound
from assist.store.engine import Database
from assist.store.joining import conversation_id_of, joined
from assist.store.lookup import Lookup
from assist.store.tables import conversations, fired_rules, turns
from assist.store.text import storable_document, storable_json, storable_value

_HEAD = Lookup(
    select(conversations.c.turns, conversations.c.head, conversations.c.redactions).where(
        conversations.c.tenant == bindparam("tenant"), conversations.c.id == bindparam("conversation_id")
    )
)

# Turns are only ever added: those below the head's count are the ones it was written with, whatever came since.
_TURNS = Lookup(
    select(turns.c.body)
    .where(
        turns.c.tenant == bindparam("tenant"),
        turns.c.conversation_id == bindparam("conversation_id"),
        turns.c.number < bindparam("count", type_=Integer),
    )
    .order_by(turns.c.number)
)

_FIRED = Lookup(
    select(fired_rules.c.rule, fired_rules.c.turn).where(
        fired_rules.c.tenant == bindparam("tenant"), fired_rules.c.conversation_id == bindparam("conversation_id")
    )
)


class SqlConversationStore:
    """The ConversationStore of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, tenant: str, addition: RedactedTranscript, *, expected: int) -> RedactedTranscript:
        """Commit the turns where `expected` are there; the number of turns is the version that writers compare."""
        addition = storable_value(addition)
        conversation_id = conversation_id_of(addition)
        before = await self.get(tenant, conversation_id)
        if (len(before.turns) if before else 0) != expected:
            raise _conflict(conversation_id, expected)
        whole = joined(before, addition)
        try:
            async with self._database.transaction() as work:
                if not await _advanced(work, tenant, whole, expected=expected):
                    raise _conflict(conversation_id, expected)
                await work.execute(
                    insert(turns),
                    [
                        {
                            "tenant": tenant,
                            "conversation_id": conversation_id,
                            "number": expected + offset,
                            "body": storable_json(turn, only_set=True),
                        }
                        for offset, turn in enumerate(addition.turns)
                    ],
                )
        except IntegrityError as exc:  # another writer began the same conversation
            raise _conflict(conversation_id, expected) from exc
        return whole

    async def get(self, tenant: str, conversation_id: str) -> RedactedTranscript | None:
        """Return the whole conversation, as of one moment."""
        heads = await self._database.read(_HEAD, tenant=tenant, conversation_id=conversation_id)
        if not heads:
            return None
        count, head, redactions = heads[0]
        rows = await self._database.read(_TURNS, tenant=tenant, conversation_id=conversation_id, count=count)
        return _whole(head, redactions, [body for (body,) in rows])

    async def note_fired(self, tenant: str, conversation_id: str, rules: Collection[str], *, turn: int) -> None:
        """Commit that the rules fired; of two writers the later turn stays."""
        async with self._database.transaction() as work:
            await held_conversation(work, tenant, conversation_id)
            for rule in sorted(rules):
                mine = (
                    fired_rules.c.tenant == tenant,
                    fired_rules.c.conversation_id == conversation_id,
                    fired_rules.c.rule == rule,
                )
                at = await work.scalar(select(fired_rules.c.turn).where(*mine))
                if at is None:
                    row = {"tenant": tenant, "conversation_id": conversation_id, "rule": rule, "turn": turn}
                    await work.execute(insert(fired_rules), row)
                elif at < turn:
                    await work.execute(update(fired_rules).where(*mine).values(turn=turn))

    async def fired(self, tenant: str, conversation_id: str) -> Mapping[str, int]:
        """Return the rules that fired, with their newest turn."""
        rows = await self._database.read(_FIRED, tenant=tenant, conversation_id=conversation_id)
        return dict(rows)


async def _advanced(work: AsyncConnection, tenant: str, whole: RedactedTranscript, *, expected: int) -> bool:
    """Write the head; False where the stored one is not at `expected` turns."""
    conversation_id = conversation_id_of(whole)
    values = {
        "turns": len(whole.turns),
        "head": storable_json(whole.transcript, only_set=True, without=frozenset({"turns"})),
        "redactions": storable_document(whole.redactions),
    }
    if expected == 0:
        await work.execute(insert(conversations), {**values, "tenant": tenant, "id": conversation_id})
        return True
    changed = await work.execute(
        update(conversations)
        .where(
            conversations.c.tenant == tenant,
            conversations.c.id == conversation_id,
            conversations.c.turns == expected,
        )
        .values(**values)
    )
    return changed.rowcount == 1


async def held_conversation(work: AsyncConnection, tenant: str, conversation_id: str) -> None:
    """Hold the conversation's row until the transaction ends, so that two writers follow one another."""
    mine = (conversations.c.tenant == tenant, conversations.c.id == conversation_id)
    held = await work.execute(update(conversations).where(*mine).values(turns=conversations.c.turns))
    if held.rowcount == 0:
        message = f"conversation {conversation_id!r} has no turns yet; append some first"
        raise NotFound(message)


def _whole(head: str, redactions: str, bodies: Sequence[str]) -> RedactedTranscript:
    # The head holds at least the conversation's id, so that the turns follow a comma.
    transcript = f'{head[:-1]},"turns":[{",".join(bodies)}]}}'
    return RedactedTranscript.model_validate_json(f'{{"transcript":{transcript},"redactions":{redactions}}}')


def _conflict(conversation_id: str, expected: int) -> Conflict:
    return Conflict(f"conversation {conversation_id!r} no longer has {expected} turns; read it again and retry")
