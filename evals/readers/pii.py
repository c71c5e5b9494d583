"""presidio-research: made-up sentences with spans of personal data."""

from collections.abc import Mapping
from pathlib import Path

from assist.redaction import Kind
from evals.cases import Dataset, LabelledCase, Labels, SpanLabel, turn
from evals.readers.files import rows

FILE = "presidio-research.dev.jsonl.gz"
KINDS: Mapping[str, Kind] = {
    "CREDIT_CARD": Kind.CARD_NUMBER,
    "US_SSN": Kind.NATIONAL_ID,
    "US_DRIVER_LICENSE": Kind.NATIONAL_ID,
    "EMAIL_ADDRESS": Kind.EMAIL,
    "PHONE_NUMBER": Kind.PHONE,
    "IBAN_CODE": Kind.IBAN,
    "IP_ADDRESS": Kind.IP_ADDRESS,
    "STREET_ADDRESS": Kind.ADDRESS,
    "PERSON": Kind.NAME,
}
"""What the set's types are called here; its other types (places, dates, organisations) are no personal data by themselves."""


def read(folder: Path) -> Dataset:
    """Return the sentences, one case each."""
    cases = tuple(
        LabelledCase(
            case_id=f"pii-{number}",
            turns=(turn("customer", row["text"]),),
            labels=Labels(spans=tuple(SpanLabel(type=s["type"], start=s["start"], end=s["end"]) for s in row["spans"])),
        )
        for number, row in enumerate(rows(folder, FILE))
        if row["text"]
    )
    return Dataset(name="pii", cases=cases, licence="MIT, Microsoft presidio-research")
