"""What is said to a model in the course of one request, and what that used."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from assist.llm.provider import Completion, Message
from assist.llm.structured import in_words, strict_schema
from assist.ports import ModelRequest, Usage

_CHARACTERS_A_TOKEN = 3  # fewer than in most languages: what is reserved shall be enough


@dataclass(frozen=True, slots=True)
class Talk:
    """A request, and a reply sent back with what was wrong with it."""

    request: ModelRequest
    schema: Mapping[str, Any]
    correction: tuple[Message, ...] = ()

    @classmethod
    def about(cls, request: ModelRequest) -> "Talk":
        """Return the talk that begins with this request."""
        return cls(request, strict_schema(request.reply))

    def corrected(self, text: str, wrong: str) -> "Talk":
        """Return the talk that goes on from a reply of no use."""
        again = f"That cannot be used: {wrong}. Answer the same question again, with the JSON object alone."
        # A provider refuses a message without text.
        said = Message("assistant", text if text.strip() else "{}")
        return replace(self, correction=(said, Message("user", again)))

    def messages(self, *, with_schema_in_words: bool) -> list[Message]:
        """Return all that is sent."""
        system = self.request.system
        if with_schema_in_words:
            system = f"{system}\n\n{in_words(self.schema)}"
        return [Message("system", system), Message("user", self.request.user), *self.correction]


class Tally:
    """What one request has used so far, over all its calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.tokens_in = 0
        self.tokens_out = 0
        self.cost: float | None = None
        self.asked_again = False
        self.model: str | None = None  # the one being asked

    def add(self, completion: Completion) -> None:
        """Count an answer."""
        self.tokens_in += completion.tokens_in
        self.tokens_out += completion.tokens_out
        if completion.cost is not None:
            self.cost = (self.cost or 0.0) + completion.cost


def tokens_of(messages: list[Message]) -> int:
    """Return how many tokens the messages have at most."""
    return sum(len(message.content) for message in messages) // _CHARACTERS_A_TOKEN + 1


def usage_of(completion: Completion) -> Usage:
    """Return what an answer used."""
    return Usage(completion.tokens_in + completion.tokens_out, completion.cost or 0.0)
