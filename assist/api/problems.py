"""Every error becomes one shape: a problem document after RFC 9457."""

import http
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from assist import errors
from knowledge import ArticleChanged, ArticleInvalid, KnowledgeError

_log = logging.getLogger(__name__)

# error class -> status and code; the nearest listed ancestor counts
STATUS: dict[type[Exception], tuple[int, str]] = {
    errors.AssistError: (500, "internal_error"),
    errors.InvalidInput: (422, "invalid_input"),
    errors.LimitExceeded: (422, "limit_exceeded"),
    errors.CursorInvalid: (422, "cursor_invalid"),
    errors.NotFound: (404, "not_found"),
    errors.Conflict: (409, "conflict"),
    errors.IdempotencyConflict: (409, "idempotency_conflict"),
    errors.LostUpdate: (412, "lost_update"),
    errors.AccessError: (403, "forbidden"),
    errors.Unauthenticated: (401, "unauthenticated"),
    errors.Forbidden: (403, "forbidden"),
    errors.ConfigurationError: (500, "configuration_error"),
    errors.DomainInvalid: (500, "configuration_error"),
    errors.SettingsInvalid: (500, "configuration_error"),
    errors.StoreError: (503, "store_unavailable"),
    errors.StoreUnavailable: (503, "store_unavailable"),
    errors.KnowledgeUnavailable: (503, "knowledge_unavailable"),
    errors.ModelError: (503, "model_unavailable"),
    errors.ModelUnavailable: (503, "model_unavailable"),
    errors.ModelRateLimited: (503, "model_unavailable"),
    errors.ModelRequestRefused: (503, "model_unavailable"),
    errors.ModelWindowExceeded: (503, "model_unavailable"),
    errors.ModelTimeout: (504, "model_timeout"),
    errors.ModelBadReply: (502, "model_bad_reply"),
    errors.ModelEmptyReply: (502, "model_bad_reply"),
    errors.BudgetExceeded: (503, "budget_exceeded"),
    errors.ConsentMissing: (403, "consent_missing"),
    ArticleChanged: (412, "lost_update"),
    ArticleInvalid: (422, "article_invalid"),
    KnowledgeError: (503, "knowledge_unavailable"),
}


class FieldError(BaseModel):
    """What is wrong with one field of the request."""

    field: str = Field(examples=["turns.3.role"])
    message: str = Field(examples=["Input should be 'customer', 'bot', 'agent', 'tool' or 'system'"])


class Problem(BaseModel):
    """A problem document (RFC 9457): `detail` says what was wrong and what to do; `code` is stable for programs."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] = Field(default_factory=list)
    request_id: str | None = None


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": http.HTTPStatus(status).phrase}
    for status in (401, 403, 404, 409, 413, 422, 503)
}


def status_of(error: Exception) -> tuple[int, str]:
    """Return the HTTP status and the code of an error."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            return STATUS[kind]
    return 500, "internal_error"


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    fields: list[FieldError] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return a response that carries the problem document."""
    document = Problem(
        title=http.HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        errors=fields or [],
        request_id=request.scope.get("request_id"),
    )
    return JSONResponse(document.model_dump(), status, headers=headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Make every error of the app a problem document."""

    async def ours(request: Request, error: Exception) -> JSONResponse:
        status, code = status_of(error)
        if status == 500:  # noqa: PLR2004 -- an HTTP status is best read as its number
            _log.error("a request failed", exc_info=error)
            return problem(request, status, code, "the service made a mistake; the log has it under this request_id")
        named = getattr(error, "field", None)
        fields = [FieldError(field=named, message=str(error))] if named else []
        headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, errors.Unauthenticated) else None
        return problem(request, status, code, str(error), fields=fields, headers=headers)

    async def invalid(request: Request, error: Exception) -> JSONResponse:
        details = _telling(error.errors()) if isinstance(error, RequestValidationError) else []
        fields = [FieldError(field=_path(detail["loc"]), message=detail["msg"]) for detail in details]
        first = fields[0] if fields else FieldError(field="body", message="cannot be read")
        return problem(request, 422, "invalid_input", f"{first.field}: {first.message}", fields=fields)

    async def by_starlette(request: Request, error: Exception) -> JSONResponse:
        status = error.status_code if isinstance(error, HTTPException) else 500
        detail = f"{request.method} {request.url.path}: {http.HTTPStatus(status).phrase}; see /docs for what there is"
        headers = error.headers if isinstance(error, HTTPException) else None
        code = http.HTTPStatus(status).phrase.lower().replace(" ", "_")
        return problem(request, status, code, detail, headers=headers)

    app.add_exception_handler(errors.AssistError, ours)
    app.add_exception_handler(KnowledgeError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, by_starlette)
    app.add_exception_handler(Exception, ours)


def _telling(details: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Leave out "too short" of a list whose items were refused: it has items, and the caller can see that."""
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short"
        or not any(len(place) > len(detail["loc"]) and place[: len(detail["loc"])] == detail["loc"] for place in places)
    ]


def _path(loc: tuple[int | str, ...]) -> str:
    """Return `turns.3.role` for `("body", "turns", 3, "role")`."""
    parts = [str(part) for part in loc if part not in {"body", "query", "path", "header"}]
    return ".".join(parts) or str(loc[0] if loc else "body")
