"""What every UsageStore keeps: the sum of each tenant's day."""

import asyncio
from datetime import date

import pytest

from assist.llm import MemoryUsage
from assist.ports import Usage, UsageStore
from assist.store import SqlUsageStore
from tests.contracts.databases import Databases

TODAY = date(2026, 11, 20)


@pytest.fixture
def stores(databases: Databases | None) -> tuple[UsageStore, UsageStore]:
    """Return the store under test, and the same one as another process sees it."""
    if databases is None:
        memory = MemoryUsage()
        return memory, memory
    return SqlUsageStore(databases.one), SqlUsageStore(databases.two)


async def test_a_day_begins_with_nothing(stores: tuple[UsageStore, UsageStore]) -> None:
    """Nothing used is an answer of its own."""
    assert await stores[0].spent("acme", TODAY) == Usage(0, 0.0)


async def test_usage_of_a_day_adds_up(stores: tuple[UsageStore, UsageStore]) -> None:
    """Tokens, and costs to the millionth of a dollar: 0.000001 + 0.25 = 0.250001."""
    await stores[0].add("acme", TODAY, Usage(100, 0.000001))
    await stores[0].add("acme", TODAY, Usage(5_000_000_000, 0.25))
    spent = await stores[1].spent("acme", TODAY)
    assert spent.tokens == 5_000_000_100
    assert spent.cost == pytest.approx(0.250001)


async def test_tenants_and_days_are_kept_apart(stores: tuple[UsageStore, UsageStore]) -> None:
    """What one used is not held against another, nor yesterday's against today."""
    await stores[0].add("acme", TODAY, Usage(100, 1.0))
    assert await stores[0].spent("other", TODAY) == Usage()
    assert await stores[0].spent("acme", date(2026, 11, 21)) == Usage()


async def test_additions_at_the_same_time_all_count(stores: tuple[UsageStore, UsageStore]) -> None:
    """Two processes that begin a day together lose nothing: 20 times 10 is 200."""
    await asyncio.gather(*(stores[number % 2].add("acme", TODAY, Usage(10, 0.5)) for number in range(20)))
    assert await stores[0].spent("acme", TODAY) == Usage(200, 10.0)
