"""What comes in: a conversation, turn by turn. A turn is named by its 0-based index in the list as received."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from assist.domain.frozen import Frozen


class Role(StrEnum):
    """Who speaks in a turn."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"  # a human agent
    TOOL = "tool"  # what a back-end call of the bot returned
    SYSTEM = "system"


class Channel(StrEnum):
    """Where the conversation took place."""

    CHAT = "chat"
    VOICE = "voice"
    EMAIL = "email"
    MESSAGING = "messaging"


class ToolCall(Frozen):
    """The back-end call behind a tool turn; `ok` is None where the platform does not say whether it worked."""

    name: str | None = None
    arguments: dict[str, Any] | None = None
    ok: bool | None = None


class Nlu(Frozen):
    """What the bot's own language understanding made of a turn."""

    intent: str | None = None
    confidence: float | None = Field(default=None, ge=0.0, le=1.0)


class Turn(Frozen):
    """One utterance or tool result."""

    role: Role
    text: str
    at: datetime | None = None
    nlu: Nlu | None = None
    tool: ToolCall | None = None


class Customer(Frozen):
    """What the platform knows of the customer; none of it counts as proof of identity."""

    id: str | None = None
    name: str | None = None
    attributes: dict[str, Any] = Field(default_factory=dict)


class Consent(Frozen):
    """What the customer agreed to: `model` covers sending the (pseudonymised) text to a language model."""

    processing: bool = True
    model: bool = True


class Transcript(Frozen):
    """A conversation as the bot platform posts it; only `turns` is required."""

    conversation_id: str | None = Field(default=None, max_length=200)
    channel: Channel = Channel.CHAT
    language: str | None = Field(default=None, max_length=35, description="BCP-47; detected where absent")
    domain: str | None = Field(default=None, max_length=100, description="line of business; found where absent")
    customer: Customer | None = None
    consent: Consent = Field(default_factory=Consent)
    turns: tuple[Turn, ...] = Field(min_length=1)


class RedactedTranscript(Frozen):
    """A transcript whose secrets are masked: the only form that may be stored, logged or shown to a model.

    `redactions` counts what was found, by type. Only `assist.redaction.redact` makes one.
    """

    transcript: Transcript
    redactions: dict[str, int] = Field(default_factory=dict)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The masked turns, in the order received."""
        return self.transcript.turns

    def of(self, *roles: Role) -> list[tuple[int, Turn]]:
        """Return the turns of these roles with their indexes."""
        return [(index, turn) for index, turn in enumerate(self.turns) if turn.role in roles]
