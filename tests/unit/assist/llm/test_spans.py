"""What traces hold of a call, and what they do not."""

from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assist.errors import ModelTimeout
from assist.llm import Call, CallFailed, CallSpans, Completion, Message, Patience

CALL = Call("anthropic/claude-x", [Message("system", "secret"), Message("user", "kumquat")], 300, Patience())
DONE = Completion(
    "said kumquat", 100, 20, cost=0.01, finish="stop", response_model="claude-x-1", first_token_seconds=0.2
)


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    """Return where spans end up."""
    kept = InMemorySpanExporter()
    yield kept
    kept.shutdown()


def spans_of(exporter: InMemorySpanExporter, *, with_text: bool) -> CallSpans:
    """Return spans that are exported."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return CallSpans(with_text=with_text, tracer=provider.get_tracer("test"))


def only(exporter: InMemorySpanExporter) -> ReadableSpan:
    """Return the one span."""
    (span,) = exporter.get_finished_spans()
    return span


def test_a_call_is_told_after_the_conventions(exporter: InMemorySpanExporter) -> None:
    """Provider, model, tokens and reason of the end stand under their agreed names."""
    with spans_of(exporter, with_text=False).span(CALL, purpose="handoff", attempt=2) as span:
        span.answered(DONE)
    made = only(exporter)
    assert made.name == "chat claude-x"
    attributes = dict(made.attributes or {})
    assert attributes["gen_ai.operation.name"] == "chat"
    assert attributes["gen_ai.provider.name"] == "anthropic"
    assert attributes["gen_ai.request.model"] == "claude-x"
    assert attributes["gen_ai.response.model"] == "claude-x-1"
    assert attributes["gen_ai.usage.input_tokens"] == 100
    assert attributes["gen_ai.usage.output_tokens"] == 20
    assert attributes["gen_ai.response.finish_reasons"] == ("stop",)
    assert attributes["assist.attempt"] == 2


def test_no_text_is_in_a_trace(exporter: InMemorySpanExporter) -> None:
    """Neither prompt nor reply, be the call answered or failed."""
    spans = spans_of(exporter, with_text=False)
    with spans.span(CALL, purpose="handoff", attempt=1) as span:
        span.answered(DONE)
    error = RuntimeError("kumquat")
    with pytest.raises(RuntimeError), spans.span(CALL, purpose="handoff", attempt=2):
        raise error
    told = "".join(span.to_json() for span in exporter.get_finished_spans())
    assert "kumquat" not in told
    assert "secret" not in told


def test_text_is_there_where_a_debug_setting_asks_for_it(exporter: InMemorySpanExporter) -> None:
    """Both sides of the talk, after the conventions."""
    with spans_of(exporter, with_text=True).span(CALL, purpose="handoff", attempt=1) as span:
        span.answered(DONE)
    attributes = dict(only(exporter).attributes or {})
    assert "kumquat" in str(attributes["gen_ai.input.messages"])
    assert "said kumquat" in str(attributes["gen_ai.output.messages"])


def test_a_failed_call_names_its_error(exporter: InMemorySpanExporter) -> None:
    """The class of our error, and its words."""
    with spans_of(exporter, with_text=False).span(CALL, purpose="handoff", attempt=1) as span:
        span.failed(CallFailed(ModelTimeout("took too long")))
    made = only(exporter)
    assert dict(made.attributes or {})["error.type"] == "ModelTimeout"
    assert made.status.description == "took too long"
