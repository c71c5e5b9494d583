"""The whole border of the service on one page: what it needs from outside, as protocols.

Every call that touches stored data names the tenant first: there is no way to ask across tenants.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from pydantic import BaseModel

from assist.domain.packet import HandoffPacket
from assist.domain.transcript import RedactedTranscript


class AccessRole(StrEnum):
    """What a key may be used for."""

    BOT = "bot"
    AGENT = "agent"
    KNOWLEDGE = "knowledge"
    QA = "qa"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A stored key: only its hash is kept, never the key."""

    id: str
    tenant: str
    role: AccessRole
    name: str
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Idempotency:
    """A caller's promise that a request with this key is always the same one; `digest` is a hash of its body."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A packet as stored: `body` is its JSON, ready to send; `created` is False where an earlier one was found."""

    handoff_id: str
    revision: int
    body: bytes
    created: bool = True


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One page of packets, newest first; `next_cursor` is None on the last page."""

    items: tuple[Stored, ...]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """What an agent did with a packet: `kind` is accept, feedback or outcome; `body` is the call's body, secrets masked."""

    id: str
    handoff_id: str
    kind: str
    by: str
    at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)


class HandoffStore(Protocol):
    """Packets with all their revisions, the transcripts they came from, and what agents said of them."""

    async def add(
        self,
        tenant: str,
        packet: HandoffPacket,
        transcript: RedactedTranscript,
        *,
        idempotency: Idempotency | None = None,
    ) -> Stored:
        """Commit revision 1. With a key that came before: the earlier packet, or IdempotencyConflict on another digest."""
        ...

    async def find_repeat(self, tenant: str, idempotency: Idempotency) -> Stored | None:
        """Return the packet stored under this key, None where it is new; IdempotencyConflict on another digest."""
        ...

    async def revise(self, tenant: str, packet: HandoffPacket) -> Stored:
        """Commit the next revision; Conflict where `packet.revision` is not the newest plus one."""
        ...

    async def get(self, tenant: str, handoff_id: str, *, revision: int | None = None) -> Stored:
        """Return the newest revision, or the one asked for; NotFound where there is none."""
        ...

    async def page(
        self, tenant: str, *, conversation_id: str | None = None, cursor: str | None = None, limit: int = 50
    ) -> StoredPage:
        """Return newest revisions, newest packet first; CursorInvalid on a cursor not made here."""
        ...

    async def transcript(self, tenant: str, handoff_id: str) -> RedactedTranscript:
        """Return the masked transcript that the packet was made from; NotFound where there is none."""
        ...

    async def remark(self, tenant: str, remark: Remark) -> Remark:
        """Store a remark once: the same handoff, kind, by and body again gives back the first. NotFound without packet."""
        ...

    async def remarks(self, tenant: str, handoff_id: str) -> Sequence[Remark]:
        """Return the remarks of a packet, oldest first."""
        ...


class ConversationStore(Protocol):
    """Running conversations, masked turn by masked turn."""

    async def append(self, tenant: str, addition: RedactedTranscript, *, expected: int) -> RedactedTranscript:
        """Commit the addition's turns after the `expected` turns already there; returns the whole conversation.

        Head fields (channel, language, customer, consent, domain) of the addition replace stored ones where they are
        set; redaction counts add up. Conflict where another writer appended meanwhile: read again and retry.
        """
        ...

    async def get(self, tenant: str, conversation_id: str) -> RedactedTranscript | None:
        """Return the whole conversation, or None where nothing was appended yet."""
        ...

    async def note_fired(self, tenant: str, conversation_id: str, rules: Collection[str], *, turn: int) -> None:
        """Commit that these escalation rules fired at this turn; the newest turn of a rule counts. NotFound without conversation."""
        ...

    async def fired(self, tenant: str, conversation_id: str) -> Mapping[str, int]:
        """Return the rules that fired in the conversation, each with the newest turn it fired at."""
        ...


