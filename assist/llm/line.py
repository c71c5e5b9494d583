"""The line to one model: retries where they may help, a breaker, a budget, and what operators see of each call."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from assist.domain.failures import failure_of
from assist.errors import ModelRequestRefused, ModelTimeout, ModelUnavailable, ModelWindowExceeded
from assist.llm.breaker import Breaker
from assist.llm.budget import Budget
from assist.llm.provider import Call, CallFailed, Completion, Patience, Provider
from assist.llm.spans import CallSpans
from assist.llm.talk import Talk, Tally, tokens_of, usage_of
from assist.ports import Meter, Usage

_FIRST_PAUSE = 0.25  # seconds before the first retry; each further one waits twice as long
_LONGEST_PAUSE = 4.0
_LONGEST_REST = 300.0  # a provider may ask for hours; ask it again now and then all the same


@dataclass(frozen=True, slots=True)
class Persistence:
    """How a line deals with failures: retries of a request, and when its breaker opens and for how long."""

    retries: int = 2
    breaker_failures: int = 5
    breaker_seconds: float = 30.0


class Line:
    """One model, asked through a provider."""

    def __init__(
        self,
        model: str,
        provider: Provider,
        *,
        budget: Budget,
        meter: Meter,
        spans: CallSpans,
        patience: Patience,
        persistence: Persistence,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.model = model
        self.breaker = Breaker(failures=persistence.breaker_failures, seconds=persistence.breaker_seconds)
        self._provider = provider
        self._budget = budget
        self._meter = meter
        self._spans = spans
        self._patience = patience
        self._retries = persistence.retries
        self._sleep = sleep
        self._takes_schema: bool | None = None

    async def say(self, talk: Talk, tally: Tally, *, packet: str, ends: float) -> Completion:
        """Return the model's text, within the loop time `ends`; a ModelError says why there is none."""
        if self._takes_schema is None:
            self._takes_schema = await self._provider.speaks_schema(self.model)
        if not self._takes_schema:
            return await self._insisted(talk, tally, in_words=True, packet=packet, ends=ends)
        try:
            return await self._insisted(talk, tally, in_words=False, packet=packet, ends=ends)
        except ModelWindowExceeded:
            raise
        except ModelRequestRefused:
            # It may be the schema that it does not like: one that then answers is not sent a schema again.
            completion = await self._insisted(talk, tally, in_words=True, packet=packet, ends=ends)
            self._takes_schema = False
            return completion

    async def _insisted(self, talk: Talk, tally: Tally, *, in_words: bool, packet: str, ends: float) -> Completion:
        retry = 0
        while True:
            if not self.breaker.admit():
                message = f"{self.model} is left alone for a while after repeated failures"
                raise ModelUnavailable(message)
            try:
                return await self._once(talk, tally, in_words=in_words, packet=packet, ends=ends)
            except CallFailed as failure:
                pause = _pause(failure, retry)
                left = ends - asyncio.get_running_loop().time()
                if not failure.retryable or retry >= self._retries or pause >= left or pause > _LONGEST_PAUSE:
                    raise failure.error from None
            retry += 1
            self._meter.count("model_retries", model=self.model)
            await self._sleep(pause)

    async def _once(self, talk: Talk, tally: Tally, *, in_words: bool, packet: str, ends: float) -> Completion:
        messages = talk.messages(with_schema_in_words=in_words)
        call = Call(
            self.model, messages, talk.request.max_tokens, self._patience, schema=None if in_words else talk.schema
        )
        asked = tokens_of(messages)
        try:
            reservation = await self._budget.reserve(talk.request.tenant, packet, await self._worst(call, asked))
        except BaseException:
            self.breaker.abandoned()
            raise
        tally.calls += 1
        clock = asyncio.get_running_loop().time
        started, used, outcome = clock(), Usage(asked), "CANCELLED"
        try:
            with self._spans.span(call, purpose=talk.request.purpose, attempt=tally.calls) as span:
                try:
                    completion = await self._provider.complete(call)
                except CallFailed as failure:
                    span.failed(failure)
                    raise
                span.answered(completion)
            outcome, used = "ok", usage_of(completion)
            tally.add(completion)
            self.breaker.succeeded()
        except CallFailed as failure:
            outcome = failure_of(failure.error)
            used = _spent_in_vain(failure, asked)
            self._blame(failure)
            raise
        except asyncio.CancelledError:
            # The request's time is up, or its caller is gone. A model that took most of that time is to blame.
            self._blame_for_time(spent=clock() - started, deadline=talk.request.deadline, ended=clock() >= ends)
            raise
        else:
            self._count_answer(completion)
            return completion
        finally:
            self._budget.settle(reservation, used)
            self._meter.count("model_calls", model=self.model, outcome=str(outcome))
            self._meter.time("model_seconds", clock() - started, model=self.model)

    async def _worst(self, call: Call, asked: int) -> Usage:
        price = await self._provider.price(self.model, asked, call.max_tokens) if self._budget.counts_cost else None
        return Usage(asked + call.max_tokens, price or 0.0)

    def _blame(self, failure: CallFailed) -> None:
        if not failure.blames_model:
            self.breaker.succeeded()  # it answered: the request was at fault
            return
        rest = failure.retry_after
        pause = min(rest, _LONGEST_REST) if rest is not None and rest > _LONGEST_PAUSE else None
        if self.breaker.failed(pause=pause):
            self._meter.count("model_breaker_openings", model=self.model)

    def _blame_for_time(self, *, spent: float, deadline: float, ended: bool) -> None:
        if not ended or spent < deadline / 2:
            self.breaker.abandoned()
        elif self.breaker.failed():
            self._meter.count("model_breaker_openings", model=self.model)

    def _count_answer(self, completion: Completion) -> None:
        self._meter.count("model_tokens", completion.tokens_in, model=self.model, direction="in")
        self._meter.count("model_tokens", completion.tokens_out, model=self.model, direction="out")
        self._meter.count("model_cost_dollars", completion.cost or 0.0, model=self.model)
        self._meter.time("model_first_token_seconds", completion.first_token_seconds, model=self.model)


def _pause(failure: CallFailed, retry: int) -> float:
    if failure.retry_after is not None:
        return failure.retry_after
    # Spread, so that requests which failed together do not come back together.
    return _FIRST_PAUSE * 2.0**retry * random.uniform(0.5, 1.0)  # noqa: S311 -- no secret


def _spent_in_vain(failure: CallFailed, asked: int) -> Usage:
    """Return what a failed call used: a provider that refused took nothing, one that fell silent had begun."""
    if failure.received or isinstance(failure.error, ModelTimeout):
        return Usage(asked + failure.received // 4)
    return Usage()
