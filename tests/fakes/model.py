"""A Model that says what a test wrote down."""

from collections.abc import Iterable

from assist.errors import ModelError, ModelUnavailable
from assist.ports import ModelReply, ModelRequest


class ScriptedModel:
    """Answers with one text after the other, an error among them is raised; keeps the requests it saw."""

    def __init__(self, *script: str | ModelError) -> None:
        self._script: Iterable[str | ModelError] = iter(script)
        self.requests: list[ModelRequest] = []

    async def answer(self, request: ModelRequest) -> ModelReply:
        """Return the next text in the shape asked for."""
        self.requests.append(request)
        said = next(iter(self._script), ModelUnavailable("the script is at its end"))
        if isinstance(said, ModelError):
            raise said
        value = request.reply.model_validate_json(said)
        return ModelReply(
            value=value, text=said, model="scripted", tokens_in=10, tokens_out=5, cost=None, ms=0.1, attempts=1
        )
