"""What agents say of a packet: checked against the packet, and learnt from."""

import asyncio
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from assist.actions.precedents import Precedents
from assist.analysis.pipeline import Pipeline
from assist.errors import InvalidInput
from assist.ports import Clock, HandoffStore, Stored

_STEP: Final = re.compile(r"\.?([a-z_]+)(?:\[([^\]]+)\])?")
_SKEW: Final = timedelta(minutes=5)
"""So far apart may two clocks be that both mean well."""
_TAKEN: Final = frozenset({"accepted", "right", "edited"})


class FeedbackDesk:
    """Refuses feedback on what a packet does not have, and keeps accepted actions as precedents."""

    def __init__(self, *, handoffs: HandoffStore, pipeline: Pipeline, precedents: Precedents, clock: Clock) -> None:
        self._handoffs = handoffs
        self._pipeline = pipeline
        self._precedents = precedents
        self._clock = clock

    async def check(self, tenant: str, handoff_id: str, kind: str, body: Mapping[str, Any]) -> None:
        """Raise NotFound without packet, InvalidInput where the field is not in it or the time cannot be right."""
        packet = _packet(await self._handoffs.get(tenant, handoff_id))
        self._check_time(body.get("at"), packet)
        if kind == "feedback":
            await self._check_field(tenant, handoff_id, str(body["field"]), packet)

    async def learn(self, tenant: str, handoff_id: str, body: Mapping[str, Any]) -> None:
        """Keep an action that was taken as a precedent, and forget one that was not."""
        action = _action_of(str(body["field"]))
        if action is None:
            return
        packet = _packet(await self._handoffs.get(tenant, handoff_id))
        transcript = await self._handoffs.transcript(tenant, handoff_id)

        taken = {"handoff_id": handoff_id, "action": action, "intent": str(packet["intent"]["label"])}

        def remember() -> None:
            reading = self._pipeline.read(transcript, tenant=tenant, only=())
            if body["verdict"] in _TAKEN:
                self._precedents.add(tenant, packet["domain"], reading.case, **taken)
            else:
                self._precedents.forget(tenant, packet["domain"], **taken)

        await asyncio.to_thread(remember)

    async def _check_field(self, tenant: str, handoff_id: str, field: str, packet: Mapping[str, Any]) -> None:
        """An earlier revision may have had it: agents judge what they saw."""
        if _has(packet, field):
            return
        for revision in range(int(packet["revision"]) - 1, 0, -1):
            if _has(_packet(await self._handoffs.get(tenant, handoff_id, revision=revision)), field):
                return
        known = ", ".join(f"actions[{action['id']}]" for action in packet["actions"]) or "no action"
        message = f"{field!r} is not in this packet; name a field of it such as summary.lines[0], or one of its actions: {known}"
        raise InvalidInput(message, field="field")

    def _check_time(self, told: object, packet: Mapping[str, Any]) -> None:
        if told is None:
            return
        try:
            at = datetime.fromisoformat(str(told))
        except ValueError as exc:
            message = f"at is {told!r}; send a time such as 2026-11-20T10:00:00Z, or leave it out"
            raise InvalidInput(message, field="at") from exc
        if at.tzinfo is None:
            message = f"at is {told!r}, which has no zone; send a time such as 2026-11-20T10:00:00Z, or leave it out"
            raise InvalidInput(message, field="at")
        made, now = datetime.fromisoformat(packet["created_at"]), self._clock.now()
        if not made - _SKEW <= at <= now + _SKEW:
            message = (
                f"at is {at.isoformat()}, but the packet was made at {made.isoformat()} and it is {now.isoformat()} here;"
                " set the clock right, or leave `at` out"
            )
            raise InvalidInput(message, field="at")


def _packet(stored: Stored) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(stored.body)
    return found


def _action_of(field: str) -> str | None:
    found = re.fullmatch(r"actions\[([^\]]+)\](?:\.[a-z_]+)?", field)
    return found[1] if found else None


def _has(packet: Mapping[str, Any], field: str) -> bool:
    """Whether a path such as `summary.lines[2]` or `actions[offer_refund].reply` leads to something."""
    if not re.fullmatch(r"[a-z_]+(?:\[[^\]]+\])?(?:\.[a-z_]+(?:\[[^\]]+\])?)*", field):
        return False
    place: Any = packet
    for name, key in _STEP.findall(field):
        if not isinstance(place, dict) or name not in place:
            return False
        place = place[name]
        if not key:
            continue
        if not isinstance(place, list):
            return False
        named = [
            each
            for each in place
            if isinstance(each, dict) and key in (each.get("id"), each.get("name"), each.get("article_id"))
        ]
        if named:
            place = named[0]
        elif key.isascii() and key.isdigit() and int(key) < len(place):
            place = place[int(key)]
        else:
            return False
    return True
