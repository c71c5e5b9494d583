"""Speed, as ratios within one run: absolute times differ from machine to machine, ratios hardly do.

Packets against the bare embedding of the same new text; GET against a bare FastAPI route that returns the same bytes;
memory after start and after a thousand packets.
"""

import asyncio
import gc
import itertools
import logging
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx2 as httpx
import psutil
import uvicorn
from fastapi import FastAPI, Response

from assist.api.app import create_app
from assist.domain.transcript import Role, Transcript
from assist.settings import Settings
from assist.wiring import Assist, build
from knowledge.embedders.sentence_transformer import SentenceTransformerEmbedder

_CUSTOMER = (
    "I ordered the {a} on {d} and it still has not arrived, can you check order #W{n}?",
    "No, that is not what I asked. The {a} was charged {m} dollars twice on my card.",
    "Can I change the address to {n} Harbour Street instead, please?",
    "I already told you that the {a} is broken, this is the third time.",
    "Thanks, and when will the refund of ${m} arrive?",
    "ok yes please do that for number {n}",
)
_BOT = (
    "I am sorry to hear that. Could you give me the order number of the {a}, please?",
    "Thank you. Let me look up order #W{n} for you, one moment.",
    "I see that the {a} was delivered on {d}. Is there anything else I can help you with?",
    "I am afraid I cannot refund {m} dollars for an order that is older than 30 days.",
)
_THINGS = ("blue kettle", "running shoes", "desk lamp", "phone case", "rain jacket", "coffee grinder")
_seed = itertools.count()


def conversation(turns: int) -> Transcript:
    """Return a conversation whose texts no earlier one had, so that no cache helps; every tenth turn is a tool's."""
    pick = random.Random(next(_seed))  # noqa: S311 -- made-up talk
    made = []
    for index in range(turns):
        values = {
            "a": pick.choice(_THINGS),
            "d": f"May {pick.randint(1, 28)}",
            "m": pick.randint(5, 400),
            "n": pick.randint(10**6, 10**7),
        }
        if index % 10 == 9:
            made.append({"role": "tool", "text": f'{{"order_id": "#W{values["n"]}", "status": "delivered"}}',
                         "tool": {"name": "get_order_details", "arguments": {"order_id": f"#W{values['n']}"}, "ok": True}})  # fmt: skip
        else:
            made.append(
                {
                    "role": "customer" if index % 2 == 0 else "bot",
                    "text": pick.choice(_CUSTOMER if index % 2 == 0 else _BOT).format(**values),
                }
            )
    return Transcript.model_validate({"turns": made, "domain": "retail"})


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that `work` took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def packets(assist: Assist, bare: SentenceTransformerEmbedder) -> list[str]:
    """Compare whole packets, stored, with the embedding of their texts, turn about so that both see the same machine."""
    rows = ["| turns | packet | bare embedding | ratio |", "|---|---|---|---|"]
    with asyncio.Runner() as runner:
        for turns, rounds in ((5, 40), (20, 30), (100, 10), (500, 4)):
            ours, floor = [], []
            for _ in range(rounds):
                first, second = conversation(turns), conversation(turns)
                spoken = [turn.text for turn in second.turns if turn.role is not Role.TOOL]
                ours.append(timed(lambda t=first: runner.run(assist.handoffs.prepare("bench", t))))  # type: ignore[misc]
                floor.append(timed(lambda texts=spoken: bare.embed(texts)))  # type: ignore[misc]
            packet, embedding = statistics.median(ours), statistics.median(floor)
            rows.append(f"| {turns} | {packet * 1000:.0f} ms | {embedding * 1000:.0f} ms | {packet / embedding:.2f} |")
        runner.run(assist.close())
    return rows


def serve(app: FastAPI, port: int) -> uvicorn.Server:
    """Start a server in a thread and wait until it listens."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    return server


def fetches(assist: Assist) -> list[str]:
    """Compare GET of a stored packet with a bare route that returns the same bytes, over real connections."""
    bare = FastAPI()
    ours = serve(create_app(assist), 18751)
    with httpx.Client(
        base_url="http://127.0.0.1:18751", headers={"Authorization": f"Bearer {assist.local_key}"}
    ) as client:
        made = client.post("/v1/handoffs", content=conversation(20).model_dump_json()).json()
        body = client.get(f"/v1/handoffs/{made['id']}").content

        @bare.get("/packet")
        async def packet() -> Response:
            return Response(body, media_type="application/json")

        floor = serve(bare, 18752)
        with httpx.Client(base_url="http://127.0.0.1:18752") as other:
            for _ in range(100):
                client.get(f"/v1/handoffs/{made['id']}")
                other.get("/packet")
            mine, theirs = [], []
            for _ in range(600):
                mine.append(timed(lambda: client.get(f"/v1/handoffs/{made['id']}")))
                theirs.append(timed(lambda: other.get("/packet")))
        floor.should_exit = True
    ours.should_exit = True
    a, b = statistics.median(mine), statistics.median(theirs)
    return [
        "| GET of a packet | bare route, same bytes | ratio |",
        "|---|---|---|",
        f"| {a * 1000:.2f} ms | {b * 1000:.2f} ms | {a / b:.2f} |",
    ]


def memory(assist: Assist) -> list[str]:
    """Return resident memory after start, and after each five hundred of a thousand packets."""
    process = psutil.Process()
    sizes = []
    with asyncio.Runner() as runner:
        for _ in range(20):
            runner.run(assist.handoffs.prepare("bench", conversation(20)))
        for _ in range(2):
            gc.collect()
            sizes.append(process.memory_info().rss / 1e6)
            for _ in range(500):
                runner.run(assist.handoffs.prepare("bench", conversation(8)))
        gc.collect()
        sizes.append(process.memory_info().rss / 1e6)
        runner.run(assist.close())
    return [
        "| memory after start | after 500 packets | after 1,000 packets |",
        "|---|---|---|",
        "| " + " | ".join(f"{size:.0f} MB" for size in sizes) + " |",
    ]


def main() -> None:
    """Print the tables."""
    logging.basicConfig(level="ERROR")
    with tempfile.TemporaryDirectory() as folder:
        assist = build(Settings(data_dir=Path(folder), max_turns=2000))

        async def prepare() -> None:
            await assist.migrate()
            await assist.ensure_local_key()
            await assist.library.load("bench", [assist.domains["retail"].articles], domain="retail")
            await assist.warm()
            await assist.close()

        asyncio.run(prepare())
        bare = SentenceTransformerEmbedder()
        bare.embed([turn.text for turn in conversation(40).turns])
        for rows in (packets(assist, bare), fetches(assist), memory(assist)):
            print("\n".join(rows), end="\n\n")


if __name__ == "__main__":
    main()
