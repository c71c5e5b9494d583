"""Usage counted in memory: for programs without a database."""

from collections import defaultdict
from datetime import date

from assist.ports import Usage


class MemoryUsage:
    """The UsageStore of one process; it forgets at the end."""

    def __init__(self) -> None:
        self._spent: defaultdict[tuple[str, date], Usage] = defaultdict(Usage)

    async def add(self, tenant: str, day: date, usage: Usage) -> None:
        """Add to the day."""
        self._spent[tenant, day] += usage

    async def spent(self, tenant: str, day: date) -> Usage:
        """Return the day's sum."""
        return self._spent.get((tenant, day), Usage())
