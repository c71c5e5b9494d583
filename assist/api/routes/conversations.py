"""For bot platforms that report a conversation while it runs."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from assist.api.bodies import documented, read_body
from assist.api.dependencies import IdempotencyKey, Maker, Service, Wait
from assist.api.examples import TRANSCRIPT
from assist.api.problems import RESPONSES
from assist.api.routes.handoffs import packet_response
from assist.api.schemas import LiveOut, TurnsIn
from assist.domain.packet import HandoffPacket

router = APIRouter(prefix="/v1/conversations", tags=["conversations"], responses=RESPONSES)
ConversationId = Annotated[str, Path(min_length=1, max_length=200, examples=["c-123"])]
_EXAMPLE = {"turns": TRANSCRIPT["turns"][:2]}


@router.post("/{conversation_id}/turns", openapi_extra=documented(TurnsIn, _EXAMPLE))
async def append_turns(conversation_id: ConversationId, request: Request, assist: Service, caller: Maker) -> LiveOut:
    """Append turns as they happen; the answer says whether to escalate, and why."""
    addition = (await read_body(request, TurnsIn)).transcript(conversation_id)
    answer = await assist.handoffs.append(caller.tenant, conversation_id, addition)
    return LiveOut(
        turns_total=answer.turns_total,
        escalate=answer.escalate,
        warn=answer.warn,
        reason=answer.escalation.reason,
        triggers=answer.escalation.triggers,
        warnings=answer.escalation.warnings,
        risk=answer.escalation.risk,
    )


@router.post("/{conversation_id}/handoff", status_code=201, response_model=HandoffPacket)
async def hand_off(
    conversation_id: ConversationId,
    assist: Service,
    caller: Maker,
    idempotency_key: IdempotencyKey = None,
    wait: Wait = 0,
) -> Response:
    """Make the handoff packet of a conversation from the turns appended so far."""
    stored = await assist.handoffs.hand_off(
        caller.tenant, conversation_id, idempotency_key=idempotency_key, wait=wait / 1000
    )
    return packet_response(stored, 201)
