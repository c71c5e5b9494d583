"""The pages: plain files, and what they need to start on this machine."""

import json
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse

from assist.api.dependencies import Service, is_local

router = APIRouter(include_in_schema=False)
FILES = Path(__file__).parent.parent.parent / "desktop"


@router.get("/")
async def start() -> RedirectResponse:
    """Lead to the desktop."""
    return RedirectResponse("/desktop")


@router.get("/desktop")
async def desktop() -> FileResponse:
    """Return the desktop page."""
    return FileResponse(FILES / "index.html", headers={"Cache-Control": "no-cache"})


@router.get("/knowledge")
async def knowledge() -> FileResponse:
    """Return the page for knowledge managers."""
    return FileResponse(FILES / "knowledge.html", headers={"Cache-Control": "no-cache"})


@router.get("/desktop/domains")
async def domains(assist: Service) -> JSONResponse:
    """Return the domains that articles can belong to, with their intents."""
    found = {
        name: [(each.label, each.name) for each in folder.domain.intents] for name, folder in assist.domains.items()
    }
    return JSONResponse(found)


@router.get("/desktop/session")
async def session(request: Request, assist: Service) -> JSONResponse:
    """Return the local key to a page of this machine, and null to anyone else: they paste one of their own."""
    key = assist.local_key if is_local(request) else None
    return JSONResponse({"key": key}, headers={"Cache-Control": "no-store"})


@router.get("/desktop/samples")
async def samples(assist: Service) -> JSONResponse:
    """Return the sample transcripts that ship with the domains."""
    return JSONResponse(
        [
            {
                "domain": name,
                "name": path.stem.replace("_", " ").replace("-", " "),
                "transcript": json.loads(path.read_text("utf-8")),
            }
            for name, folder in sorted(assist.domains.items())
            for path in folder.samples
        ]
    )
