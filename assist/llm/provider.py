"""One call to one model, as the gateway sees it: no retries, no fallback, no shapes, only text and how it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assist.errors import ModelError


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a call may take: to connect, to the first text and between two pieces of it, and in all."""

    connect: float = 3.0
    first_token: float = 10.0
    total: float = 30.0


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent; `schema` is a strict JSON schema that the provider shall enforce, None for free text."""

    model: str
    messages: Sequence[Message]
    max_tokens: int
    patience: Patience
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """What came back; `cost` is None where the price is not known, `finish` is the provider's reason for the end."""

    text: str
    tokens_in: int
    tokens_out: int
    cost: float | None = None
    finish: str = "stop"
    response_model: str | None = None
    first_token_seconds: float = 0.0


class CallFailed(Exception):
    """A call that gave no whole text; `error` is what the service calls it.

    `retryable`: the same call may work a moment later. `retry_after`: seconds the provider asked to wait. `blames_model`:
    the model, not the request, is at fault. `received`: characters that came before it failed, and are paid for.
    """

    def __init__(
        self,
        error: ModelError,
        *,
        retryable: bool = False,
        retry_after: float | None = None,
        blames_model: bool = True,
        received: int = 0,
    ) -> None:
        super().__init__(str(error))
        self.error = error
        self.retryable = retryable
        self.retry_after = retry_after
        self.blames_model = blames_model
        self.received = received


class Provider(Protocol):
    """Whoever reaches models."""

    async def complete(self, call: Call) -> Completion:
        """Return the whole text, or raise CallFailed and nothing else."""
        ...

    async def speaks_schema(self, model: str) -> bool:
        """Tell whether a JSON schema may be sent along."""
        ...

    async def price(self, model: str, tokens_in: int, tokens_out: int) -> float | None:
        """Return US dollars, None where the price is not known."""
        ...

    async def warm(self) -> None:
        """Load what is heavy now."""
        ...

    async def close(self) -> None:
        """Close connections; a later call opens them again."""
        ...
