"""A Provider that says what a test wrote down, without a network."""

import asyncio

from assist.llm import Call, CallFailed, Completion


class ScriptedProvider:
    """Gives each model one outcome after the other, the last one again and again; `hold` makes a call wait forever."""

    def __init__(self, *, prices: dict[str, float] | None = None, schema: bool = True) -> None:
        self.calls: list[Call] = []
        self.begun = asyncio.Event()
        self.under_way = 0
        self.most_under_way = 0
        self._script: dict[str, list[str | CallFailed]] = {}
        self._held: dict[str, asyncio.Event] = {}
        self._prices = prices or {}
        self._schema = schema

    def says(self, model: str, *outcomes: str | CallFailed) -> "ScriptedProvider":
        """Write down what a model says."""
        self._script[model] = list(outcomes)
        return self

    def hold(self, model: str) -> asyncio.Event:
        """Make the model's calls wait until the event is set."""
        return self._held.setdefault(model, asyncio.Event())

    async def complete(self, call: Call) -> Completion:
        """Return the next outcome."""
        self.calls.append(call)
        self.begun.set()
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            if call.model in self._held:
                await self._held[call.model].wait()
            await asyncio.sleep(0)
        finally:
            self.under_way -= 1
        script = self._script[call.model]
        said = script.pop(0) if len(script) > 1 else script[0]
        if isinstance(said, CallFailed):
            raise said
        return Completion(said, 100, 20, cost=await self.price(call.model, 100, 20))

    async def speaks_schema(self, model: str) -> bool:
        """Say what the test said."""
        return self._schema

    async def price(self, model: str, tokens_in: int, tokens_out: int) -> float | None:
        """Return the price of so many tokens, at one price for all."""
        price = self._prices.get(model)
        return None if price is None else price * (tokens_in + tokens_out)

    async def warm(self) -> None:
        """Do nothing."""

    async def close(self) -> None:
        """Do nothing."""

    def called(self, model: str) -> int:
        """Return how often a model was called."""
        return sum(call.model == model for call in self.calls)
