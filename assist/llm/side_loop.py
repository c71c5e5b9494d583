"""An event loop in a thread of its own, for libraries that now and then block.

A provider's library imports for seconds, refreshes credentials over a blocking connection, or counts tokens at length.
On the service's loop each of these would hold every other request up; beside it, only the call that needs them waits.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class SideLoop:
    """Runs coroutines elsewhere; starts with the first one, and again after `close`."""

    def __init__(self, name: str, *, farewell: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        self._name = name
        self._farewell = farewell
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    async def run(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Return what `work` returns; cancelling the caller cancels the work."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work(), self._running()))

    async def close(self) -> None:
        """Cancel what still runs and end the thread."""
        await asyncio.to_thread(self._close)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name=self._name, daemon=True)
                self._thread.start()
            return self._loop

    def _close(self) -> None:
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._wound_up(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    async def _wound_up(self) -> None:
        if self._farewell is not None:
            await self._farewell()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.get_running_loop().shutdown_asyncgens()
        await asyncio.get_running_loop().shutdown_default_executor()
