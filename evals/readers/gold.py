"""Hand-labelled handoffs in the project's own format."""

from pathlib import Path

from evals.cases import Dataset, labelled
from evals.readers.files import existing

FILE = "handoffs.dev.jsonl"


def read(folder: Path) -> Dataset:
    """Return the labelled handoffs of the folder."""
    cases = labelled(existing(folder, FILE))
    return Dataset(name="gold", cases=cases, licence="per case", note="one case a conversation, cut at the handoff")
