"""What a packet and a day may use."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from assist.errors import BudgetExceeded, StoreUnavailable
from assist.llm import Budget, BudgetLimits, MemoryUsage
from assist.ports import Usage


class SettableClock:
    """Tells the time it was set to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time."""
        return self.time


class BrokenUsage:
    """A store that is down."""

    async def add(self, tenant: str, day: date, usage: Usage) -> None:
        """Fail."""
        message = "no database"
        raise StoreUnavailable(message)

    async def spent(self, tenant: str, day: date) -> Usage:
        """Return nothing."""
        return Usage()


@pytest.fixture
def clock() -> SettableClock:
    """Return the clock."""
    return SettableClock()


@pytest.fixture
async def budget(clock: SettableClock) -> AsyncIterator[Budget]:
    """Return a budget of 100 tokens and 1 dollar a packet, 250 tokens and 2 dollars a day."""
    made = Budget(BudgetLimits(packet_tokens=100, packet_cost=1, day_tokens=250, day_cost=2), MemoryUsage(), clock)
    yield made
    await made.close()


async def use(budget: Budget, packet: str, amount: Usage, *, tenant: str = "acme") -> None:
    """Make a call that uses what it may."""
    budget.settle(await budget.reserve(tenant, packet, amount), amount)
    await budget.close()


@pytest.mark.parametrize(
    ("first", "second", "setting"),
    [
        pytest.param(Usage(60), Usage(41), "ASSIST_MODEL_PACKET_TOKENS", id="tokens"),
        pytest.param(Usage(1, 0.6), Usage(1, 0.5), "ASSIST_MODEL_PACKET_COST", id="cost"),
    ],
)
async def test_a_packet_has_its_limit(budget: Budget, first: Usage, second: Usage, setting: str) -> None:
    """The call that would pass it is not made, and the message names the setting; another packet goes on."""
    await use(budget, "one", first)
    with pytest.raises(BudgetExceeded, match=setting):
        await use(budget, "one", second)
    await use(budget, "two", second)


async def test_a_day_has_its_limit(budget: Budget) -> None:
    """100 + 100 + 51 is over 250, 100 + 100 + 50 is not; another tenant has a day of its own."""
    await use(budget, "one", Usage(100))
    await use(budget, "two", Usage(100))
    with pytest.raises(BudgetExceeded, match="ASSIST_MODEL_DAY_TOKENS"):
        await use(budget, "three", Usage(51))
    await use(budget, "three", Usage(50))
    await use(budget, "four", Usage(100), tenant="other")


async def test_the_next_day_begins_anew(budget: Budget, clock: SettableClock) -> None:
    """At midnight UTC."""
    await use(budget, "one", Usage(100))
    await use(budget, "two", Usage(100))
    with pytest.raises(BudgetExceeded):
        await use(budget, "three", Usage(100))
    clock.time = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
    await use(budget, "three", Usage(100))


async def test_what_was_reserved_and_not_used_is_free_again(budget: Budget) -> None:
    """The worst case counts while the call is under way, what it used afterwards."""
    held = await budget.reserve("acme", "one", Usage(100))
    with pytest.raises(BudgetExceeded):
        await budget.reserve("acme", "one", Usage(1))
    budget.settle(held, Usage(10))
    await use(budget, "one", Usage(90))


async def test_calls_under_way_count_for_the_day(budget: Budget) -> None:
    """Of four packets at once, only as many are admitted as fit in the worst case: 2 times 100 of 250."""
    outcomes = await asyncio.gather(
        *(budget.reserve("acme", f"packet {number}", Usage(100)) for number in range(4)), return_exceptions=True
    )
    assert sum(isinstance(outcome, BudgetExceeded) for outcome in outcomes) == 2
    for outcome in outcomes:
        if not isinstance(outcome, BaseException):
            budget.settle(outcome, Usage(1))


async def test_without_limits_everything_is_admitted_and_counted(clock: SettableClock) -> None:
    """What was used is known all the same."""
    usage = MemoryUsage()
    budget = Budget(BudgetLimits(), usage, clock)
    await use(budget, "one", Usage(10**9, 1000.0))
    assert await usage.spent("acme", clock.now().date()) == Usage(10**9, 1000.0)


async def test_a_store_that_fails_costs_no_answer(clock: SettableClock, caplog: pytest.LogCaptureFixture) -> None:
    """The log says that a use was not stored."""
    await use(Budget(BudgetLimits(day_tokens=100), BrokenUsage(), clock), "one", Usage(10))
    assert "could not be stored" in caplog.text
