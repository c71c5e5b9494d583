"""Packets for the stores' contracts."""

from datetime import UTC, datetime

from assist.domain.packet import Coverage, HandoffPacket
from assist.domain.transcript import Channel


def a_packet(handoff_id: str = "ho_01", **more: object) -> HandoffPacket:
    """Return a small packet; `more` are any of its fields."""
    fields = {
        "id": handoff_id,
        "conversation_id": "c-1",
        "channel": Channel.CHAT,
        "language": "en",
        "created_at": datetime(2026, 11, 20, 10, 0, tzinfo=UTC),
        "as_of_turn": 1,
        "coverage": Coverage(turns_total=2, turns_read=2),
        **more,
    }
    return HandoffPacket.model_validate(fields)
