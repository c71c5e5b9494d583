"""The labelling page's server: for one person, on their own machine, without a network.

Nothing but pages that it served itself may write: another site open in the same browser is refused by its origin, a name that was
pointed at this machine by its host.
"""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assist.api.routes.pages import FILES as DESKTOP
from assist.domain.business import Domain
from assist.domain.findings import EscalationReason, SentimentLabel, StepBy, StepOutcome, Trend, VerificationStatus
from evals.labelling.book import Book
from evals.soundness import IMPORTANCE, listed

_PAGE: Final = Path(__file__).parent / "page"
_HOSTS: Final = ["127.0.0.1", "localhost"]
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "status": listed(VerificationStatus),
    "outcome": listed(StepOutcome),
    "by": listed(StepBy),
    "sentiment": listed(SentimentLabel),
    "trend": listed(Trend),
    "reason": listed(EscalationReason),
    "importance": IMPORTANCE,
}


class Saved(BaseModel):
    """What the page sends: the labels as they are, and what the person did."""

    model_config = ConfigDict(extra="forbid")

    labels: dict[str, Any]
    domain: str | None = None
    prefilled: bool = False
    state: Literal["begun", "skipped", "done"]


def create_desk(book: Book, domains: Mapping[str, Domain]) -> FastAPI:
    """Return the application over one person's book."""
    app = FastAPI(title="Labelling", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)

    @app.middleware("http")
    async def own_pages_alone(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        origin = request.headers.get("origin")
        if request.method != "GET" and origin != f"http://{request.headers.get('host')}":
            return JSONResponse({"detail": "only the labelling page itself may save"}, status_code=403)
        response = await go_on(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/")
    async def start() -> FileResponse:
        return FileResponse(_PAGE / "index.html")

    @app.get("/desk")
    async def desk() -> dict[str, Any]:
        return {
            "labeller": book.labeller,
            "prefills": book.prefills,
            "settling": any(entry.answers for entry in book.entries),
            "words": _WORDS,
            "domains": {name: _domain(domain) for name, domain in sorted(domains.items())},
            "cases": [
                {"case_id": entry.case.case_id, "state": book.state(entry.case.case_id)} for entry in book.entries
            ],
            "progress": book.progress._asdict(),
        }

    @app.get("/cases/{place}")
    def case(place: int) -> dict[str, Any]:
        entry = book.entries[_within(book, place)]
        known = book.labels(entry.case.case_id)
        return {
            "case_id": entry.case.case_id,
            "channel": entry.case.channel,
            "language": entry.case.language,
            "turns": [turn.model_dump(mode="json", exclude_none=True) for turn in entry.case.turns],
            "answers": entry.answers,
            "open": entry.open,
            "state": book.state(entry.case.case_id),
            **known,
        }

    @app.put("/cases/{place}")
    def save(place: int, saved: Saved) -> dict[str, Any]:
        case_id = book.entries[_within(book, place)].case.case_id
        wrong = []
        if saved.state == "done":
            found = book.finish(case_id, saved.labels, domain=saved.domain, prefilled=saved.prefilled)
            wrong = [fault._asdict() for fault in found]
        else:
            skipped = saved.state == "skipped"
            book.keep(case_id, saved.labels, domain=saved.domain, prefilled=saved.prefilled, skipped=skipped)
        return {"state": book.state(case_id), "faults": wrong, "progress": book.progress._asdict()}

    app.mount("/files", StaticFiles(directory=_PAGE), name="files")
    app.mount("/shared", StaticFiles(directory=DESKTOP), name="shared")
    return app


def _within(book: Book, place: int) -> int:
    if not 0 <= place < len(book.entries):
        raise HTTPException(404, f"there is no conversation {place + 1}; there are {len(book.entries)}")
    return place


def _domain(domain: Domain) -> dict[str, Any]:
    intents = [{"label": intent.label, "name": intent.name, "about": intent.description} for intent in domain.intents]
    return {"title": domain.title, "intents": intents}
