"""The model of a service that has none: the rules answer."""

from typing import NoReturn

from assist.errors import ModelUnavailable
from assist.ports import ModelRequest


class NoModel:
    """Always unavailable."""

    async def answer(self, request: ModelRequest) -> NoReturn:
        """Raise ModelUnavailable."""
        del request
        message = "no language model is configured; set ASSIST_MODEL to use one"
        raise ModelUnavailable(message)

    async def warm(self) -> None:
        """Do nothing."""

    async def close(self) -> None:
        """Do nothing."""
