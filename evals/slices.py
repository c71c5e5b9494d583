"""To which groups of conversations a case belongs, so that quality can be held against each other between them."""

from collections.abc import Mapping
from typing import Final

from assist.analysis.pipeline import Reading
from evals.cases import LabelledCase

_SHORT: Final = 8  # turns
_LONG: Final = 20


def slices_of(case: LabelledCase, answer: object) -> Mapping[str, str]:
    """Return the case's value for each way of slicing; the language is the labelled one, else the one detected."""
    detected = answer.case.language if isinstance(answer, Reading) else None
    language = case.language or detected
    mood = case.labels.sentiment.label if case.labels.sentiment else None
    found = {
        "domain": case.domain,
        "language": language.partition("-")[0] if language else None,
        "channel": case.channel.value,
        "length": _length(len(case.turns)),
        "mood": mood,
    }
    return {name: value for name, value in found.items() if value}


def _length(turns: int) -> str:
    if turns < _SHORT:
        return f"under {_SHORT} turns"
    return f"{_SHORT} to {_LONG} turns" if turns <= _LONG else f"over {_LONG} turns"
