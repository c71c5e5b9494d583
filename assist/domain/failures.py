"""The failure code that a packet shows for an error of the language model."""

from assist import errors
from assist.domain.packet import Failure

# error class -> code; the nearest listed ancestor counts
FAILURES: dict[type[errors.ModelError], Failure] = {
    errors.ModelError: Failure.MODEL_UNAVAILABLE,
    errors.ModelUnavailable: Failure.MODEL_UNAVAILABLE,
    errors.ModelRateLimited: Failure.MODEL_UNAVAILABLE,
    errors.ModelRequestRefused: Failure.MODEL_UNAVAILABLE,
    errors.ModelWindowExceeded: Failure.MODEL_UNAVAILABLE,
    errors.ModelTimeout: Failure.TIMEOUT,
    errors.ModelBadReply: Failure.SCHEMA_INVALID,
    errors.ModelEmptyReply: Failure.INSUFFICIENT_CONTENT,
    errors.BudgetExceeded: Failure.BUDGET_EXCEEDED,
    errors.ConsentMissing: Failure.CONSENT_MISSING,
}


def failure_of(error: errors.ModelError) -> Failure:
    """Return the code of an error."""
    return next((FAILURES[kind] for kind in type(error).__mro__ if kind in FAILURES), Failure.MODEL_UNAVAILABLE)
