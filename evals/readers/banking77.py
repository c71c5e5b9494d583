"""Banking77: customers' single queries with 77 intents."""

from pathlib import Path

from evals.cases import Dataset, LabelledCase, Labels, turn
from evals.readers.files import rows

FILE = "train.jsonl.gz"


def read(folder: Path) -> Dataset:
    """Return the queries, one case each."""
    cases = tuple(
        LabelledCase(
            case_id=f"banking77-{number}",
            domain="banking77",
            turns=(turn("customer", row["text"]),),
            labels=Labels(intent=row["intent"]),
        )
        for number, row in enumerate(rows(folder, FILE))
    )
    return Dataset(name="banking77", cases=cases, licence="CC BY 4.0, PolyAI")
