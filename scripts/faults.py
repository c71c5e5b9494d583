"""What the service makes of each fault of a model, and how soon: real litellm over real HTTP against the scripted server."""

import argparse
import asyncio
import statistics
import time
from collections import Counter

from pydantic import BaseModel, Field

from assist.domain.failures import failure_of
from assist.errors import ModelError
from assist.llm import Fault, Gateway, NoModel, ScriptedServer
from assist.ports import ModelRequest
from assist.settings import Settings
from assist.wiring import build_model

_TALK = """<<<transcript
[0] customer: Hi, I was charged twice for order W4410973
[1] bot: I am sorry about that. What is the e-mail address on your account?
[2] customer: ada@example.com, and I want the second charge back
[3] bot: I found the order, but I cannot refund it myself.
transcript>>>"""


class Note(BaseModel):
    """What the model is asked for."""

    headline: str = Field(min_length=1)
    turns: list[int]


def opened(fault: Fault, server: ScriptedServer, *, deadline: float) -> Gateway:
    """Return a gateway to a model with this fault; the breaker stays closed, so that each request meets the fault."""
    settings = Settings(
        model=f"openai/{fault.value}",
        model_api_base=server.url,
        model_timeout_first_token=deadline / 4,
        model_timeout_total=deadline / 2,
        model_retries=1,
        model_breaker_failures=1_000_000,
        model_day_tokens=None,
        _env_file=None,  # type: ignore[call-arg]  # a pydantic-settings parameter
    )
    made = build_model(settings)
    assert not isinstance(made, NoModel)  # noqa: S101 -- the settings name one
    return made


async def outcome(gateway: Gateway, *, deadline: float) -> tuple[str, str, float]:
    """Return what one request came to: the answer or the error, its failure code, and the seconds."""
    request = ModelRequest("Say what the customer wants.", _TALK, Note, deadline, "bench", "faults", max_tokens=300)
    started = time.perf_counter()
    try:
        reply = await gateway.answer(request)
        said, code = f"answer ({reply.attempts} calls)", "-"
    except ModelError as exc:
        said, code = type(exc).__name__, failure_of(exc).value
    return said, code, time.perf_counter() - started


async def row(fault: Fault, server: ScriptedServer, *, calls: int, deadline: float) -> str:
    """Return the table's line for a fault, over so many requests, four at a time."""
    gateway, places = opened(fault, server, deadline=deadline), asyncio.Semaphore(4)
    await gateway.warm()
    await outcome(gateway, deadline=deadline)

    async def one() -> tuple[str, str, float]:
        async with places:
            return await outcome(gateway, deadline=deadline)

    outcomes = await asyncio.gather(*(one() for _ in range(calls)))
    await gateway.close()
    said = " / ".join(name for name, _ in Counter(name for name, _, _ in outcomes).most_common())
    codes = " / ".join(sorted({code for _, code, _ in outcomes}))
    times = sorted(seconds for _, _, seconds in outcomes)
    p50, p99 = statistics.median(times), times[min(int(len(times) * 0.99), len(times) - 1)]
    return f"| {fault.value} | {said} | {code_of(codes)} | {p50 * 1000:.0f} | {p99 * 1000:.0f} |"


def code_of(codes: str) -> str:
    """Return the code as code."""
    return codes if codes == "-" else f"`{codes}`"


async def table(calls: int, deadline: float, only: list[str]) -> None:
    """Print a line for each fault as it is measured."""
    print("| fault | what the gateway answers | failure code | p50 ms | p99 ms |")
    print("|---|---|---|---|---|")
    with ScriptedServer() as server:
        for fault in Fault:
            if not only or fault.value in only:
                print(await row(fault, server, calls=calls, deadline=deadline), flush=True)


def main() -> None:
    """Read the options and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("faults", nargs="*", help="only these, by name")
    parser.add_argument("--calls", type=int, default=20, help="requests for each fault (default 20)")
    parser.add_argument("--deadline", type=float, default=4.0, help="seconds a request may take (default 4)")
    options = parser.parse_args()
    asyncio.run(table(options.calls, options.deadline, options.faults))


if __name__ == "__main__":
    main()
