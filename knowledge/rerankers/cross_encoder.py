"""Re-ranking by any cross-encoder that sentence-transformers can load."""

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np

from knowledge.errors import EmbedderUnavailable
from knowledge.ports import Vectors

_LONGEST = 4000
"""Characters of a question: a model reads 512 tokens of both together, and tokenizing what it cuts off costs time."""


class CrossEncoderReranker:
    """A cross-encoder by name or folder, loaded on first use; threads may share it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._model: Any = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model's name as given."""
        return self._name

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """Return how well each passage answers; EmbedderUnavailable where the model cannot be loaded."""
        if not passages:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question[:_LONGEST], passage) for passage in passages]
        with self._lock:
            if self._model is None:
                self._model = _load(self._name)
            return np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=np.float32).reshape(-1)


def _load(name: str) -> Any:  # noqa: ANN401 -- sentence-transformers is imported late and ships loose types
    try:
        from sentence_transformers import CrossEncoder  # noqa: PLC0415 -- imports torch, seconds of work

        return CrossEncoder(name)
    except Exception as exc:
        message = (
            f"the re-ranking model {name!r} cannot be loaded ({exc});"
            " give the name or folder of a cross-encoder in ASSIST_RERANK_MODEL, or leave it empty"
        )
        raise EmbedderUnavailable(message) from exc
