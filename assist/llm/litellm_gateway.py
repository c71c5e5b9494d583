"""Every provider that litellm knows; the one file that imports it.

litellm imports for seconds and speaks much: its telemetry, callbacks, retries, look-ups of prices over the network and logs
of requests are off. It runs on a loop of its own (`assist.llm.side_loop`). An error is said in our own words: a provider's
words may repeat the key or the conversation.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from assist.errors import ModelTimeout, SettingsInvalid
from assist.llm.call_failures import call_failed, unexplained
from assist.llm.key_file import KeyFile
from assist.llm.provider import Call, CallFailed, Completion
from assist.llm.side_loop import SideLoop

_TALKERS = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai")  # these log bodies, each at some level
_NO_KEY = "unset"  # what a server without keys is sent; the client libraries insist on one


class LitellmProvider:
    """Calls models through litellm; opens nothing before its first use, and may be used again after `close`."""

    def __init__(self, *, api_base: str | None = None, key_file: KeyFile | None = None) -> None:
        self._api_base = api_base
        self._key_file = key_file
        self._side = SideLoop("models", farewell=_clients_closed)

    async def complete(self, call: Call) -> Completion:
        """Return the whole text of a streamed answer, in time; CallFailed says why there is none."""
        try:
            outcome = await self._side.run(lambda: self._outcome(call))
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            raise unexplained(call.model, "the service is closing") from None
        if isinstance(outcome, CallFailed):
            raise outcome
        return outcome

    async def speaks_schema(self, model: str) -> bool:
        """Tell whether litellm says so; of a model that it does not know, whether the provider takes a response format."""

        async def ask() -> bool:
            litellm = _litellm()
            if litellm.supports_response_schema(model=model):
                return True
            known = model in litellm.model_cost or model.partition("/")[2] in litellm.model_cost
            return not known and "response_format" in (litellm.get_supported_openai_params(model=model) or [])

        return await self._side.run(lambda: _or_else(ask, default=False))

    async def price(self, model: str, tokens_in: int, tokens_out: int) -> float | None:
        """Return what litellm's price list, as it ships, says."""

        async def ask() -> float | None:
            return _price(_litellm(), model, tokens_in, tokens_out)

        return await self._side.run(ask)

    async def warm(self) -> None:
        """Import litellm, and what it imports with a first call, now; nothing leaves the machine."""
        await self._side.run(_rehearsed)

    async def close(self) -> None:
        """Close connections and the thread."""
        await self._side.close()

    async def _outcome(self, call: Call) -> Completion | CallFailed:
        """Return the failure rather than raise it, so that it drags no foreign error, and no words of it, along."""
        reader = _Reader()
        litellm = _litellm()
        try:
            async with asyncio.timeout(call.patience.total):
                await reader.read(litellm, self._arguments(litellm, call), call.patience.first_token)
        except TimeoutError:
            message = f"{call.model} {reader.slowness(call)}"
            return CallFailed(ModelTimeout(message), received=reader.received)
        except SettingsInvalid as exc:
            return unexplained(call.model, str(exc))
        except Exception as exc:  # noqa: BLE001 -- whatever a provider's library raises is a failed call
            return call_failed(call.model, exc, received=reader.received)
        tokens_in, tokens_out = reader.tokens(call)
        return Completion(
            text="".join(reader.pieces),
            tokens_in=tokens_in,
            tokens_out=tokens_out,
            cost=_price(litellm, call.model, tokens_in, tokens_out),
            finish=reader.finish,
            response_model=reader.model,
            first_token_seconds=reader.first_token_seconds,
        )

    def _arguments(self, litellm: Any, call: Call) -> dict[str, Any]:  # noqa: ANN401 -- a module without types
        import httpx  # noqa: PLC0415 -- litellm needs it, the service does not

        made: dict[str, Any] = {
            "model": call.model,
            "messages": [{"role": message.role, "content": message.content} for message in call.messages],
            "max_tokens": call.max_tokens,
            "temperature": 0,
            "stream": True,
            "stream_options": {"include_usage": True},
            # Our own clocks end a call sooner; these are the same for each, since litellm keeps a client for each value.
            "timeout": httpx.Timeout(call.patience.total + 5.0, connect=call.patience.connect),
            "max_retries": 0,
            "num_retries": 0,
            "drop_params": True,
            "no-log": True,
        }
        if call.schema is not None:
            form = {"name": "reply", "schema": dict(call.schema), "strict": True}
            made["response_format"] = {"type": "json_schema", "json_schema": form}
        if self._api_base is not None:
            made["api_base"] = self._api_base
        if self._key_file is not None:
            made["api_key"] = self._key_file.read().get_secret_value()
        elif self._api_base is not None and litellm.validate_environment(model=call.model).get("missing_keys"):
            made["api_key"] = _NO_KEY
        return made


