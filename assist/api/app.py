"""The application: routes, errors and edge, put together."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib import import_module

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from assist.api import problems
from assist.api.edge import Edge
from assist.api.routes import (
    articles,
    conversations,
    drafts,
    handoffs,
    health,
    keys,
    pages,
    policy,
    searches,
    shelves,
    stocktaking,
)
from assist.api.schemas import AcceptIn, ArticleIn, BatchIn, FeedbackIn, OutcomeIn, SearchIn, TurnsIn
from assist.domain.transcript import Transcript
from assist.errors import SettingsInvalid
from assist.wiring import Assist

Extension = Callable[[FastAPI, Assist], Callable[[], AbstractAsyncContextManager[None]]]
"""Adds its routes to the application, and returns what is to be entered while the service runs."""

_BODIES = (
    Transcript,
    TurnsIn,
    AcceptIn,
    FeedbackIn,
    OutcomeIn,
    ArticleIn,
    BatchIn,
    SearchIn,
    drafts.PreviewIn,
    keys.KeyIn,
)


def create_app(assist: Assist) -> FastAPI:
    """Return the application over a wired service; it warms the model on start and closes the service at the end."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await assist.open()
        async with AsyncExitStack() as running:
            for extension in extensions:
                await running.enter_async_context(extension())
            yield
        await assist.close()

    app = FastAPI(
        title="Handoff context",
        version=assist.version,
        description="A transcript in, a handoff packet out; knowledge that bots and agents share.",
        lifespan=lifespan,
        swagger_ui_parameters={"defaultModelsExpandDepth": 0},
    )
    app.state.assist = assist
    for module in (
        handoffs,
        conversations,
        drafts,
        shelves,
        articles,
        searches,
        stocktaking,
        keys,
        policy,
        health,
        pages,
    ):
        app.include_router(module.router)
    app.mount("/desktop/files", StaticFiles(directory=pages.FILES), name="desktop")
    problems.install(app)
    app.add_middleware(
        Edge,
        meter=assist.meter,
        max_body_bytes=assist.max_body_bytes,
        uploads={"/v1/articles:import": assist.max_upload_bytes},
    )
    extensions = [_named(name)(app, assist) for name in assist.extensions]
    _describe(app)
    return app


def _named(name: str) -> Extension:
    """Return the extension that a setting names: what stands above this package is found by name, since it may not be imported."""
    module, _, attribute = name.partition(":")
    try:
        found: Extension = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as exc:
        message = (
            f"ASSIST_EXTENSIONS names {name!r}, which cannot be loaded ({exc}); write module:function, or leave it out"
        )
        raise SettingsInvalid(message) from exc
    return found


def _describe(app: FastAPI) -> None:
    """Put into the OpenAPI document the bodies that routes read themselves, and how keys travel."""

    def openapi() -> dict[str, object]:
        if app.openapi_schema is None:
            document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            parts = document.setdefault("components", {})
            schemas = parts.setdefault("schemas", {})
            for body in _BODIES:
                schema = body.model_json_schema(ref_template="#/components/schemas/{model}")
                schemas.update(schema.pop("$defs", {}))
                schemas[body.__name__] = schema
            parts["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
            document["security"] = [{"key": []}]
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend the document


def asgi() -> ASGIApp:
    """Return the application as the environment's settings say: what each worker process starts."""
    from assist.settings import Settings  # noqa: PLC0415 -- an entrance: settings are read here and handed down
    from assist.wiring import build  # noqa: PLC0415

    return create_app(build(Settings.read()))
