"""Choosing a few training utterances from many, always the same ones, and never any that are tested on."""

import hashlib
import re
from collections.abc import Iterable, Sequence

from assist.domain.transcript import Role, Turn
from evals.cases import LabelledCase

MOST = 8
_LONGEST = 60  # words; a longer turn tells a story and teaches little


def fingerprint(turns: Iterable[Turn]) -> str:
    """Return what the customer said, letters and digits only: equal for the same conversation in two sets."""
    said = " ".join(turn.text for turn in turns if turn.role is Role.CUSTOMER)
    return re.sub(r"[^a-z0-9]+", "", said.lower())


def overlapping(case: LabelledCase, others: Sequence[str]) -> bool:
    """Say whether one conversation is the other, or its beginning; `others` are fingerprints."""
    own = fingerprint(case.turns)
    return any(own == other or own.startswith(other) or other.startswith(own) for other in others if other)


def shuffled(cases: Iterable[LabelledCase]) -> list[LabelledCase]:
    """Return the cases in an order that depends on their names alone."""
    return sorted(cases, key=lambda case: hashlib.sha256(case.case_id.encode()).hexdigest())


def telling(case: LabelledCase, *, among: int) -> str:
    """Return the longest of the customer's first turns: it says most on what they want."""
    turns = [turn.text.strip() for turn in case.turns if turn.role is Role.CUSTOMER][:among]
    fitting = [text for text in turns if len(text.split()) <= _LONGEST]
    return max(fitting or turns or [""], key=lambda text: len(text.split()))