class _Reader:
    """Reads one stream, and knows how far it came."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.finish = "stop"
        self.model: str | None = None
        self.first_token_seconds = 0.0
        self._usage: Any = None
        self._connected = False
        self._waiting = True

    async def read(self, litellm: Any, arguments: Mapping[str, Any], pause: float) -> None:  # noqa: ANN401 -- a module without types
        """Read to the end; TimeoutError where the first piece, or the next one, takes longer than `pause`."""
        clock = asyncio.get_running_loop().time
        started = clock()
        async with asyncio.timeout(pause):
            stream = await litellm.acompletion(**arguments)
            self._connected = True
        try:
            pieces = aiter(stream)
            left = max(pause - (clock() - started), 0.0)
            while await self._piece(pieces, left):
                if self._waiting and self.pieces:
                    self.first_token_seconds = clock() - started
                    self._waiting = False
                left = pause if self.pieces else max(pause - (clock() - started), 0.0)
        finally:
            with suppress(Exception):
                await asyncio.shield(stream.aclose())
        self._waiting = False

    async def _piece(self, pieces: AsyncIterator[Any], pause: float) -> bool:
        async with asyncio.timeout(pause):
            chunk = await anext(pieces, None)
        if chunk is None:
            return False
        self.model = getattr(chunk, "model", None) or self.model
        self._usage = getattr(chunk, "usage", None) or self._usage
        for choice in chunk.choices:
            if choice.delta.content:
                self.pieces.append(choice.delta.content)
            self.finish = choice.finish_reason or self.finish
        return True

    @property
    def received(self) -> int:
        return sum(map(len, self.pieces))

    def tokens(self, call: Call) -> tuple[int, int]:
        """Return tokens in and out as the provider counted them; about four characters each where it did not."""
        asked = sum(len(message.content) for message in call.messages)
        tokens_in = getattr(self._usage, "prompt_tokens", None) or asked // 4 + 1
        tokens_out = getattr(self._usage, "completion_tokens", None) or self.received // 4 + 1
        return int(tokens_in), int(tokens_out)

    def slowness(self, call: Call) -> str:
        """Say what took too long."""
        patience = call.patience
        if not self._connected:
            return f"did not begin to answer within {min(patience.first_token, patience.total):g} s"
        if self._waiting:
            return f"gave no text within {min(patience.first_token, patience.total):g} s"
        return f"fell silent for {patience.first_token:g} s, or was not done after {patience.total:g} s"


async def _or_else(work: Callable[[], Awaitable[Any]], *, default: Any) -> Any:  # noqa: ANN401 -- any result
    """Return what the work returns, and the default where litellm stumbles over a model that it does not know."""
    try:
        return await work()
    except Exception:  # noqa: BLE001 -- see above
        return default


def _price(litellm: Any, model: str, tokens_in: int, tokens_out: int) -> float | None:  # noqa: ANN401 -- a module without types
    try:
        prices = litellm.cost_per_token(model=model, prompt_tokens=tokens_in, completion_tokens=tokens_out)
    except Exception:  # noqa: BLE001 -- litellm has several errors for a model that is not in its list
        return None
    return float(sum(prices))


async def _rehearsed() -> None:
    """Make two calls that come to nothing: one is answered by litellm itself, the other finds nobody at the port."""
    for way in ({"mock_response": "."}, {"api_base": "http://127.0.0.1:1/v1"}):
        with suppress(Exception):
            stream = await _litellm().acompletion(
                model="openai/rehearsal",
                messages=[{"role": "user", "content": "."}],
                stream=True,
                api_key=_NO_KEY,
                max_retries=0,
                num_retries=0,
                **way,
            )
            async for _ in stream:
                pass


async def _clients_closed() -> None:
    """Close this loop's connections, and take them out of litellm's cache.

    litellm keeps a client under the `id` of its event loop, which a later loop may get again: a closed client that stayed there
    would answer that loop's first call with an error.
    """
    cache, mine = _litellm().in_memory_llm_clients_cache, f"-{id(asyncio.get_running_loop())}"
    for key in [key for key in cache.cache_dict if str(key).endswith(mine)]:
        client = cache.cache_dict[key]
        with suppress(Exception):
            await client.close()
        cache.delete_cache(key)


def _litellm() -> Any:  # noqa: ANN401 -- a module without types
    """Return litellm, quiet: set up before its import, since it looks prices up and reads `.env` while it is imported."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    import litellm  # noqa: PLC0415 -- seconds; on the side loop alone

    if litellm.suppress_debug_info is not True:
        litellm.suppress_debug_info = True
        litellm.turn_off_message_logging = True
        litellm.disable_streaming_logging = True
        litellm.disable_aiohttp_transport = True  # httpx alone: it closes what it opened
        litellm.num_retries = 0
        litellm.callbacks = []
        litellm.success_callback = []
        litellm.failure_callback = []
        for name in _TALKERS:
            logger = logging.getLogger(name)
            logger.setLevel(logging.CRITICAL)
            logger.handlers.clear()
    return litellm
