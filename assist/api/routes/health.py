"""For operators and their probes."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assist.access import Right
from assist.api.dependencies import Needs, Service, is_local

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def is_alive() -> dict[str, str]:
    """Answer as long as the process lives."""
    return {"status": "ok"}


@router.get("/readyz")
async def is_ready(assist: Service) -> JSONResponse:
    """Say whether database, vector store and embedding model work; 503 names each that does not."""
    checks = await assist.health()
    ready = all(check.ok for check in checks)
    body = {
        "status": "ready" if ready else "not_ready",
        "checks": {check.name: {"ok": check.ok, "detail": check.detail, "ms": check.ms} for check in checks},
    }
    return JSONResponse(body, 200 if ready else 503)


@router.get("/metrics")
async def metrics(request: Request, assist: Service) -> Response:
    """Return metrics for Prometheus: freely on this machine, with a key of role qa or admin from elsewhere.

    Numbers about the quality of packets are those of the key's tenant, on this machine those of all.
    """
    tenant = None if is_local(request) else (await Needs(Right.READ_METRICS)(request, assist)).tenant
    quality = await assist.quality_exposition(tenant)
    return Response(assist.meter.exposition() + quality, media_type="text/plain; version=0.0.4; charset=utf-8")
