"""The page itself: plain files, and a policy that lets a report run its own script in its sandbox and nothing else."""

import base64
import hashlib
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from fastapi.responses import FileResponse

import evals.report

FILES: Final = Path(__file__).parent / "files"
_REPORT_SCRIPT: Final = Path(evals.report.__file__).parent / "page.js"

router = APIRouter(include_in_schema=False)


@router.get("/quality")
async def quality() -> FileResponse:
    """Return the page; what it shows it asks of `/v1/quality`, with the reader's key."""
    return FileResponse(
        FILES / "index.html", headers={"Cache-Control": "no-cache", "Content-Security-Policy": policy()}
    )


def policy() -> str:
    """Return the page's policy. A report in `srcdoc` inherits it, hence the digest of the one script that reports carry."""
    digest = base64.b64encode(hashlib.sha256(_REPORT_SCRIPT.read_bytes()).digest()).decode()
    return (
        f"default-src 'self'; script-src 'self' 'sha256-{digest}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
        " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
