"""Which model is asked, how often, and when it ends: without a network."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from assist.errors import (
    BudgetExceeded,
    ModelBadReply,
    ModelRateLimited,
    ModelRequestRefused,
    ModelTimeout,
    ModelUnavailable,
)
from assist.llm import (
    Budget,
    BudgetLimits,
    CallFailed,
    CallSpans,
    Gateway,
    Line,
    MemoryUsage,
    Patience,
    Persistence,
)
from assist.metrics import NoMeter
from assist.ports import Usage
from tests.fakes.provider import ScriptedProvider
from tests.model_requests import GOOD, Note, a_request

TODAY = datetime(2026, 11, 20, tzinfo=UTC)
PASSING = CallFailed(ModelUnavailable("broken for now"), retryable=True)
LASTING = CallFailed(ModelUnavailable("broken"))


class FixedClock:
    """Tells one time."""

    def now(self) -> datetime:
        """Return it."""
        return TODAY


class Pauses:
    """Keeps how long was waited, and does not wait."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        """Keep it."""
        self.seconds.append(seconds)


Opened = Callable[..., Gateway]


@pytest.fixture
def provider() -> ScriptedProvider:
    """Return the provider that the test scripts."""
    return ScriptedProvider(prices={"paid": 0.001})


@pytest.fixture
def pauses() -> Pauses:
    """Return the pauses that were made."""
    return Pauses()


@pytest.fixture
def usage() -> MemoryUsage:
    """Return what was used."""
    return MemoryUsage()


@pytest.fixture
def opened(provider: ScriptedProvider, pauses: Pauses, usage: MemoryUsage) -> Opened:
    """Return what opens a gateway to models of the provider."""

    def open_gateway(
        *models: str, limits: BudgetLimits | None = None, concurrency: int = 8, retries: int = 2, failures: int = 5
    ) -> Gateway:
        budget = Budget(limits or BudgetLimits(), usage, FixedClock())
        lines = [
            Line(
                model,
                provider,
                budget=budget,
                meter=NoMeter(),
                spans=CallSpans(),
                patience=Patience(),
                persistence=Persistence(retries=retries, breaker_failures=failures, breaker_seconds=60),
                sleep=pauses,
            )
            for model in models
        ]
        return Gateway(lines, provider=provider, budget=budget, meter=NoMeter(), concurrency=concurrency)

    return open_gateway


async def test_the_first_model_answers_and_the_second_is_not_asked(opened: Opened, provider: ScriptedProvider) -> None:
    """Preference is an order, not a race."""
    provider.says("one", GOOD).says("two", GOOD)
    reply = await opened("one", "two").answer(a_request())
    assert (reply.model, reply.attempts, reply.tokens_in, reply.tokens_out) == ("one", 1, 100, 20)
    assert reply.value == Note(text="The customer wants money back", turns=(2,))
    assert provider.called("two") == 0


async def test_tokens_and_cost_of_all_attempts_are_told(opened: Opened, provider: ScriptedProvider) -> None:
    """A bad reply is paid for too: 2 replies of 120 tokens at 0.001 each are 0.24."""
    provider.says("paid", "no JSON", GOOD)
    reply = await opened("paid").answer(a_request())
    assert (reply.attempts, reply.tokens_in, reply.tokens_out) == (2, 200, 40)
    assert reply.cost == pytest.approx(0.24)


async def test_one_reply_of_a_request_is_sent_back_and_no_more(opened: Opened, provider: ScriptedProvider) -> None:
    """The next model gets the question, but no second chance."""
    provider.says("one", "no JSON").says("two", "no JSON")
    with pytest.raises(ModelBadReply):
        await opened("one", "two").answer(a_request())
    assert [call.model for call in provider.calls] == ["one", "one", "two"]


async def test_retries_wait_longer_each_time_and_end(
    opened: Opened, provider: ScriptedProvider, pauses: Pauses
) -> None:
    """Two retries after pauses of at most 0.25 and 0.5 seconds, at least half of that."""
    provider.says("one", PASSING)
    with pytest.raises(ModelUnavailable):
        await opened("one").answer(a_request())
    assert provider.called("one") == 3
    first, second = pauses.seconds
    assert 0.125 <= first <= 0.25 <= second <= 0.5


async def test_the_pause_that_a_provider_asks_for_is_kept(
    opened: Opened, provider: ScriptedProvider, pauses: Pauses
) -> None:
    """Retry-After counts, where it fits."""
    limited = CallFailed(ModelRateLimited("slow down"), retryable=True, retry_after=1.5)
    provider.says("one", limited, GOOD)
    assert (await opened("one").answer(a_request())).attempts == 2
    assert pauses.seconds == [1.5]


async def test_a_pause_beyond_the_deadline_is_not_waited_for(
    opened: Opened, provider: ScriptedProvider, pauses: Pauses
) -> None:
    """The next model is asked at once."""
    limited = CallFailed(ModelRateLimited("slow down"), retryable=True, retry_after=3)
    provider.says("one", limited).says("two", GOOD)
    reply = await opened("one", "two").answer(a_request(deadline=2))
    assert (reply.model, pauses.seconds) == ("two", [])


async def test_a_long_rest_is_granted_at_once(opened: Opened, provider: ScriptedProvider) -> None:
    """A model that asks for an hour is left alone after that one call."""
    limited = CallFailed(ModelRateLimited("come back later"), retryable=True, retry_after=3600)
    provider.says("one", limited).says("two", GOOD)
    gateway = opened("one", "two")
    await gateway.answer(a_request())
    await gateway.answer(a_request())
    assert [call.model for call in provider.calls] == ["one", "two", "two"]


async def test_a_breaker_spares_everyone_the_wait(opened: Opened, provider: ScriptedProvider) -> None:
    """After two failures the first model is passed over."""
    provider.says("one", LASTING).says("two", GOOD)
    gateway = opened("one", "two", failures=2)
    for _ in range(4):
        await gateway.answer(a_request())
    assert provider.called("one") == 2
    assert provider.called("two") == 4


async def test_a_request_at_fault_does_not_blame_the_model(opened: Opened, provider: ScriptedProvider) -> None:
    """However many requests are too long, the model is still asked."""
    refused = CallFailed(ModelRequestRefused("too long"), blames_model=False)
    provider.says("one", refused)
    gateway = opened("one", failures=1)
    for _ in range(3):
        with pytest.raises(ModelRequestRefused):
            await gateway.answer(a_request())
    assert provider.called("one") == 6  # each with a schema, then in words


async def test_a_model_that_takes_the_whole_deadline_is_to_blame(opened: Opened, provider: ScriptedProvider) -> None:
    """It is passed over next time, although it never said that it failed."""
    provider.says("one", GOOD).says("two", GOOD)
    provider.hold("one")
    gateway = opened("one", "two", failures=1)
    with pytest.raises(ModelTimeout, match=r"one was not done within the 0\.2 s"):
        await gateway.answer(a_request(deadline=0.2))
    assert (await gateway.answer(a_request())).model == "two"


async def test_a_caller_that_leaves_blames_nobody(opened: Opened, provider: ScriptedProvider) -> None:
    """A request that is cancelled says nothing about the model."""
    provider.says("one", GOOD)
    held = provider.hold("one")
    gateway = opened("one", failures=1)
    asking = asyncio.create_task(gateway.answer(a_request()))
    await provider.begun.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    held.set()
    assert (await gateway.answer(a_request())).model == "one"


async def test_only_so_many_are_under_way(opened: Opened, provider: ScriptedProvider) -> None:
    """Ten requests with three places: never more than three at once, and all are answered."""
    provider.says("one", GOOD)
    gateway = opened("one", concurrency=3)
    await asyncio.gather(*(gateway.answer(a_request()) for _ in range(10)))
    assert provider.most_under_way == 3
    assert provider.called("one") == 10


async def test_waiting_for_a_place_ends_at_the_deadline(opened: Opened, provider: ScriptedProvider) -> None:
    """Where others hold all places, the request's time runs all the same."""
    provider.says("one", GOOD)
    held = provider.hold("one")
    gateway = opened("one", concurrency=1)
    asking = asyncio.create_task(gateway.answer(a_request()))
    await provider.begun.wait()
    with pytest.raises(ModelTimeout, match="no place"):
        await gateway.answer(a_request(deadline=0.1))
    held.set()
    await asking


