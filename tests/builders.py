"""Values for tests, with everything but the point of the test filled in."""

from typing import Any

from assist.domain.transcript import RedactedTranscript, Role, ToolCall, Transcript, Turn


def customer(text: str, **more: Any) -> Turn:  # noqa: ANN401 -- any field of a turn
    """Return a customer's turn."""
    return Turn(role=Role.CUSTOMER, text=text, **more)


def bot(text: str, **more: Any) -> Turn:  # noqa: ANN401 -- any field of a turn
    """Return a bot's turn."""
    return Turn(role=Role.BOT, text=text, **more)


def tool(text: str, *, name: str | None = None, ok: bool | None = True, **arguments: Any) -> Turn:  # noqa: ANN401 -- any argument
    """Return a tool's turn."""
    return Turn(role=Role.TOOL, text=text, tool=ToolCall(name=name, arguments=arguments, ok=ok))


def a_transcript(*turns: Turn, **head: Any) -> Transcript:  # noqa: ANN401 -- any field of a transcript
    """Return a transcript of these turns, or of a short complaint."""
    return Transcript(turns=turns or (customer("Where is my order?"), bot("Let me look.")), **head)


def masked(*turns: Turn, **head: Any) -> RedactedTranscript:  # noqa: ANN401 -- any field of a transcript
    """Return a transcript as if redaction had found nothing in it."""
    return RedactedTranscript(transcript=a_transcript(*turns, **head))


def a_complaint(**head: Any) -> dict[str, Any]:  # noqa: ANN401 -- any field of a transcript
    """Return a transcript as a bot platform posts it: a double charge, an e-mail check, a demand for a human."""
    return {
        "turns": [
            {"role": "customer", "text": "Hi, I was charged twice for order #W4410973. I want the second charge back."},
            {"role": "bot", "text": "I am sorry about that. What is the e-mail address on your account?"},
            {"role": "customer", "text": "ada@example.com"},
            {
                "role": "tool",
                "text": '{"user_id": "ada_example_17"}',
                "tool": {"name": "find_user_id_by_email", "arguments": {"email": "ada@example.com"}, "ok": True},
            },
            {"role": "bot", "text": "Thank you, Ada. You are verified. Let me look at that order."},
            {
                "role": "tool",
                "text": '{"order_id": "#W4410973", "status": "delivered", "total": 84.9}',
                "tool": {"name": "get_order_details", "arguments": {"order_id": "#W4410973"}, "ok": True},
            },
            {"role": "bot", "text": "I see the order, but I am not able to refund a duplicate charge myself."},
            {"role": "customer", "text": "This is the third time I explain this. Give me a human, please!"},
        ],
        **head,
    }
