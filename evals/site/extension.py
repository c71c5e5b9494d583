"""What the service mounts where its settings name it: the page, its API, and the watch in the background."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from assist.wiring import Assist
from evals.promotion import RECORD
from evals.site import page, run_routes, watch_routes
from evals.site.runs import Runs
from evals.watching.watch import Watch

_log = logging.getLogger(__name__)


def extend(app: FastAPI, assist: Assist) -> Callable[[], AbstractAsyncContextManager[None]]:
    """Add page and routes to the application, and return what watches quality while the service runs."""
    watch = app.state.watch = Watch(assist)
    app.state.runs = Runs(assist.evals_dir, record=assist.data_dir / RECORD)
    for routes in (run_routes, watch_routes, page):
        app.include_router(routes.router)
    app.mount("/quality/files", StaticFiles(directory=page.FILES), name="quality")

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        watching = asyncio.create_task(_watching(assist, watch)) if assist.sample_share else None
        yield
        if watching is not None:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    return running


async def _watching(assist: Assist, watch: Watch) -> None:
    """Look at what is new, now and then; what goes wrong ends one look, not all later ones."""
    while True:
        await asyncio.sleep(assist.watch_seconds)
        try:
            for tenant in await assist.quality.tenants():
                await watch.look(tenant)
        except Exception:  # noqa: BLE001 -- whatever broke, the service goes on
            _log.exception("watching quality failed; it is tried again")
