"""A judge that answers by a rule, for tests of what is made of its answers."""

from collections.abc import Callable, Mapping
from typing import Any

from assist.errors import ModelUnavailable
from assist.ports import ModelReply, ModelRequest


class RuleJudge:
    """Answers with what a rule makes of the prompt, in the shape asked for; None means that it is down. Keeps what it was asked."""

    def __init__(self, rule: Callable[[str], Mapping[str, Any] | None]) -> None:
        self._rule = rule
        self.asked: list[ModelRequest] = []

    def __call__(self, request: ModelRequest) -> ModelReply:
        """Return the reply; ModelUnavailable where the rule has none."""
        self.asked.append(request)
        said = self._rule(request.user)
        if said is None:
            message = "nobody answers"
            raise ModelUnavailable(message)
        value = request.reply.model_validate(said)
        return ModelReply(
            value=value, text=value.model_dump_json(), model="rule", tokens_in=1, tokens_out=1, cost=None, ms=0.1
        )
