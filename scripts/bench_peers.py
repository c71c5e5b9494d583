"""The same passages, vectors and questions through LangChain's and LlamaIndex's Chroma retrievers.

Run by `bench_knowledge.py --peers` in an environment of its own, since their packages pin others than ours:
python -m venv var/peers && var/peers/bin/pip install chromadb langchain-chroma llama-index-vector-stores-chroma
Prints one line of JSON: seconds of each question, hit@1 and hit@5, by retriever.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np

_PART = 1000


def measured(asked: Sequence[tuple[str, str]], ask: Callable[[int], list[str]]) -> dict[str, Any]:
    """Return times and hits; several passages of one article count once."""
    seconds, ranks = [], []
    for number, (_, answer) in enumerate(asked):
        started = time.perf_counter()
        found = list(dict.fromkeys(ask(number)))
        seconds.append(time.perf_counter() - started)
        ranks.append(found.index(answer) if answer in found else 99)
    hits = {f"hit@{k}": float(np.mean([rank < k for rank in ranks])) for k in (1, 5)}
    return {"seconds": seconds, **hits}


def langchain(given: dict[str, Any], passages: Any, questions: Any, folder: str) -> dict[str, Any]:  # noqa: ANN401
    """Measure LangChain's Chroma vector store, searched by vector."""
    from langchain_chroma import Chroma

    store = Chroma("bench", client=chromadb.PersistentClient(folder), collection_metadata={"hnsw:space": "cosine"})
    for at in range(0, len(passages), _PART):
        part = given["passages"][at : at + _PART]
        store._collection.upsert(  # noqa: SLF001 -- it takes vectors that are there already in no public way
            ids=[str(at + n) for n in range(len(part))],
            embeddings=passages[at : at + _PART],
            documents=[text for _, text in part],
            metadatas=[{"article": article} for article, _ in part],
        )
    return measured(
        given["questions"],
        lambda n: [d.metadata["article"] for d in store.similarity_search_by_vector(questions[n].tolist(), k=10)],
    )


def llama_index(given: dict[str, Any], passages: Any, questions: Any, folder: str) -> dict[str, Any]:  # noqa: ANN401
    """Measure LlamaIndex's Chroma vector store, queried by vector."""
    from llama_index.core.schema import TextNode
    from llama_index.core.vector_stores.types import VectorStoreQuery
    from llama_index.vector_stores.chroma import ChromaVectorStore

    collection = chromadb.PersistentClient(folder).create_collection("bench", metadata={"hnsw:space": "cosine"})
    store = ChromaVectorStore(chroma_collection=collection)
    nodes = [
        TextNode(id_=str(n), text=text, metadata={"article": article}, embedding=passages[n].tolist())
        for n, (article, text) in enumerate(given["passages"])
    ]
    store.add(nodes)

    def ask(number: int) -> list[str]:
        query = VectorStoreQuery(query_embedding=questions[number].tolist(), similarity_top_k=10)
        return [node.metadata["article"] for node in store.query(query).nodes or ()]

    return measured(given["questions"], ask)


def main() -> None:
    """Read what to search, print what was found."""
    folder = Path(sys.argv[1])
    given = json.loads((folder / "peers.json").read_text("utf-8"))
    vectors = np.load(folder / "peers.npz")
    found = {}
    for name, measure in (("LangChain", langchain), ("LlamaIndex", llama_index)):
        with tempfile.TemporaryDirectory() as place:
            found[name] = measure(given, vectors["passages"], vectors["questions"], place)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