class KeyStore(Protocol):
    """API keys, by hash."""

    async def add(self, key: ApiKey, digest: str) -> None:
        """Commit a key; `digest` is the SHA-256 of the secret, as hex."""
        ...

    async def find(self, digest: str) -> ApiKey | None:
        """Return the key of that digest, revoked ones too."""
        ...

    async def page(self, tenant: str, *, after: str | None = None, limit: int = 50) -> Sequence[ApiKey]:
        """Return keys with id > after, by id."""
        ...

    async def revoke(self, tenant: str, key_id: str, at: datetime) -> bool:
        """Revoke a key; False where there is none."""
        ...

    async def count(self) -> int:
        """Return how many keys that are not revoked exist, over all tenants."""
        ...


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a packet, for those who watch it; `id` rises."""

    id: str
    type: str
    body: bytes


class Broadcaster(Protocol):
    """Tells watchers of a packet that a new revision is there."""

    async def publish(self, tenant: str, handoff_id: str, event: Event) -> None:
        """Hand the event to all watchers."""
        ...

    def watching(self, tenant: str, handoff_id: str) -> AbstractContextManager[AsyncIterator[Event]]:
        """Open a watch: events published from the moment of opening on, until it is closed."""
        ...


@dataclass(frozen=True, slots=True)
class Observation:
    """What was noted of a packet while watching quality: labels and numbers, never a word of the conversation.

    It holds for one `revision` and the first `remarks` remarks; `checked` says whether the packet was sampled and its statements
    were checked, too.
    """

    handoff_id: str
    made_at: datetime
    revision: int
    remarks: int
    checked: bool
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Unobserved:
    """A packet with more to note than was: its newest revision, what agents said of it, and the observation so far."""

    stored: Stored
    made_at: datetime
    remarks: tuple[Remark, ...] = ()
    earlier: Observation | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many packets were noted, and how many of them checked."""

    noted: int
    checked: int


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number that the watch over quality shows to operators; `labels` say what it is of."""

    name: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


class QualityStore(Protocol):
    """What is noted of packets while watching quality, and the numbers that came of it."""

    async def tenants(self) -> Sequence[str]:
        """Return who has packets, by name: the watch is the operator's, and goes over all of them."""
        ...

    async def unobserved(
        self, tenant: str, *, since: datetime, after: str = "", limit: int = 50, unchecked: bool = False
    ) -> Sequence[Unobserved]:
        """Return packets made since then, with ids behind `after`, that are new, were revised or remarked on, by id.

        With `unchecked`, those whose statements were not checked, too.
        """
        ...

    async def observe(self, tenant: str, observations: Sequence[Observation]) -> None:
        """Commit observations in place of earlier ones; that of a packet which is gone is dropped."""
        ...

    async def observations(
        self, tenant: str, *, since: datetime, until: datetime, checked: bool = False
    ) -> Sequence[Observation]:
        """Return the observations of packets made from `since` on and before `until`, oldest first; with `checked` those alone."""
        ...

    async def tally(self, tenant: str) -> Tally:
        """Return how many packets were noted in all, and how many of them checked."""
        ...

    async def show(self, tenant: str, gauges: Sequence[Gauge]) -> None:
        """Commit the tenant's numbers in place of all earlier ones."""
        ...

    async def shown(self, tenant: str | None) -> Mapping[str, Sequence[Gauge]]:
        """Return the numbers of a tenant, of all where None, by tenant."""
        ...


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """Return the time in UTC, with its zone."""
        ...


class Meter(Protocol):
    """Counts and times for operators."""

    def count(self, name: str, value: float = 1.0, **labels: str) -> None:
        """Add to a counter."""
        ...

    def time(self, name: str, seconds: float, **labels: str) -> None:
        """Record a duration."""
        ...


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """One question to a language model: `reply` is the shape of the answer, `deadline` the seconds it may take in all.

    Requests of one packet carry the same `packet`, and share what a packet may use; without one, a request stands alone.
    """

    system: str
    user: str
    reply: type[BaseModel]
    deadline: float
    tenant: str
    purpose: str
    max_tokens: int = 2_000
    packet: str | None = None


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What a model answered: `value` is an instance of the shape asked for, `text` what came in fact.

    `model` is the one of several that answered. Tokens and cost are those of all `attempts`, failed ones too; `cost` is
    in US dollars, None where the price is not known.
    """

    value: BaseModel
    text: str
    model: str
    tokens_in: int
    tokens_out: int
    cost: float | None
    ms: float
    attempts: int = 1


class Model(Protocol):
    """A language model that answers with JSON of a given shape."""

    async def answer(self, request: ModelRequest) -> ModelReply:
        """Return the reply within the deadline; any failure is a ModelError."""
        ...


@dataclass(frozen=True, slots=True)
class Usage:
    """What calls to models used: tokens in and out, and US dollars where the price is known."""

    tokens: int = 0
    cost: float = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        """Return both together."""
        return Usage(self.tokens + other.tokens, self.cost + other.cost)


class UsageStore(Protocol):
    """What each tenant's calls to models used, day by day (in UTC)."""

    async def add(self, tenant: str, day: date, usage: Usage) -> None:
        """Commit more usage; additions of several processes add up."""
        ...

    async def spent(self, tenant: str, day: date) -> Usage:
        """Return what was used on this day so far."""
        ...
