"""Watchers within one process."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from assist.ports import Event

_BACKLOG = 100


class MemoryBroadcaster:
    """Hands events to watchers in this process; a watcher too slow to keep up loses the oldest events first."""

    def __init__(self) -> None:
        self._watchers: defaultdict[tuple[str, str], set[asyncio.Queue[Event]]] = defaultdict(set)

    async def publish(self, tenant: str, handoff_id: str, event: Event) -> None:
        """Hand the event to all watchers; never waits for one."""
        for queue in tuple(self._watchers.get((tenant, handoff_id), ())):
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)

    @contextmanager
    def watching(self, tenant: str, handoff_id: str) -> Iterator[AsyncIterator[Event]]:
        """Open a watch; it is forgotten when the caller closes it."""
        queue: asyncio.Queue[Event] = asyncio.Queue(maxsize=_BACKLOG)
        place = (tenant, handoff_id)
        self._watchers[place].add(queue)
        try:
            yield _drained(queue)
        finally:
            self._watchers[place].discard(queue)
            if not self._watchers[place]:
                del self._watchers[place]


async def _drained(queue: asyncio.Queue[Event]) -> AsyncIterator[Event]:
    while True:
        yield await queue.get()
