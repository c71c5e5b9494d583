"""The way from a question to a model's answer: the models in order of preference, and an end to it all at the deadline."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from pydantic import BaseModel
from ulid import ULID

from assist.domain.failures import failure_of
from assist.errors import BudgetExceeded, ModelBadReply, ModelEmptyReply, ModelError, ModelTimeout, ModelUnavailable
from assist.llm.budget import Budget
from assist.llm.line import Line
from assist.llm.provider import Completion, Provider
from assist.llm.structured import read_reply
from assist.llm.talk import Talk, Tally
from assist.ports import Meter, ModelReply, ModelRequest


class Gateway:
    """Asks the first model that answers; each failure of one is the turn of the next."""

    def __init__(
        self, lines: Sequence[Line], *, provider: Provider, budget: Budget, meter: Meter, concurrency: int = 8
    ) -> None:
        self._lines = lines
        self._provider = provider
        self._budget = budget
        self._meter = meter
        self._places = Places(concurrency)

    async def answer(self, request: ModelRequest) -> ModelReply:
        """Return the reply within the deadline; the error is the one of the last model that was asked."""
        started, tally = time.perf_counter(), Tally()
        try:
            async with asyncio.timeout(request.deadline), self._places.taken():
                completion, value = await self._first(request, tally)
        except TimeoutError:
            who = f"{tally.model} was not done" if tally.model else "no place among the calls under way was free"
            message = f"{who} within the {request.deadline:g} s that the request may take"
            self._note(tally.model, error := ModelTimeout(message))
            raise error from None
        return ModelReply(
            value=value,
            text=completion.text,
            model=tally.model or "",
            tokens_in=tally.tokens_in,
            tokens_out=tally.tokens_out,
            cost=tally.cost,
            ms=round((time.perf_counter() - started) * 1000, 1),
            attempts=tally.calls,
        )

    async def warm(self) -> None:
        """Load what is heavy now, beside the event loop."""
        await self._provider.warm()

    async def close(self) -> None:
        """Store what was used and close connections; a later request opens them again."""
        await self._budget.close()
        await self._provider.close()

    async def _first(self, request: ModelRequest, tally: Tally) -> tuple[Completion, BaseModel]:
        talk, packet = Talk.about(request), request.packet or f"request:{ULID()}"
        ends = asyncio.get_running_loop().time() + request.deadline
        failed: ModelError | None = None
        for line in self._lines:
            if line.breaker.open:
                continue
            tally.model = line.model
            try:
                return await self._asked(line, talk, tally, packet=packet, ends=ends)
            except BudgetExceeded as exc:
                self._note(line.model, exc)
                raise
            except ModelError as exc:
                self._note(line.model, exc)
                failed = exc
        if failed is not None:
            raise failed
        names = ", ".join(line.model for line in self._lines)
        message = f"{names}: left alone for a while after repeated failures"
        raise ModelUnavailable(message)

    async def _asked(
        self, line: Line, talk: Talk, tally: Tally, *, packet: str, ends: float
    ) -> tuple[Completion, BaseModel]:
        """Return what one model answers; of all replies to a request, one may be sent back to be mended."""
        while True:
            completion = await line.say(talk, tally, packet=packet, ends=ends)
            if completion.finish == "content_filter":
                message = f"{line.model} declined to answer: its provider filtered the reply"
                raise ModelEmptyReply(message)
            try:
                return completion, read_reply(completion.text, talk.request.reply)
            except (ModelBadReply, ModelEmptyReply) as exc:
                if tally.asked_again:
                    raise
                tally.asked_again = True
                talk = talk.corrected(completion.text, str(exc))

    def _note(self, model: str | None, error: ModelError) -> None:
        self._meter.count("model_failures", model=model or "none", code=failure_of(error).value)


class Places:
    """A number of places for calls under way; each event loop has its own."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._loop: asyncio.AbstractEventLoop | None = None
        self._free = asyncio.Semaphore(number)

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[None]:
        """Hold a place; waits for one."""
        if self._loop is not (loop := asyncio.get_running_loop()):
            self._loop, self._free = loop, asyncio.Semaphore(self._number)
        async with self._free:
            yield
