"""Requests to models, for tests."""

from pydantic import BaseModel, Field

from assist.ports import ModelRequest

TURNS = """<<<transcript
[0] customer: Hello
[1] bot: Hello, how can I help you?
[2] customer: My blue kettle arrived broken and I want my money back
[3] bot: I looked up order W1234567 and found the kettle.
transcript>>>"""


class Note(BaseModel):
    """A reply of a small shape."""

    text: str = Field(min_length=1)
    turns: tuple[int, ...]


GOOD = '{"text": "The customer wants money back", "turns": [2]}'


def a_request(
    *,
    user: str = TURNS,
    system: str = "Say what the customer wants.",
    deadline: float = 20.0,
    tenant: str = "acme",
    packet: str | None = None,
    max_tokens: int = 300,
    reply: type[BaseModel] = Note,
) -> ModelRequest:
    """Return a request for a note."""
    return ModelRequest(
        system=system,
        user=user,
        reply=reply,
        deadline=deadline,
        tenant=tenant,
        purpose="test",
        packet=packet,
        max_tokens=max_tokens,
    )
