"""What the routes share: which runs a caller may see, blocking work, pages of a list."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Request

from assist.api.dependencies import QualityReader, Service
from assist.errors import CursorInvalid, InvalidInput
from evals.errors import EvalsError
from evals.site.runs import Runs
from evals.watching.watch import Watch

Result = TypeVar("Result")
Item = TypeVar("Item")
_DIGITS: Final = 12
AT_ONCE: Final = 100
"""Packets that are noted while a caller waits; the rest comes in the background."""


def _shown(request: Request, assist: Service, caller: QualityReader) -> Runs:
    """Runs hold conversations of this installation: a key of another tenant sees none of them."""
    runs: Runs = request.app.state.runs
    return runs if caller.tenant == assist.tenant else Runs(None)


def _watch(request: Request) -> Watch:
    watch: Watch = request.app.state.watch
    return watch


Looking = Annotated[Watch, Depends(_watch)]
Shown = Annotated[Runs, Depends(_shown)]


async def told(work: Callable[..., Result], *given: Any) -> Result:  # noqa: ANN401 -- whatever the work takes
    """Do blocking work in a thread; what the evaluations refuse becomes a problem that says what to do."""
    try:
        return await asyncio.to_thread(work, *given)
    except EvalsError as exc:
        raise InvalidInput(str(exc)) from exc


def paged(found: Sequence[Item], cursor: str | None, limit: int) -> tuple[list[Item], str | None]:
    """Return one page; the cursor counts from the oldest entry, so that new ones do not shift a page."""
    if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) <= _DIGITS):
        message = f"{cursor[:60]!r} is not a page cursor of this service; send the next_cursor of a page, or none"
        raise CursorInvalid(message, field="cursor")
    start = 0 if cursor is None else max(0, len(found) - int(cursor))
    items = list(found[start : start + limit])
    rest = len(found) - start - len(items)
    return items, str(rest) if rest > 0 else None
