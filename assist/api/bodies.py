"""Request bodies, read by pydantic's own JSON parser.

It refuses what Python's `json` lets through and a database would choke on later: NaN, lone surrogates, endless nesting.
"""

from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

Body = TypeVar("Body", bound=BaseModel)


async def read_body(request: Request, kind: type[Body]) -> Body:
    """Return the request's body as `kind`; a 422 names the field that does not fit. An empty body is an empty object."""
    raw = await request.body()
    try:
        return kind.model_validate_json(raw or b"{}")
    except ValidationError as exc:
        raise RequestValidationError(
            [
                {**error, "loc": ("body", *error["loc"])}
                for error in exc.errors(include_url=False, include_context=False)
            ]
        ) from exc


def documented(kind: type[BaseModel], example: Any = None, *, required: bool = True) -> dict[str, Any]:  # noqa: ANN401 -- any JSON
    """Return the OpenAPI text of such a body, for a route's `openapi_extra`."""
    content: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{kind.__name__}"}}
    if example is not None:
        content["example"] = example
    return {"requestBody": {"required": required, "content": {"application/json": content}}}
