"""The OpenAI chat API, as far as clients of it go: `/v1/models` and `/v1/chat/completions`, streaming and not."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assist.llm.scripted.faults import Fault
from assist.llm.scripted.prompt import Prompt, read_prompt
from assist.llm.scripted.replies import Reply, reply_of

FAULT_HEADER = "x-scripted-fault"
_NAMES = frozenset(fault.value for fault in Fault)
_PIECE = 48  # characters a chunk of a stream
_REFUSED: dict[Fault, tuple[int, str, str, dict[str, str]]] = {
    # status, code, message, headers
    Fault.BAD_REQUEST: (400, "invalid_request_error", "this request cannot be served", {}),
    Fault.UNAUTHORIZED: (401, "invalid_api_key", "the key is not known", {}),
    Fault.NOT_FOUND: (404, "model_not_found", "there is no such model", {}),
    Fault.REQUEST_TIMEOUT: (408, "timeout", "the request took too long", {}),
    Fault.TOO_LONG: (400, "context_length_exceeded", "This model's maximum context length is 10 tokens.", {}),
    Fault.RATE_LIMITED: (429, "rate_limit_exceeded", "too many requests", {"retry-after": "1"}),
    Fault.OUT_OF_QUOTA: (429, "insufficient_quota", "you exceeded your quota", {"retry-after": "3600"}),
    Fault.SERVER_ERROR: (500, "server_error", "something broke", {}),
    Fault.OVERLOADED: (503, "overloaded", "the engine is overloaded", {}),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came in, for tests to look at."""

    body: Mapping[str, Any]
    fault: Fault
    authorization: str | None


class ScriptedApp:
    """An ASGI application that answers as its fault says; the fault of a request is its header, its model's name, or `fault`."""

    def __init__(self, *, fault: Fault = Fault.GOOD, silence_seconds: float = 600.0) -> None:
        self.seen: list[Seen] = []
        self.fault = fault
        self._silence = silence_seconds
        self._flaky_calls = 0
        routes = [
            Route("/v1/models", self._models),
            Route("/v1/chat/completions", self._chat, methods=["POST"]),
        ]
        self._app: ASGIApp = Starlette(routes=routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the server's own `send` is kept, since only it leads to the connection."""
        await self._app({**scope, "server_send": send}, receive, send)

    async def _models(self, _: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": fault.value, "object": "model"} for fault in Fault]})

    async def _chat(self, request: Request) -> Response:
        body = await request.json()
        fault = self._fault_of(request, str(body.get("model", "")))
        self.seen.append(Seen(body, fault, request.headers.get("authorization")))
        if refusal := self._refusal(fault, body):
            return refusal
        if fault is Fault.RESET:
            _reset(request)
        if fault is Fault.HANGING:
            await asyncio.sleep(self._silence)
        prompt = read_prompt(body)
        reply = reply_of(fault, prompt)
        if body.get("stream"):
            return StreamingResponse(self._stream(request, fault, prompt, reply), media_type="text/event-stream")
        if fault in {Fault.SLOW_FIRST_TOKEN, Fault.STALLED, Fault.DRIPPING}:
            await asyncio.sleep(self._silence)
        if fault is Fault.CUT_OFF:
            _reset(request)
        message = {"role": "assistant", "content": reply.text}
        choice = {"index": 0, "message": message, "finish_reason": reply.finish}
        return JSONResponse({**_head(body, "chat.completion"), "choices": [choice], "usage": _usage(body, reply)})

    def _fault_of(self, request: Request, model: str) -> Fault:
        for name in (request.headers.get(FAULT_HEADER), model.rpartition("/")[2]):
            if name and name in _NAMES:
                return Fault(name)
        return self.fault

    def _refusal(self, fault: Fault, body: Mapping[str, Any]) -> Response | None:
        if fault is Fault.FLAKY:
            self._flaky_calls += 1
            fault = Fault.OVERLOADED if self._flaky_calls % 2 else Fault.GOOD
        asked = (body.get("response_format") or {}).get("type")
        if fault is Fault.NO_SCHEMA and asked:
            return _error(400, "invalid_request_error", f"response_format of type {asked} is not supported", {})
        return _error(*_REFUSED[fault]) if fault in _REFUSED else None

    async def _stream(self, request: Request, fault: Fault, prompt: Prompt, reply: Reply) -> AsyncIterator[str]:
        del prompt
        body = await request.json()
        head = _head(body, "chat.completion.chunk")
        if fault is Fault.SLOW_FIRST_TOKEN:
            await asyncio.sleep(self._silence)
        yield _event({**head, "choices": [_delta({"role": "assistant", "content": ""})]})
        for start in range(0, len(reply.text), _PIECE):
            yield _event({**head, "choices": [_delta({"content": reply.text[start : start + _PIECE]})]})
            await asyncio.sleep(0)
        ends = time.monotonic() + self._silence
        while fault is Fault.DRIPPING and time.monotonic() < ends:
            yield _event({**head, "choices": [_delta({"content": " "})]})
            await asyncio.sleep(0.02)
        if fault is Fault.STALLED:
            await asyncio.sleep(self._silence)
        if fault is Fault.CUT_OFF:
            _reset(request)
        yield _event({**head, "choices": [_delta({}, finish=reply.finish)]})
        if (body.get("stream_options") or {}).get("include_usage"):
            yield _event({**head, "choices": [], "usage": _usage(body, reply)})
        yield "data: [DONE]\n\n"


def _reset(request: Request) -> None:
    """Drop the connection as a crashed server would; uvicorn's bound `send` is the one way to it."""
    request.scope["server_send"].__self__.transport.abort()


def _head(body: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-scripted", "object": kind, "created": int(time.time()), "model": body.get("model")}


def _delta(delta: dict[str, str], *, finish: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish}


def _usage(body: Mapping[str, Any], reply: Reply) -> dict[str, int]:
    asked = sum(len(str(message.get("content") or "")) for message in body.get("messages", ())) // 4 + 1
    said = len(reply.text) // 4 + 1
    return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}


def _event(document: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(document, ensure_ascii=False)}\n\n"


def _error(status: int, code: str, message: str, headers: dict[str, str]) -> Response:
    error = {"message": message, "type": code, "param": None, "code": code}
    return JSONResponse({"error": error}, status, headers=headers)
