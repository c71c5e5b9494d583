"""The base of all domain values."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value; fields it does not know are kept, so that nothing a caller sent is lost."""

    model_config = ConfigDict(frozen=True, extra="allow")


class Strict(BaseModel):
    """An immutable value that refuses fields it does not know: for what an operator writes, where a typo must not pass."""

    model_config = ConfigDict(frozen=True, extra="forbid")
