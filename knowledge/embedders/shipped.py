"""Vectors that ship with the program: of its own examples and articles, so that a first start need not embed thousands of texts.

They are the packaged model's, rounded to half precision (an error of about 0.001 in a cosine); under another model's name no key
fits, and everything is embedded anew.
"""

import zipfile
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge.ports import Vectors


class ShippedVectors:
    """Vectors by key in a file that is only read; without the file there are none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, keys: Sequence[bytes], *, length: int) -> dict[bytes, Vectors]:
        """Return the vectors of these keys that ship, as unit rows."""
        places, rows = self._contents
        if rows.shape[1:] != (length,):
            return {}
        found = {key: rows[places[key]].astype(np.float32) for key in keys if key in places}
        return {key: row / np.float32(np.linalg.norm(row)) for key, row in found.items()}

    def __len__(self) -> int:
        return len(self._contents[0])

    @cached_property
    def _contents(self) -> tuple[Mapping[bytes, int], Vectors]:
        try:
            with np.load(self._path) as kept:
                keys, rows = kept["keys"], kept["rows"]
        except (OSError, KeyError, ValueError, zipfile.BadZipFile):
            return {}, np.zeros((0, 0), dtype=np.float32)
        return {key.tobytes(): place for place, key in enumerate(keys)}, rows


def write_shipped(path: Path, rows: Mapping[bytes, Vectors]) -> None:
    """Replace the file by these vectors, in the order of their keys."""
    ordered = sorted(rows)
    keys = np.frombuffer(b"".join(ordered), dtype=np.uint8).reshape(len(ordered), -1)
    np.savez(path, keys=keys, rows=np.stack([rows[key] for key in ordered]).astype(np.float16))