async def test_a_packet_out_of_budget_stops_before_the_call(
    opened: Opened, provider: ScriptedProvider, usage: MemoryUsage
) -> None:
    """Two requests of 120 tokens are counted; a third of up to 300 more does not fit in 500."""
    provider.says("one", GOOD).says("two", GOOD)
    gateway = opened("one", "two", limits=BudgetLimits(packet_tokens=500))
    request = a_request(system="Say it.", user="Hello", max_tokens=200, packet="p-1")
    await gateway.answer(request)
    await gateway.answer(request)
    with pytest.raises(BudgetExceeded, match="ASSIST_MODEL_PACKET_TOKENS"):
        await gateway.answer(a_request(system="Say it.", user="Hello", max_tokens=300, packet="p-1"))
    assert len(provider.calls) == 2
    await gateway.close()
    assert await usage.spent("acme", TODAY.date()) == Usage(240, 0.0)


async def test_cost_counts_where_the_price_is_known(opened: Opened, provider: ScriptedProvider) -> None:
    """A model with a price stops at the cost; one without goes on, by tokens alone."""
    provider.says("paid", GOOD).says("free", GOOD)
    limits = BudgetLimits(day_cost=0.15)
    with pytest.raises(BudgetExceeded, match="ASSIST_MODEL_DAY_COST"):
        await opened("paid", limits=limits).answer(a_request())
    assert (await opened("free", limits=limits).answer(a_request())).cost is None


async def test_a_model_without_schemas_is_told_in_words() -> None:
    """The schema stands at the end of the instructions."""
    wordy = ScriptedProvider(schema=False).says("one", GOOD)
    budget = Budget(BudgetLimits(), MemoryUsage(), FixedClock())
    line = Line(
        "one",
        wordy,
        budget=budget,
        meter=NoMeter(),
        spans=CallSpans(),
        patience=Patience(),
        persistence=Persistence(),
    )
    await Gateway([line], provider=wordy, budget=budget, meter=NoMeter()).answer(a_request())
    assert wordy.calls[0].schema is None
    assert "<<<schema" in wordy.calls[0].messages[0].content
