"""What an agent sees of each fault of a model, and how soon: a running service, real litellm, the scripted server, all over HTTP.

Each fault meets the same number of new packets. Each is posted (revision 1) and then watched by its events until revision 2 is pushed,
as an agent's desktop does; both times count from the post. Where a model lets a packet wait, more packets are under way at once, so that
both cores have as much to do as with the others, no more. The table goes into docs/faults.md where all faults were measured, and to
standard output else.
"""

import argparse
import asyncio
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx2 as httpx

from assist.api.examples import TRANSCRIPT
from assist.cli.progress import progress_bar
from assist.llm import MEANING, Fault, ScriptedServer

PAGE = Path(__file__).parents[1] / "docs" / "faults.md"
FIELDS = ("summary", "intent", "escalation", "steps_tried", "promises")
_LONGEST = 10.0  # seconds until a packet that is not revised is counted as it is
_WAITING = 4  # times as many packets under way where the model lets them wait
_STEP = 0.15  # seconds between the first ones of these
_NOW = {"model_timeout_first_token": "0.5", "model_timeout_total": "0.8", "model_deadline": "1.2", "model_retries": "1"}
_PATIENT = {**_NOW, "model_timeout_total": "4.0", "model_timeout_first_token": "4.0", "model_deadline": "4.5"}
_STEADY = {"model_breaker_failures": "1000000"}  # each packet is to meet the fault, not the rest after it
_number = itertools.count(1_000_000)


@dataclass(frozen=True)
class Situation:
    """What is wrong, and the settings of a service that meets it."""

    name: str
    meaning: str
    fault: Fault = Fault.GOOD
    settings: Mapping[str, str] = field(default_factory=lambda: {**_NOW, **_STEADY})
    consent: bool = True


_WAITS = {Fault.HANGING, Fault.SLOW_FIRST_TOKEN, Fault.STALLED, Fault.DRIPPING, Fault.RATE_LIMITED}
_ANSWERS = {Fault.GOOD, Fault.FENCED, Fault.SLOPPY, Fault.CORRIGIBLE, Fault.FLAKY, Fault.OBEDIENT, Fault.UNSUPPORTED}
SITUATIONS = (
    *(
        Situation(fault.value, MEANING[fault], fault, {**(_PATIENT if fault in _ANSWERS else _NOW), **_STEADY})
        for fault in Fault
        if fault not in {Fault.OUT_OF_QUOTA, Fault.NO_SCHEMA}
    ),
    # These two change how the model is asked from then on: each has a service of its own.
    Situation("out_of_quota", MEANING[Fault.OUT_OF_QUOTA], Fault.OUT_OF_QUOTA, {**_NOW, **_STEADY, "model_quiet_seconds": "1"}),
    Situation("no_schema", MEANING[Fault.NO_SCHEMA], Fault.NO_SCHEMA, {**_PATIENT, **_STEADY, "model_quiet_seconds": "1"}),
    Situation("nobody_there", "no server listens at the model's address", settings={**_NOW, **_STEADY, "model_api_base": "http://127.0.0.1:9/v1"}),
    Situation("left_alone", "503 to the first requests; then the breaker keeps packets from waiting", Fault.OVERLOADED, _NOW),
    Situation("budget_spent", "the tenant's day has no tokens left", settings={**_NOW, **_STEADY, "model_day_tokens": "100"}),
    Situation("no_place", "one call at a time is allowed, and that one hangs", Fault.HANGING, {**_NOW, **_STEADY, "model_concurrency": "1"}),
    Situation("no_consent", "the customer does not want a model to read the conversation", settings={**_PATIENT, **_STEADY}, consent=False),
)  # fmt: skip


def transcript(*, consent: bool) -> dict[str, Any]:
    """Return the example conversation under an order number and an amount that no earlier one had, so that no cache helps."""
    order = f"#W{next(_number)}"
    text = json.dumps(TRANSCRIPT).replace("#W4410973", order)
    made: dict[str, Any] = json.loads(text)
    return {**made, "conversation_id": f"c-{order[1:]}", "consent": {"processing": True, "model": consent}}


