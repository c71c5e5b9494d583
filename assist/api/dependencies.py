"""What routes ask for by annotation."""

import ipaddress
from typing import Annotated

from fastapi import Depends, Header, Query, Request

from assist.access import Principal, Right
from assist.wiring import Assist


def _assist(request: Request) -> Assist:
    found: Assist = request.app.state.assist
    return found


Service = Annotated[Assist, Depends(_assist)]
Cursor = Annotated[str | None, Query(description="`next_cursor` of the page before", max_length=500)]
Limit = Annotated[int, Query(ge=1, le=200, description="rows a page")]
Wait = Annotated[
    int, Query(ge=0, le=60_000, description="milliseconds to wait for the language model's revision; 0 answers at once")
]
IdempotencyKey = Annotated[
    str | None,
    Header(min_length=1, max_length=200, description="makes repeats safe: the same key and body give the same packet"),
]


class Needs:
    """A dependency: the caller, who must have this right. Every route but health and pages has one."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, request: Request, assist: Service) -> Principal:
        """Return the caller; Unauthenticated or Forbidden where it may not."""
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        principal = await assist.access.principal(secret.strip() if scheme.lower() == "bearer" else None)
        principal.need(self.right)
        return principal


def is_local(request: Request) -> bool:
    """Does the request come from this machine, meant for this machine?

    A proxy that forwards for others is not local, and a foreign Host is refused, since a page elsewhere could have its
    name resolve to 127.0.0.1.
    """
    if request.client is None or any(name in request.headers for name in ("x-forwarded-for", "forwarded")):
        return False
    host = request.url.hostname or ""
    return _is_loopback(request.client.host) and (host == "localhost" or _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


Maker = Annotated[Principal, Depends(Needs(Right.MAKE_HANDOFFS))]
Reader = Annotated[Principal, Depends(Needs(Right.READ_HANDOFFS))]
Remarker = Annotated[Principal, Depends(Needs(Right.REMARK))]
Searcher = Annotated[Principal, Depends(Needs(Right.SEARCH))]
ArticleReader = Annotated[Principal, Depends(Needs(Right.READ_ARTICLES))]
ArticleWriter = Annotated[Principal, Depends(Needs(Right.WRITE_ARTICLES))]
KeyManager = Annotated[Principal, Depends(Needs(Right.MANAGE_KEYS))]
QualityReader = Annotated[Principal, Depends(Needs(Right.READ_QUALITY))]
PolicyManager = Annotated[Principal, Depends(Needs(Right.MANAGE_POLICY))]
