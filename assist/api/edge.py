"""The outermost layer: a request id, the size limit, one log line and the metrics of every request.

Plain ASGI, since Starlette's middleware class costs more than many of the answers it would wrap; and with a limit of its
own, since Starlette's answers in plain text, without a request id, and is not counted.
"""

import logging
import re
import time
from collections.abc import Mapping

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from ulid import ULID

from assist.api.problems import problem
from assist.ports import Meter

_log = logging.getLogger("assist.requests")
_CLIENT_ID = re.compile(r"^[A-Za-z0-9._:-]{1,100}$")


class _TooLarge(Exception):
    """More bytes came than are allowed."""


class Edge:
    """Wraps the whole application; `uploads` are the paths with a limit of their own."""

    def __init__(self, app: ASGIApp, *, meter: Meter, max_body_bytes: int, uploads: Mapping[str, int]) -> None:
        self._app = app
        self._meter = meter
        self._max = max_body_bytes
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        status = 500
        begun = False
        read = 0
        most = self._uploads.get(scope["path"], self._max)

        async def sending(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
            await send(message)

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                if read > most:
                    raise _TooLarge
            return message

        try:
            if _declared(scope) > most:
                await self._refuse(scope, receive, sending)
            else:
                await self._app(scope, receiving, sending)
        except _TooLarge:
            if not begun:
                await self._refuse(scope, receive, sending)
        finally:
            self._account(scope, status, time.perf_counter() - started)
            structlog.contextvars.unbind_contextvars("request_id")

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = "max_upload_bytes" if scope["path"] in self._uploads else "max_transcript_bytes"
        most = self._uploads.get(scope["path"], self._max)
        detail = f"the request body is over the limit {name} = {most:,}; send less, or raise ASSIST_{name.upper()}"
        await problem(Request(scope), 413, "limit_exceeded", detail, headers={"Connection": "close"})(
            scope, receive, send
        )

    def _account(self, scope: Scope, status: int, seconds: float) -> None:
        # The route's template, not the path: a path may name a customer's conversation, and would never stop growing.
        route = getattr(scope.get("route"), "path", "none")
        self._meter.count("requests", method=scope["method"], route=route, status=str(status))
        self._meter.time("request_seconds", seconds, method=scope["method"], route=route)
        fields = {"method": scope["method"], "route": route, "status": status, "ms": round(seconds * 1000, 2)}
        _log.info("request", extra=fields)


def _request_id(scope: Scope) -> str:
    """Return the caller's X-Request-Id where it is fit for a log, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _CLIENT_ID.match(text := value.decode("latin-1")):
            return str(text)
    return f"rq_{ULID()}"


def _declared(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0
