"""An event loop beside the service's."""

import asyncio
import threading
import time

import pytest

from assist.llm.side_loop import SideLoop


async def test_work_that_blocks_does_not_hold_the_service_up() -> None:
    """The caller's loop goes on while the other one stands still."""
    side, free = SideLoop("test"), threading.Event()

    async def block() -> str:
        free.wait(30)
        return "done"

    blocked = asyncio.create_task(side.run(block))
    await asyncio.sleep(0.05)
    assert not blocked.done()
    free.set()
    assert await blocked == "done"
    await side.close()


async def test_a_deadline_holds_although_the_work_blocks() -> None:
    """The caller is answered in time, whatever the other thread does."""
    side, free = SideLoop("test"), threading.Event()

    async def block() -> None:
        free.wait(30)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await side.run(block)
    assert not free.is_set()
    free.set()
    await side.close()


async def test_cancelling_the_caller_cancels_the_work() -> None:
    """Nothing goes on that nobody waits for."""
    side, ended = SideLoop("test"), threading.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(30)
        finally:
            ended.set()

    running = asyncio.create_task(side.run(work))
    await asyncio.sleep(0.05)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await asyncio.to_thread(ended.wait, 30)
    await side.close()


async def test_errors_come_back() -> None:
    """As they were raised."""
    side = SideLoop("test")

    async def fail() -> None:
        message = "no"
        raise ValueError(message)

    with pytest.raises(ValueError, match="no"):
        await side.run(fail)
    await side.close()


async def test_it_ends_and_starts_again() -> None:
    """Its thread is gone after `close`, and there again with the next work; closing twice does no harm."""
    side = SideLoop("a test's loop")

    async def now() -> float:
        return time.monotonic()

    for _ in range(2):
        await side.run(now)
        assert [thread for thread in threading.enumerate() if thread.name == "a test's loop"]
        await side.close()
        await side.close()
        assert not [thread for thread in threading.enumerate() if thread.name == "a test's loop"]
