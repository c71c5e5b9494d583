"""A command's use of the service: wired, migrated, and closed again whatever happens."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from assist.settings import Settings
from assist.wiring import Assist, build

Result = TypeVar("Result")


def with_assist(work: Callable[[Assist], Awaitable[Result]]) -> Result:
    """Run `work` on a wired service and return what it returns."""

    async def session() -> Result:
        assist = build(Settings.read())
        try:
            await assist.migrate()
            return await work(assist)
        finally:
            await assist.close()

    return asyncio.run(session())