@contextmanager
def service(
    folder: Path, settings: Mapping[str, str], model: ScriptedServer, *, articles: bool
) -> Iterator[httpx.Client]:
    """Start `assist serve` as a process of its own and return a client with its key; it ends with the block."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    given = {"model": "openai/scripted", "model_api_base": model.url, "data_dir": str(folder), **settings}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSIST_")}
    environment |= {f"ASSIST_{name.upper()}": value for name, value in given.items()}
    environment |= {"OPENAI_API_KEY": "sk-of-nobody", "ASSIST_LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "assist", "serve", "--port", str(port), *([] if articles else ["--no-articles"])]
    log = (folder / "service.log").open("ab")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            while not _is_ready(client):
                if process.poll() is not None:
                    sys.exit(f"the service ended at its start: {(folder / 'service.log').read_text('utf-8')[-2000:]}")
                time.sleep(0.2)
            client.headers["Authorization"] = f"Bearer {(folder / 'local.key').read_text('ascii').strip()}"
            yield client
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _is_ready(client: httpx.Client) -> bool:
    try:
        return client.get("/readyz").is_success
    except httpx.TransportError:
        return False


@dataclass
class Measured:
    """What came of the packets of one situation; times are in seconds from the post."""

    first: list[float] = field(default_factory=list)
    second: list[float] = field(default_factory=list)
    usable: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, packet: Mapping[str, Any], seconds: float) -> None:
        """Count a packet as it was answered at once."""
        self.first.append(seconds)
        self._use(packet)

    def add_newer(self, packet: Mapping[str, Any], seconds: float) -> None:
        """Count a packet as it was after the model."""
        self.second.append(seconds)
        self._use(packet)
        self.codes[packet["provenance"]["summary"]["failure"] or "-"] += 1
        self.seen[_seen(packet)] += 1

    def _use(self, packet: Mapping[str, Any]) -> None:
        told = packet["summary"]["headline"] and packet["summary"]["lines"] and packet["actions"]
        self.usable += bool(told and packet["verification"]["status"] == "verified")


def _seen(packet: Mapping[str, Any]) -> str:
    """Return who answered what, and how many of the model's statements were not believed."""
    if packet["revision"] == 1:
        return "revision 1 still"
    provenance = packet["provenance"]
    by_model = [name for name in FIELDS if provenance[name]["by"] == "model"]
    dropped = sum(sum(provenance[name]["dropped"].values()) for name in FIELDS)
    told = f"{', '.join(by_model)} by the model, the rest by rules" if by_model else "all by rules"
    return told + (f"; statements dropped: {dropped}" if dropped else "")


async def met(
    client: httpx.Client, situation: Situation, *, packets: int, at_once: int, advance: Callable[[], None]
) -> Measured:
    """Return what so many packets came to, and tell of each."""
    waits = situation.fault in _WAITS
    measured, places = Measured(), asyncio.Semaphore(at_once * (_WAITING if waits else 1))
    async with httpx.AsyncClient(base_url=client.base_url, headers=client.headers, timeout=60) as poster:

        async def one(number: int) -> None:
            async with places:
                # The first ones begin one after another, so that they do not go in step.
                await asyncio.sleep(_STEP * number if number < at_once * _WAITING and waits else 0)
                started = time.perf_counter()
                answer = await poster.post("/v1/handoffs", json=transcript(consent=situation.consent))
                packet = answer.raise_for_status().json()
                measured.add(packet, time.perf_counter() - started)
                newer = await _pushed(poster, packet["id"])
                measured.add_newer(newer or packet, time.perf_counter() - started)
                advance()

        await asyncio.gather(*(one(number) for number in range(packets)))
    return measured


async def _pushed(client: httpx.AsyncClient, handoff_id: str) -> dict[str, Any] | None:
    """Return revision 2 as it is pushed to those who watch; None where it does not come."""
    watching = client.stream("GET", f"/v1/handoffs/{handoff_id}/events", headers={"Last-Event-ID": "1"})
    try:
        async with asyncio.timeout(_LONGEST), watching as events:
            async for line in events.raise_for_status().aiter_lines():
                if line.startswith("data:"):
                    packet: dict[str, Any] = json.loads(line.removeprefix("data:"))
                    return packet
    except TimeoutError:
        pass
    return None


