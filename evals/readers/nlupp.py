"""NLU++: utterances of bank and hotel customers with several intents each; one of them asks for a human."""

from pathlib import Path

from evals.cases import Dataset, EscalationLabel, LabelledCase, Labels, turn
from evals.readers.files import rows

FILE = "folds0-9.jsonl.gz"
_ASKS = "handoff"


def read(folder: Path) -> Dataset:
    """Return the utterances, one case each, labelled with whether they ask for a human."""
    cases = tuple(
        LabelledCase(
            case_id=f"nlupp-{number}",
            domain="banking" if row["domain"] == "banking" else None,
            turns=(turn("customer", row["text"]),),
            labels=Labels(escalation=EscalationLabel(asks_for_human=_ASKS in row["intents"])),
            group=row["domain"] + str(number),
        )
        for number, row in enumerate(rows(folder, FILE))
    )
    return Dataset(name="nlupp", cases=cases, licence="CC BY 4.0, PolyAI")
