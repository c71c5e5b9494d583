"""What every Embedder keeps: texts become unit vectors, in order, the same each time."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedders.cached import CachedEmbedder
from knowledge.embedders.hashing import HashingEmbedder
from knowledge.embedders.sentence_transformer import SentenceTransformerEmbedder
from knowledge.ports import Embedder
from tests.fakes.embedder import CountingEmbedder

TEXTS = ["Where is my refund?", "", "🙂 مرحبا", "word " * 1000, "Where is my refund?", "\x00\ud800"]


@pytest.fixture(scope="session")
def packaged() -> SentenceTransformerEmbedder:
    """Return the packaged model."""
    return SentenceTransformerEmbedder()


@pytest.fixture(
    params=[
        "fake",
        "hashing",
        "cached",
        "cached in a file",
        pytest.param("model", marks=pytest.mark.model),
        pytest.param("cached model", marks=pytest.mark.model),
    ]
)
def embedder(request: pytest.FixtureRequest, tmp_path: Path) -> Embedder:
    """Return the embedder under test."""
    match request.param:
        case "fake":
            return CountingEmbedder()
        case "hashing":
            return HashingEmbedder()
        case "cached":
            return CachedEmbedder(HashingEmbedder())
        case "cached in a file":
            return CachedEmbedder(HashingEmbedder(), file=tmp_path / "cache.db")
        case "model":
            model: Embedder = request.getfixturevalue("packaged")
            return model
        case _:
            return CachedEmbedder(request.getfixturevalue("packaged"), file=tmp_path / "cache.db")


def test_every_text_gives_a_unit_row(embedder: Embedder) -> None:
    """Empty, foreign, broken and endless texts too."""
    rows = embedder.embed(TEXTS)
    assert rows.shape == (len(TEXTS), embedder.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-4)


def test_rows_are_in_the_order_of_the_texts(embedder: Embedder) -> None:
    """Whatever order they are computed in, whatever else is in the call."""
    together = embedder.embed(TEXTS)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert np.abs(together - alone).max() < 1e-4


def test_no_text_gives_no_row(embedder: Embedder) -> None:
    """The shape still says the dimension."""
    assert embedder.embed([]).shape == (0, embedder.dimension)


def test_texts_that_share_words_are_nearer(embedder: Embedder) -> None:
    """The cosine similarity means something."""
    refund, same, other = embedder.embed(["refund my order", "refund my order now", "the router blinks red"])
    assert float(refund @ same) > float(refund @ other) + 0.2


def test_threads_may_share_it(embedder: Embedder) -> None:
    """Eight threads get what one gets."""
    texts = [f"question number {place}" for place in range(16)]
    expected = embedder.embed(texts)
    with ThreadPoolExecutor(8) as threads:
        rows = list(threads.map(lambda text: embedder.embed([text])[0], texts))
    assert np.abs(np.stack(rows) - expected).max() < 1e-4


def test_it_has_a_name(embedder: Embedder) -> None:
    """Vectors of two names must not be mixed."""
    assert embedder.name