def row(situation: Situation, measured: Measured) -> str:
    """Return the table's line for a situation."""
    codes = " / ".join(code if code == "-" else f"`{code}`" for code, _ in measured.codes.most_common())
    seen = " / ".join(told for told, _ in measured.seen.most_common(2))
    times = " | ".join(
        f"{_at(times, share):.0f}" for times in (measured.first, measured.second) for share in (0.5, 0.99)
    )
    total = len(measured.first) + len(measured.second)
    return f"| `{situation.name}`: {situation.meaning} | {seen} | {codes} | {times} | {measured.usable} of {total} |"


def _at(times: list[float], share: float) -> float:
    return 1000 * (
        statistics.quantiles(times, n=100, method="inclusive")[round(share * 100) - 1] if len(times) > 1 else times[0]
    )


def table(situations: list[Situation], *, packets: int, at_once: int, minutes: float) -> list[str]:
    """Return the table, one service for all situations that share their settings; what the time does not reach is left out."""
    rows: dict[str, str] = {}
    ends = time.monotonic() + 60 * minutes
    with progress_bar() as bar, ScriptedServer() as model, tempfile.TemporaryDirectory() as name:
        task = bar.add_task("starting", total=len(situations) * packets)
        for number, settings in enumerate(_services(situations)):
            if time.monotonic() > ends:
                break
            with service(Path(name), settings, model, articles=number == 0) as client:
                client.post("/v1/handoffs", json=transcript(consent=True), params={"wait": 5_000}).raise_for_status()
                for situation in (s for s in situations if dict(s.settings) == settings):
                    if time.monotonic() > ends:
                        break
                    model.fault, started = situation.fault, time.monotonic()
                    bar.update(task, description=situation.name)
                    advance = partial(bar.advance, task)
                    measured = asyncio.run(met(client, situation, packets=packets, at_once=at_once, advance=advance))
                    rows[situation.name] = row(situation, measured)
                    told = f"{time.monotonic() - started:.0f} s {rows[situation.name]}"
                    bar.console.print(told, soft_wrap=True, markup=False, highlight=False)
                model.fault = Fault.GOOD
    head = "| what is wrong | what the agent sees in revision 2 | code | revision 1, ms: p50 | p99 | revision 2, ms: p50 | p99 | usable |"
    if not rows:
        sys.exit(
            f"nothing was measured within {minutes:g} minutes: the service took longer to start; give --minutes more"
        )
    left = [s.name for s in situations if s.name not in rows]
    if left:
        print(f"not measured, since {minutes:g} minutes were over: {', '.join(left)}", file=sys.stderr)
    return [head, "|---|---|---|---|---|---|---|---|", *(rows[s.name] for s in situations if s.name in rows)]


def _services(situations: list[Situation]) -> list[Mapping[str, str]]:
    """Return the different settings, those of few situations first: where time runs out, one more of the many is missed least."""
    users = Counter(tuple(sorted(situation.settings.items())) for situation in situations)
    return [dict(settings) for settings, _ in sorted(users.items(), key=lambda one: one[1])]


def main() -> None:
    """Read the options, measure, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog="Example: python scripts/faults.py stalled half_json --packets 20"
    )
    parser.add_argument("faults", nargs="*", help="only these, by name; the page is not touched then")
    parser.add_argument("--packets", type=int, default=200, help="packets for each fault (default 200)")
    parser.add_argument(
        "--at-once",
        type=int,
        default=2,
        help="packets under way at once (default 2; four times as many where the model lets them wait)",
    )
    parser.add_argument("--minutes", type=float, default=15, help="begin no further fault after these (default 15)")
    options = parser.parse_args()
    unknown = set(options.faults) - {situation.name for situation in SITUATIONS}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; choose from {', '.join(s.name for s in SITUATIONS)}")
    chosen = [situation for situation in SITUATIONS if not options.faults or situation.name in options.faults]
    made = table(chosen, packets=options.packets, at_once=options.at_once, minutes=options.minutes)
    if options.faults:
        print("\n".join(made))
        return
    before, mark, rest = PAGE.read_text("utf-8").partition("<!-- table -->")
    after = rest.partition("<!-- /table -->")[2]
    note = f"Measured {time.strftime('%Y-%m-%d')} over {options.packets} packets for each fault, {options.at_once} at once."
    PAGE.write_text("\n".join([f"{before}{mark}\n", note, "", *made, f"\n<!-- /table -->{after}"]), "utf-8")


if __name__ == "__main__":
    main()
