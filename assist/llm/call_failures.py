"""What a failed call means: a provider's error becomes one of ours, in our words."""

from dataclasses import dataclass

from assist.errors import (
    ModelEmptyReply,
    ModelError,
    ModelRateLimited,
    ModelRequestRefused,
    ModelTimeout,
    ModelUnavailable,
    ModelWindowExceeded,
)
from assist.llm.provider import CallFailed


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What we call an error, say of it, and do after it."""

    error: type[ModelError]
    says: str
    retryable: bool = False
    blames_model: bool = True


_KEY = "does not accept the key; check the provider's variable in the environment, or ASSIST_MODEL_KEY_FILE"
_BROKEN = _Meaning(ModelUnavailable, "failed at the provider", retryable=True)

# class of litellm's error, by its name so that nothing is imported to compare; the nearest listed ancestor counts
_BY_NAME: dict[str, _Meaning] = {
    "ContextWindowExceededError": _Meaning(
        ModelWindowExceeded, "has a window that is shorter than the request", blames_model=False
    ),
    "ContentPolicyViolationError": _Meaning(ModelEmptyReply, "declined to answer", blames_model=False),
    "AuthenticationError": _Meaning(ModelUnavailable, _KEY),
    "PermissionDeniedError": _Meaning(ModelUnavailable, _KEY),
    "NotFoundError": _Meaning(ModelUnavailable, "is not known to the provider; check its name in ASSIST_MODEL"),
    "RateLimitError": _Meaning(ModelRateLimited, "takes no more requests for now", retryable=True),
    "PaymentRequiredError": _Meaning(ModelRateLimited, "is out of credit at the provider"),
    "UnsupportedParamsError": _Meaning(ModelRequestRefused, "refuses this kind of request", blames_model=False),
    "UnprocessableEntityError": _Meaning(ModelRequestRefused, "refuses this kind of request", blames_model=False),
    "BadRequestError": _Meaning(ModelRequestRefused, "refuses this kind of request", blames_model=False),
    "Timeout": _Meaning(ModelTimeout, "did not answer in time"),
    "APIConnectionError": _Meaning(ModelUnavailable, "cannot be reached", retryable=True),
    "MidStreamFallbackError": _Meaning(ModelUnavailable, "broke off in the middle of its answer", retryable=True),
    "APIError": _BROKEN,
}
_UNKNOWN = _Meaning(ModelUnavailable, "failed in a way that is not known")
_REQUEST_TIMEOUT = 408


def call_failed(model: str, exc: Exception, *, received: int = 0) -> CallFailed:
    """Return what an error of litellm means."""
    names = [kind.__name__ for kind in type(exc).__mro__]
    meaning = next((_BY_NAME[name] for name in names if name in _BY_NAME), _UNKNOWN)
    headers = getattr(exc, "litellm_response_headers", None)
    status = getattr(exc, "status_code", None) if headers is not None else None
    # The provider's own 408 is worth a second try; a silence that we waited through is not.
    retryable = meaning.retryable or status == _REQUEST_TIMEOUT
    shown = f", status {status}" if status else ""
    return CallFailed(
        meaning.error(f"{model} {meaning.says} ({names[0]}{shown})"),
        retryable=retryable,
        retry_after=_seconds(headers.get("retry-after")) if headers is not None else None,
        blames_model=meaning.blames_model,
        received=received,
    )


def unexplained(model: str, reason: str) -> CallFailed:
    """Return the failure of a call that could not even be made."""
    return CallFailed(ModelUnavailable(f"{model} cannot be called: {reason}"))


def _seconds(header: str | None) -> float | None:
    """Return a Retry-After in seconds; its other form, a date, is rare and counts as none."""
    try:
        return max(float(header), 0.0) if header is not None else None
    except ValueError:
        return None
