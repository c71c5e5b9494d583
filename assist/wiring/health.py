"""Whether the parts that can fail work."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from assist.errors import AssistError
from knowledge import KnowledgeError


@dataclass(frozen=True, slots=True)
class Check:
    """One part: does it work, and if not, how to mend it; `ms` is how long the answer took."""

    name: str
    ok: bool
    detail: str
    ms: float = 0.0


async def checked(name: str, probe: Callable[[], Awaitable[str]]) -> Check:
    """Return what the probe says; an expected error is a failed check, with its message."""
    started = time.perf_counter()
    try:
        detail, ok = await probe(), True
    except (AssistError, KnowledgeError) as exc:
        detail, ok = str(exc), False
    return Check(name, ok=ok, detail=detail, ms=round((time.perf_counter() - started) * 1000, 1))
