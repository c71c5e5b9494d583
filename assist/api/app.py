"""The application: routes, errors and edge, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

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
from assist.wiring import Assist

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
    _describe(app)
    return app


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
