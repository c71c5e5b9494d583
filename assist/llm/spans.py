"""Traces of calls to models, after OpenTelemetry's conventions for generative AI.

Texts are left out unless a debug setting asks for them. Without an exporter set up in the process nothing is recorded.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, Tracer

from assist.llm.provider import Call, CallFailed, Completion

_PROVIDERS = {
    # litellm's name -> the convention's, where they differ
    "azure": "azure.ai.openai",
    "bedrock": "aws.bedrock",
    "cohere_chat": "cohere",
    "gemini": "gcp.gemini",
    "mistral": "mistral_ai",
    "vertex_ai": "gcp.vertex_ai",
    "xai": "x_ai",
}


class CallSpans:
    """Opens a span for each call."""

    def __init__(self, *, with_text: bool = False, tracer: Tracer | None = None) -> None:
        self._with_text = with_text
        self._tracer = tracer or trace.get_tracer("assist.llm")

    @contextmanager
    def span(self, call: Call, *, purpose: str, attempt: int) -> Iterator["CallSpan"]:
        """Open the span of a call; it ends with the block."""
        provider, name = call.model.split("/", 1) if "/" in call.model else ("openai", call.model)
        attributes: dict[str, str | int | bool] = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": _PROVIDERS.get(provider, provider),
            "gen_ai.request.model": name,
            "gen_ai.request.max_tokens": call.max_tokens,
            "gen_ai.request.stream": True,
            "gen_ai.output.type": "json",
            "assist.purpose": purpose,
            "assist.attempt": attempt,
        }
        # What went wrong is told by us, without the words of the exception: they may hold the conversation.
        with self._tracer.start_as_current_span(
            f"chat {name}",
            kind=SpanKind.CLIENT,
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            if self._with_text and span.is_recording():
                said = [{"role": message.role, "parts": [_part(message.content)]} for message in call.messages]
                span.set_attribute("gen_ai.input.messages", json.dumps(said, ensure_ascii=False))
            yield CallSpan(span, with_text=self._with_text)


class CallSpan:
    """The span of one call."""

    def __init__(self, span: Span, *, with_text: bool) -> None:
        self._span = span
        self._with_text = with_text

    def answered(self, completion: Completion) -> None:
        """Note how it went."""
        self._span.set_attribute("gen_ai.usage.input_tokens", completion.tokens_in)
        self._span.set_attribute("gen_ai.usage.output_tokens", completion.tokens_out)
        self._span.set_attribute("gen_ai.response.finish_reasons", [completion.finish])
        self._span.set_attribute("gen_ai.response.time_to_first_chunk", completion.first_token_seconds)
        if completion.response_model:
            self._span.set_attribute("gen_ai.response.model", completion.response_model)
        if completion.cost is not None:
            self._span.set_attribute("assist.cost", completion.cost)
        if self._with_text:
            said = [{"role": "assistant", "parts": [_part(completion.text)], "finish_reason": completion.finish}]
            self._span.set_attribute("gen_ai.output.messages", json.dumps(said, ensure_ascii=False))

    def failed(self, failure: CallFailed) -> None:
        """Note why there is no answer."""
        self._span.set_attribute("error.type", type(failure.error).__name__)
        self._span.set_status(Status(StatusCode.ERROR, str(failure.error)))


def _part(text: str) -> dict[str, str]:
    return {"type": "text", "content": text}
