"""Every error the service raises on purpose, in one tree.

```
AssistError
├── InvalidInput              what the caller sent cannot be used
│   ├── LimitExceeded         a size limit; names the limit and the value
│   └── CursorInvalid         a page cursor that this service did not make
├── NotFound                  no such thing, or not in this tenant
├── Conflict
│   ├── IdempotencyConflict   the same key came before with another body
│   └── LostUpdate            the thing changed since the caller read it
├── AccessError
│   ├── Unauthenticated       no key, or one that is not known
│   └── Forbidden             the key's role may not do this
├── ConfigurationError        settings or a domain folder that cannot be used
│   ├── DomainInvalid
│   └── SettingsInvalid
├── StoreError                the database
│   └── StoreUnavailable
├── KnowledgeUnavailable      the vector store or the embedding model
└── ModelError                the language model
    ├── ModelUnavailable      none configured, out of reach, broken, or refuses the key
    │   ├── ModelRateLimited
    │   └── ModelRequestRefused
    │       └── ModelWindowExceeded
    ├── ModelTimeout
    ├── ModelBadReply         not what was asked for
    ├── ModelEmptyReply       nothing in it
    ├── BudgetExceeded        of a packet, or of a tenant's day
    └── ConsentMissing        the customer did not agree to a model
```

Errors know no HTTP: `assist.api.errors` maps each class to a status and a code.
A message names the value, what was expected and what to do.
"""


class AssistError(Exception):
    """Any error raised on purpose; `str()` is one sentence fit to show a caller."""


class InvalidInput(AssistError):
    """What the caller sent cannot be used; `field` names where, as a path such as `turns.3.role`."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class LimitExceeded(InvalidInput):
    """A size limit was passed; `limit` is the setting's name, `allowed` its value, `actual` what came."""

    def __init__(self, *, limit: str, allowed: int, actual: int, field: str | None = None) -> None:
        super().__init__(
            f"{field or 'the request'} has {actual:,}, over the limit {limit} = {allowed:,};"
            f" send less, or raise ASSIST_{limit.upper()}",
            field=field,
        )
        self.limit = limit
        self.allowed = allowed
        self.actual = actual


class CursorInvalid(InvalidInput):
    """A page cursor that this service did not make."""


class NotFound(AssistError):
    """No such thing, or it belongs to another tenant (the two are not told apart)."""


class Conflict(AssistError):
    """The request does not fit the present state."""


class IdempotencyConflict(Conflict):
    """The same Idempotency-Key came before with another body."""


class LostUpdate(Conflict):
    """The thing changed since the caller read it (If-Match does not match)."""


class AccessError(AssistError):
    """The caller may not do this."""


class Unauthenticated(AccessError):
    """No key was sent, or one that is not known or was revoked."""


class Forbidden(AccessError):
    """The key is known, but its role may not do this."""


class ConfigurationError(AssistError):
    """Settings or files that the operator wrote cannot be used."""


class DomainInvalid(ConfigurationError):
    """A domain folder cannot be used; the message names file, place and what to do."""


class SettingsInvalid(ConfigurationError):
    """A setting cannot be used; the message names it, its value and what was expected."""


class StoreError(AssistError):
    """The database failed."""


class StoreUnavailable(StoreError):
    """The database cannot be reached or opened."""


class KnowledgeUnavailable(AssistError):
    """The vector store or the embedding model cannot be used."""


class ModelError(AssistError):
    """The language model gave nothing usable."""


class ModelUnavailable(ModelError):
    """No model is configured, or none answers."""


class ModelRateLimited(ModelUnavailable):
    """The provider takes no more requests for a while."""


class ModelRequestRefused(ModelUnavailable):
    """The provider answers, but not to this request."""


class ModelWindowExceeded(ModelRequestRefused):
    """The request is longer than the model's window: ask about less at a time."""


class ModelTimeout(ModelError):
    """The model did not answer in time."""


class ModelBadReply(ModelError):
    """The model answered, but not with what was asked for."""


class ModelEmptyReply(ModelError):
    """The model answered with nothing in it, or declined to answer."""


class BudgetExceeded(ModelError):
    """The call would pass what a packet, or a tenant's day, may use of models."""


class ConsentMissing(ModelError):
    """The customer did not agree that a model reads the conversation."""
