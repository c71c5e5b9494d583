"""Speed of loading and searching articles, as ratios within one run; run by `make bench-knowledge`.

Loading stands against the bare embedding of the same passages, a search against one raw Chroma query with the same
vector. Searches are timed besides the embedding of the question, which costs the same everywhere; the large corpora are
embedded by summing word vectors, since what a vector means does not change how long it takes to find. With
`--peers PYTHON`, an interpreter that has langchain-chroma and llama-index-vector-stores-chroma, the same passages,
vectors and questions go through their retrievers too (`scripts/bench_peers.py`).
"""

import argparse
import asyncio
import functools
import json
import logging
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import psutil
from rich.progress import track

from assist.settings import Settings
from assist.wiring import build
from knowledge import Article, Embedder, HybridSearch, Indexer, Vectors, collection_name
from knowledge.chunking import chunk
from knowledge.embedders.cached import CachedEmbedder
from knowledge.embedders.sentence_transformer import SentenceTransformerEmbedder
from knowledge.indexing import embedded_text
from knowledge.stores.chroma import ChromaStore

TODAY = date(2026, 11, 20)
_THINGS = [
    "kettle",
    "lamp",
    "jacket",
    "router",
    "phone",
    "mattress",
    "bicycle",
    "printer",
    "camera",
    "toaster",
    "vacuum",
    "heater",
    "drill",
    "tent",
    "piano",
]
_MAKES = [
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Fir",
    "Ginkgo",
    "Hazel",
    "Ironwood",
    "Juniper",
    "Katsura",
    "Larch",
    "Maple",
    "Nutmeg",
    "Oak",
]
_MATTERS = {
    "returned": (
        "send it back",
        "A return is free within {n} days if the box is unopened. Print the label and post it.",
    ),
    "repaired": (
        "get it mended",
        "A repair takes {n} working days. Bring the receipt to the workshop, or ask for pickup.",
    ),
    "cleaned": (
        "remove stains from it",
        "Use lukewarm water and {n} drops of soap. Never use bleach or an abrasive sponge.",
    ),
    "insured": (
        "cover it against damage",
        "Cover costs {n} euro a year and pays for theft, water and falls from a table.",
    ),
    "exchanged": (
        "swap it for another colour",
        "An exchange is possible once within {n} days, for any colour in stock.",
    ),
    "installed": ("set it up at home", "A technician sets it up for {n} euro. Keep the place dry and the door open."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the article that answers it."""

    text: str
    answer: str


class WordSums:
    """Embeds by summing a fixed direction per word: fast, and the same length as the packaged model's vectors."""

    name = "bench:word-sums"
    dimension = 384

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text."""
        rows = np.stack([np.sum([_direction(word) for word in text.lower().split()], axis=0) for text in texts])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@functools.cache
def _direction(word: str) -> Vectors:
    return np.random.default_rng(abs(hash(word)) % 2**32).normal(size=384).astype(np.float32)


def corpus(count: int) -> Iterator[Article]:
    """Yield so many articles, each of one make and model of a thing and one matter, in two sections."""
    pick = random.Random(7)  # noqa: S311 -- made-up articles
    for number in range(count):
        thing, make = _THINGS[number % 15], _MAKES[number // 15 % 15]
        matter = list(_MATTERS)[number // 225 % 6]
        model = f"{make} {thing} {100 + number // 1350}"
        body = "\n\n".join(
            f"## {heading}\n{_MATTERS[matter][1].format(n=pick.randint(2, 60))} This holds for the {model} alone. "
            + " ".join(_MATTERS[pick.choice(list(_MATTERS))][1].format(n=pick.randint(2, 60)) for _ in range(3))
            for heading in (f"When the {model} can be {matter}", "What to tell the customer")
        )
        yield Article(article_id=f"a{number}", title=f"How a {model} is {matter}", body=body, domain="retail")


def questions(count: int, size: int) -> list[Question]:
    """Return questions in other words than the articles' titles."""
    pick = random.Random(11)  # noqa: S311 -- as above
    made = []
    for number in (pick.randrange(size) for _ in range(count)):
        thing, make = _THINGS[number % 15], _MAKES[number // 15 % 15]
        wish = _MATTERS[list(_MATTERS)[number // 225 % 6]][0]
        text = f"Hello, my {thing} is a {make} {100 + number // 1350} and I would like to {wish}, how does that work?"
        made.append(Question(text, f"a{number}"))
    return made


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that `work` took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def spread(seconds: Sequence[float]) -> str:
    """Return median and 95th percentile in milliseconds."""
    return f"{np.percentile(seconds, 50) * 1000:.1f} | {np.percentile(seconds, 95) * 1000:.1f}"


def loading(folder: Path, count: int) -> list[str]:
    """Compare a load, stored and searchable, with the bare embedding of its passages; and with the memory it takes."""
    file = folder / "articles.jsonl"
    file.write_text("".join(article.model_dump_json() + "\n" for article in corpus(count)), "utf-8")
    assist = build(Settings(data_dir=folder / "data"))
    texts = [embedded_text(a.title, c.heading, c.text) for a in corpus(count) for c in chunk(a)]
    bare = SentenceTransformerEmbedder()
    bare.warm()
    process = psutil.Process()
    with asyncio.Runner() as runner:
        runner.run(assist.migrate())
        before = process.memory_info().rss / 1e6
        ours = timed(lambda: runner.run(assist.library.load("bench", [file], domain="retail")))
        after = process.memory_info().rss / 1e6
        again = timed(lambda: runner.run(assist.library.load("bench", [file], domain="retail")))
        runner.run(assist.close())
    floor = timed(lambda: bare.embed(texts))
    speeds = f"{count / ours:.1f} | {count / floor:.1f} | {ours / floor:.2f} | {count / again:.0f}"
    return [
        "| articles | passages | load, articles/s | bare embedding, articles/s | ratio | loaded again, articles/s | memory |",
        "|---|---|---|---|---|---|---|",
        f"| {count:,} | {len(texts):,} | {speeds} | +{after - before:.0f} MB |",
    ]


def searching(folder: Path, size: int, embedder: Embedder) -> tuple[str, dict[str, float]]:
    """Return a row for a corpus of this size: our search and the raw query, turn about; and the hits."""
    store = ChromaStore.embedded(folder / f"chroma-{size}")
    indexer = Indexer(store, embedder)
    indexer.index("bench", track(corpus(size), description=f"indexing {size:,}", total=size))
    search = HybridSearch(store, embedder)
    asked = questions(300, size)
    vectors = embedder.embed([question.text for question in asked])
    first = timed(lambda: search.search("bench", "retail", text=asked[0].text, today=TODAY, vector=vectors[0]))
    name = collection_name("bench", "retail", embedder.name)
    ours: list[float] = []
    raw: list[float] = []
    ranks = []
    for question, vector in zip(asked, vectors, strict=True):
        started = time.perf_counter()
        found = search.search("bench", "retail", text=question.text, today=TODAY, vector=vector)
        ours.append(time.perf_counter() - started)
        raw.append(timed(lambda v=vector: store.nearest(name, v, limit=5)))  # type: ignore[misc]
        ids = [hit.article_id for hit in found.hits]
        ranks.append(ids.index(question.answer) if question.answer in ids else 99)
    edited = [each.model_copy(update={"version": 2, "body": f"{each.body}\n\nEdited."}) for each in corpus(5)]
    after: list[float] = []
    for article in edited:
        indexer.index("bench", [article])
        after.append(timed(lambda: search.search("bench", "retail", text="edited", today=TODAY, vector=vectors[0])))
    store.close()
    ratio = np.median(ours) / np.median(raw)
    hits = {f"hit@{k}": float(np.mean([rank < k for rank in ranks])) for k in (1, 5)}
    return (
        f"| {size:,} | {spread(ours)} | {spread(raw)} | {ratio:.2f} | {first:.2f} s | {np.median(after):.2f} s |",
        hits,
    )


def beside_peers(folder: Path, python: str, size: int) -> list[str]:
    """Return rows for the same passages, vectors and questions in LangChain's and LlamaIndex's Chroma retrievers."""
    model = CachedEmbedder(SentenceTransformerEmbedder())
    rows, asked = [], questions(300, size)
    for article in corpus(size):
        rows += [(article.article_id, embedded_text(article.title, c.heading, c.text)) for c in chunk(article)]
    np.savez(folder / "peers.npz", passages=model.embed([text for _, text in rows]),
             questions=model.embed([question.text for question in asked]))  # fmt: skip
    given = {"passages": rows, "questions": [(question.text, question.answer) for question in asked]}
    (folder / "peers.json").write_text(json.dumps(given), "utf-8")
    script = str(Path(__file__).with_name("bench_peers.py"))
    told = subprocess.run([python, script, str(folder)], capture_output=True, text=True, check=True).stdout
    lines = ["| retriever | p50 ms | p95 ms | hit@1 | hit@5 |", "|---|---|---|---|---|"]
    row, hits = searching(folder, size, model)
    cells = [cell.strip() for cell in row.split("|")]
    lines.append(f"| handoff-assist | {cells[2]} | {cells[3]} | {hits['hit@1']:.3f} | {hits['hit@5']:.3f} |")
    for name, found in json.loads(told.splitlines()[-1]).items():
        lines.append(f"| {name} | {spread(found['seconds'])} | {found['hit@1']:.3f} | {found['hit@5']:.3f} |")
    return lines


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="articles to search among, comma-separated")
    parser.add_argument("--load", type=int, default=1000, help="articles to load with the packaged model; 0 for none")
    parser.add_argument("--peers", help="python of an environment with LangChain's and LlamaIndex's Chroma packages")
    parser.add_argument("--peers-size", type=int, default=1000, help="articles for the comparison with them")
    given = parser.parse_args()
    logging.basicConfig(level="ERROR")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.load:
            print("\n".join(loading(folder, given.load)), end="\n\n")
        print(
            "| articles | search p50 ms | p95 ms | raw query p50 ms | p95 ms | ratio | first search | after an edit |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for size in given.sizes.split(","):
            print(searching(folder, int(size), WordSums())[0], flush=True)
        if given.peers:
            print("\n" + "\n".join(beside_peers(folder, given.peers, given.peers_size)))


if __name__ == "__main__":
    main()
