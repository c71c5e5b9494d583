"""What calls to models may use: each packet, and each tenant each day (in UTC).

A call is admitted only if the most that it can use still fits. What is under way in this process counts; what is under way
in another counts once it is stored, so that processes together may pass a day's limit by the calls that run at that moment.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assist.errors import AssistError, BudgetExceeded
from assist.ports import Clock, Usage, UsageStore

_log = logging.getLogger(__name__)
_PACKETS = 10_000  # that are remembered: those being made, with much to spare


@dataclass(frozen=True, slots=True)
class BudgetLimits:
    """The most that a packet, and a tenant's day, may use; None is no limit. Costs are in US dollars."""

    packet_tokens: int | None = None
    packet_cost: float | None = None
    day_tokens: int | None = None
    day_cost: float | None = None


@dataclass(slots=True)
class Reservation:
    """A call that was admitted; until it is settled, its worst case counts."""

    tenant: str
    day: date
    packet: str | None
    amount: Usage


@dataclass(slots=True)
class Budget:
    """Admits calls and counts what they used."""

    limits: BudgetLimits
    usage: UsageStore
    clock: Clock
    _pending: list[Reservation] = field(default_factory=list)
    _packets: OrderedDict[str, Usage] = field(default_factory=OrderedDict)
    _storing: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def counts_cost(self) -> bool:
        """Whether any limit is one of cost."""
        return self.limits.packet_cost is not None or self.limits.day_cost is not None

    async def reserve(self, tenant: str, packet: str | None, worst: Usage) -> Reservation:
        """Admit a call that may use `worst`; BudgetExceeded names the setting that stops it."""
        day = self.clock.now().date()
        of_packet = self._packets.get(packet, Usage()) if packet else Usage()
        _check(of_packet, worst, {"packet_tokens": self.limits.packet_tokens, "packet_cost": self.limits.packet_cost})
        if self.limits.day_tokens is not None or self.limits.day_cost is not None:
            before = list(self._pending)
            stored = await self.usage.spent(tenant, day)
            # One that was stored during the read may be in neither: better counted twice for a moment than not at all.
            under_way = before + [held for held in self._pending if not any(held is other for other in before)]
            of_day = sum((held.amount for held in under_way if (held.tenant, held.day) == (tenant, day)), stored)
            _check(of_day, worst, {"day_tokens": self.limits.day_tokens, "day_cost": self.limits.day_cost})
        reservation = Reservation(tenant, day, packet, worst)
        self._pending.append(reservation)
        self._count_packet(packet, worst)
        return reservation

    def settle(self, reservation: Reservation, actual: Usage) -> None:
        """Count what the call used in fact; it is stored meanwhile, and nobody waits for that."""
        unused = Usage(actual.tokens - reservation.amount.tokens, actual.cost - reservation.amount.cost)
        self._count_packet(reservation.packet, unused)
        reservation.amount = actual
        task = asyncio.get_running_loop().create_task(self._store(reservation))
        self._storing.add(task)
        task.add_done_callback(self._storing.discard)

    async def close(self) -> None:
        """Wait until everything is stored."""
        await asyncio.gather(*self._storing)

    async def _store(self, reservation: Reservation) -> None:
        try:
            if reservation.amount.tokens or reservation.amount.cost:
                await self.usage.add(reservation.tenant, reservation.day, reservation.amount)
        except AssistError:
            _log.exception("what a call to a model used could not be stored")
        finally:
            self._pending.remove(reservation)

    def _count_packet(self, packet: str | None, amount: Usage) -> None:
        if packet is None:
            return
        self._packets[packet] = self._packets.pop(packet, Usage()) + amount
        if len(self._packets) > _PACKETS:
            self._packets.popitem(last=False)


def _check(used: Usage, worst: Usage, limits: Mapping[str, float | None]) -> None:
    for name, limit in limits.items():
        of = (used.tokens, worst.tokens) if name.endswith("tokens") else (used.cost, worst.cost)
        if limit is not None and sum(of) > limit:
            message = f"a call of up to {of[1]:,.6g} does not fit: {of[0]:,.6g} of {name} = {limit:,.6g} are used; raise ASSIST_MODEL_{name.upper()}"
            raise BudgetExceeded(message)
