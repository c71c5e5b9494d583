"""Counters and durations in the Prometheus text format."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

Labelled = TypeVar("Labelled", Counter, Histogram)
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0)


class Kind(StrEnum):
    """How a metric adds up."""

    COUNTER = "counter"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as operators see it, with the prefix `assist_`."""

    name: str
    kind: Kind
    help: str
    labels: tuple[str, ...] = ()


METRICS = (
    Metric("requests", Kind.COUNTER, "HTTP requests by route and status", ("method", "route", "status")),
    Metric("request_seconds", Kind.HISTOGRAM, "time to answer a request, by route", ("method", "route")),
    Metric("packets", Kind.COUNTER, "handoff packets made, by domain and first reason", ("domain", "reason")),
    Metric("live_answers", Kind.COUNTER, "answers to appended turns, by whether to escalate", ("escalate",)),
    Metric("remarks", Kind.COUNTER, "what agents said of packets, by kind", ("kind",)),
    Metric("stage_seconds", Kind.HISTOGRAM, "time a stage of analysis took", ("stage",)),
    Metric("stage_failures", Kind.COUNTER, "fields that were degraded, by stage and failure", ("stage", "failure")),
    Metric("searches", Kind.COUNTER, "knowledge searches, by whether anything relevant was found", ("relevant",)),
    Metric("model_calls", Kind.COUNTER, "calls to language models, by outcome", ("model", "outcome")),
    Metric("model_failures", Kind.COUNTER, "requests that a model did not answer, by failure code", ("model", "code")),
    Metric("model_retries", Kind.COUNTER, "calls that were made again", ("model",)),
    Metric("model_tokens", Kind.COUNTER, "tokens, in and out", ("model", "direction")),
    Metric("model_cost_dollars", Kind.COUNTER, "what calls cost, where the price is known", ("model",)),
    Metric("model_breaker_openings", Kind.COUNTER, "times that a model was left alone after failures", ("model",)),
    Metric("model_seconds", Kind.HISTOGRAM, "time a call to a model took", ("model",)),
    Metric("revisions", Kind.COUNTER, "second revisions of packets, by who wrote the summary", ("summary_by",)),
    Metric("briefing_seconds", Kind.HISTOGRAM, "time a model's part in a packet took, all its calls included"),
    Metric(
        "briefed_fields",
        Kind.COUNTER,
        "fields a model was asked for, by who answered in the end",
        ("field", "by", "failure"),
    ),
    Metric("dropped_claims", Kind.COUNTER, "statements of models that were not believed", ("field", "reason")),
    Metric("model_first_token_seconds", Kind.HISTOGRAM, "time until a model's first text", ("model",)),
)


class PrometheusMeter:
    """Keeps the metrics of one service; an unknown name is an error at once, not a metric lost."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._counters = {
            m.name: Counter(f"assist_{m.name}", m.help, m.labels, registry=self._registry)
            for m in METRICS
            if m.kind is Kind.COUNTER
        }
        self._histograms = {
            m.name: Histogram(f"assist_{m.name}", m.help, m.labels, registry=self._registry, buckets=_SECONDS)
            for m in METRICS
            if m.kind is Kind.HISTOGRAM
        }

    def count(self, name: str, value: float = 1.0, **labels: str) -> None:
        """Add to a counter."""
        _labelled(self._counters[name], labels).inc(value)

    def time(self, name: str, seconds: float, **labels: str) -> None:
        """Record a duration in seconds."""
        _labelled(self._histograms[name], labels).observe(seconds)

    def exposition(self) -> bytes:
        """Return all metrics in the Prometheus text format."""
        return generate_latest(self._registry)


def _labelled(metric: Labelled, labels: dict[str, str]) -> Labelled:
    """Return the series of these labels; a metric without labels is its own only series."""
    return metric.labels(**labels) if labels else metric
