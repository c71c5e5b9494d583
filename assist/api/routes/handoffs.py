"""For bot platforms that hand over, and for agent desktops that pick up."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Path, Query, Request, Response
from pydantic import BaseModel
from sse_starlette import EventSourceResponse, ServerSentEvent

from assist.access import Principal
from assist.api.bodies import documented, read_body
from assist.api.dependencies import Cursor, IdempotencyKey, Limit, Maker, Reader, Remarker, Service, Wait
from assist.api.examples import TRANSCRIPT
from assist.api.problems import RESPONSES
from assist.api.schemas import AcceptIn, FeedbackIn, HandoffPage, OutcomeIn, RemarkOut
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import Transcript
from assist.ports import Event, Stored
from assist.wiring import Assist

router = APIRouter(prefix="/v1/handoffs", tags=["handoffs"], responses=RESPONSES)
HandoffId = Annotated[str, Path(max_length=100, examples=["ho_01K9ABCDEF"])]


def packet_response(stored: Stored, status: int = 200) -> Response:
    """Return a stored packet as it stands; a repeat of an earlier request is a 200 where the first was a 201."""
    return Response(
        stored.body,
        status,
        media_type="application/json",
        headers={"ETag": f'"{stored.revision}"', "Location": f"/v1/handoffs/{stored.handoff_id}"},
    )


@router.post("", status_code=201, response_model=HandoffPacket, openapi_extra=documented(Transcript, TRANSCRIPT))
async def make_handoff(
    request: Request, assist: Service, caller: Maker, idempotency_key: IdempotencyKey = None, wait: Wait = 0
) -> Response:
    """Turn a transcript into a handoff packet. The packet is stored when the answer comes."""
    transcript = await read_body(request, Transcript)
    stored = await assist.handoffs.prepare(caller.tenant, transcript, idempotency_key=idempotency_key, wait=wait / 1000)
    return packet_response(stored, 201)


@router.get("", response_model=HandoffPage)
async def list_handoffs(
    assist: Service,
    caller: Reader,
    conversation_id: Annotated[str | None, Query(max_length=200)] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """List packets, newest first, of one conversation or of all."""
    page = await assist.handoffs.page(caller.tenant, conversation_id=conversation_id, cursor=cursor, limit=limit)
    # The stored packets are JSON already: they are joined, not read and written again.
    items = b",".join(item.body for item in page.items)
    cursor_json = b'"' + page.next_cursor.encode() + b'"' if page.next_cursor else b"null"
    return Response(b'{"items":[' + items + b'],"next_cursor":' + cursor_json + b"}", media_type="application/json")


@router.get("/{handoff_id}", response_model=HandoffPacket)
async def get_handoff(
    handoff_id: HandoffId,
    assist: Service,
    caller: Reader,
    revision: Annotated[int | None, Query(ge=1, description="an earlier revision; the newest if absent")] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    """Fetch a packet."""
    stored = await assist.handoffs.get(caller.tenant, handoff_id, revision=revision)
    if if_none_match == f'"{stored.revision}"':
        return Response(status_code=304, headers={"ETag": if_none_match})
    return packet_response(stored)


@router.get("/{handoff_id}/transcript", response_model=Transcript)
async def get_transcript(handoff_id: HandoffId, assist: Service, caller: Reader) -> Response:
    """Fetch the masked transcript that a packet was made from."""
    redacted = await assist.handoffs.transcript(caller.tenant, handoff_id)
    return Response(redacted.transcript.model_dump_json(), media_type="application/json")


@router.get("/{handoff_id}/events", response_class=EventSourceResponse)
async def watch_handoff(
    handoff_id: HandoffId,
    assist: Service,
    caller: Reader,
    last_event_id: Annotated[str | None, Header()] = None,
) -> EventSourceResponse:
    """Watch a packet: an event `revision` with the packet as it is, then one for each new revision.

    The event's id is the revision. With Last-Event-ID, a revision already seen is not sent again.
    """
    await assist.handoffs.get(caller.tenant, handoff_id)
    events = assist.handoffs.watch(caller.tenant, handoff_id)
    return EventSourceResponse(_stream(events, last_event_id, assist.stream_seconds), ping=15, sep="\n")


@router.post("/{handoff_id}/accept", status_code=201, openapi_extra=documented(AcceptIn, required=False))
async def accept_handoff(handoff_id: HandoffId, request: Request, assist: Service, caller: Remarker) -> RemarkOut:
    """Say that an agent takes the handoff; said twice, it counts once."""
    return await _remark(assist, caller, handoff_id, "accept", await read_body(request, AcceptIn))


@router.post("/{handoff_id}/feedback", status_code=201, openapi_extra=documented(FeedbackIn))
async def give_feedback(handoff_id: HandoffId, request: Request, assist: Service, caller: Remarker) -> RemarkOut:
    """Say whether one statement or action of the packet is right; said twice, it counts once."""
    return await _remark(assist, caller, handoff_id, "feedback", await read_body(request, FeedbackIn))


@router.post("/{handoff_id}/outcome", status_code=201, openapi_extra=documented(OutcomeIn))
async def report_outcome(handoff_id: HandoffId, request: Request, assist: Service, caller: Remarker) -> RemarkOut:
    """Say how the case ended."""
    return await _remark(assist, caller, handoff_id, "outcome", await read_body(request, OutcomeIn))


async def _remark(assist: Assist, caller: Principal, handoff_id: str, kind: str, body: BaseModel) -> RemarkOut:
    said = body.model_dump(mode="json")
    stored = await assist.handoffs.remark(caller.tenant, handoff_id, kind=kind, by=caller.key_id, body=said)
    return RemarkOut(id=stored.id, handoff_id=stored.handoff_id, kind=stored.kind, at=stored.at, body=dict(stored.body))


async def _stream(
    events: AsyncIterator[Event], last_event_id: str | None, seconds: float
) -> AsyncIterator[ServerSentEvent]:
    """End after so many seconds: a client that is still there comes back with Last-Event-ID, one that is gone frees us."""
    ends = asyncio.get_running_loop().time() + seconds
    try:
        while True:
            event = await asyncio.wait_for(anext(events), ends - asyncio.get_running_loop().time())
            if event.id != last_event_id:
                yield ServerSentEvent(data=event.body.decode(), event=event.type, id=event.id, sep="\n")
    except (TimeoutError, StopAsyncIteration):
        return
