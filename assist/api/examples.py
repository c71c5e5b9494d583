"""What the OpenAPI page shows as an example: the conversation that the README starts with."""

from typing import Any

TRANSCRIPT: dict[str, Any] = {
    "conversation_id": "c-1001",
    "channel": "chat",
    "turns": [
        {"role": "customer", "text": "Hi, I was charged twice for order #W4410973. I want the second charge back."},
        {"role": "bot", "text": "I am sorry about that. What is the e-mail address on your account?"},
        {"role": "customer", "text": "ada@example.com"},
        {
            "role": "tool",
            "text": '{"user_id": "ada_example_17"}',
            "tool": {"name": "find_user_id_by_email", "arguments": {"email": "ada@example.com"}, "ok": True},
        },
        {"role": "bot", "text": "Thank you, Ada. Let me look at that order."},
        {
            "role": "tool",
            "text": '{"order_id": "#W4410973", "status": "delivered", "total": 84.9}',
            "tool": {"name": "get_order_details", "arguments": {"order_id": "#W4410973"}, "ok": True},
        },
        {"role": "bot", "text": "I see the order, but I am not able to refund a duplicate charge myself."},
        {"role": "customer", "text": "This is the third time I explain this. Give me a human, please!"},
    ],
}
