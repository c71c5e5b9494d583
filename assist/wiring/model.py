"""The language model that the settings name, behind all that keeps it from harm."""

from pathlib import Path

from assist.llm import (
    MEANING,
    Budget,
    BudgetLimits,
    CallSpans,
    Gateway,
    KeyFile,
    Line,
    LitellmProvider,
    MemoryUsage,
    NoModel,
    Patience,
    Persistence,
    ScriptedServer,
)
from assist.llm.scripted import Fault
from assist.metrics import NoMeter
from assist.ports import Clock, Meter, UsageStore
from assist.settings import Settings
from assist.wiring.clock import SystemClock

FAULTS: dict[str, str] = {fault.value: meaning for fault, meaning in MEANING.items()}


def build_model(
    settings: Settings, *, meter: Meter | None = None, usage: UsageStore | None = None, clock: Clock | None = None
) -> Gateway | NoModel:
    """Return the models that these settings name, one behind the other; where they name none, one that says so."""
    if not settings.models:
        return NoModel()
    meter = meter or NoMeter()
    provider = LitellmProvider(api_base=settings.model_api_base, key_file=_key_file(settings.model_key_file))
    limits = BudgetLimits(
        packet_tokens=settings.model_packet_tokens,
        packet_cost=settings.model_packet_cost,
        day_tokens=settings.model_day_tokens,
        day_cost=settings.model_day_cost,
    )
    budget = Budget(limits, usage or MemoryUsage(), clock or SystemClock())
    patience = Patience(
        connect=settings.model_timeout_connect,
        first_token=settings.model_timeout_first_token,
        total=settings.model_timeout_total,
    )
    persistence = Persistence(
        retries=settings.model_retries,
        breaker_failures=settings.model_breaker_failures,
        breaker_seconds=settings.model_breaker_seconds,
    )
    spans = CallSpans(with_text=settings.model_debug_text)
    lines = [
        Line(name, provider, budget=budget, meter=meter, spans=spans, patience=patience, persistence=persistence)
        for name in settings.models
    ]
    return Gateway(lines, provider=provider, budget=budget, meter=meter, concurrency=settings.model_concurrency)


def scripted_server(*, port: int, fault: str) -> ScriptedServer:
    """Return the scripted model's server, by the name of its fault."""
    return ScriptedServer(port=port, fault=Fault(fault))


def _key_file(path: Path | None) -> KeyFile | None:
    if path is None:
        return None
    file = KeyFile(path)
    file.read()  # a file that cannot be used stops the start, not the first packet
    return file
