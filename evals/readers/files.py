"""Rows of data files, plain or compressed."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.errors import DataMissing


def existing(folder: Path, name: str) -> Path:
    """Return the file in the folder; DataMissing where it is not there."""
    path = folder / name
    if not path.is_file():
        message = f"{path} is not there; give the folder that holds {name}"
        raise DataMissing(message)
    return path


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file, `.gz` or plain; DataMissing names the line that cannot be read."""
    path = existing(folder, name)
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                row = json.loads(line)
            except json.JSONDecodeError as exc:
                message = f"{path.name} line {number} is not JSON: {exc}"
                raise DataMissing(message) from exc
            yield row


def document(folder: Path, name: str) -> Any:  # noqa: ANN401 -- whatever the file holds
    """Return the value of a JSON file."""
    path = existing(folder, name)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as exc:
        message = f"{path.name} is not JSON: {exc}"
        raise DataMissing(message) from exc
