"""Automatic checkers of statements: each says of one statement whether the conversation supports it, or that it cannot tell.

A checker is itself measured in each run, on labelled true statements (nuggets) and false ones (traps): see `yardstick.py`.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from assist.analysis.case import Case
from assist.domain.findings import Section, SummaryLine
from assist.grounding import Gate
from evals.scorers.fidelity import foreign_values, unheard_names
from evals.scorers.support import exact_values, spoken_text, unsupported
from knowledge import Embedder, Vectors

LIKE: Final = 0.5


class Said(NamedTuple):
    """A statement and the turns that it cites."""

    text: str
    turns: Sequence[int]


class Checker(Protocol):
    """Judges statements; `name` stands in every report."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def verdicts(self, case: Case, statements: Sequence[Said]) -> list[bool | None]:
        """Return of each statement whether its turns support it; None where this checker cannot tell."""
        ...


class _OneByOne(ABC):
    """A checker to which other statements do not matter."""

    @abstractmethod
    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return whether the turns support the text; None where this checker cannot tell."""

    def verdicts(self, case: Case, statements: Sequence[Said]) -> list[bool | None]:
        """Return the verdict on each statement."""
        return [self.accepts(case, said.text, said.turns) for said in statements]


class GateChecker(_OneByOne):
    """The gate that stands between a model's words and the packet."""

    name = "grounding gate"

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return the gate's verdict."""
        return self._gate.judge(case, text, turns).supported


class ExactChecker(_OneByOne):
    """Values and quotations against the cited turns."""

    name = "exact values"

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return whether every value stands in a cited turn; None where the text has none."""
        if not exact_values(text):
            return None
        line = SummaryLine(section=Section.TRIED, text=text, turns=tuple(turns))
        return unsupported(line, case.turns, None) is None


class NumberChecker(_OneByOne):
    """Numbers and ids against the whole conversation."""

    name = "number fidelity"

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return whether every number stands anywhere; None where the text has none."""
        del turns
        return not foreign_values(text, _source(case), turns=len(case.turns)) if exact_values(text) else None


class NameChecker(_OneByOne):
    """Names against the whole conversation."""

    name = "name fidelity"

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return whether every name was heard; None where the text has none."""
        del turns
        return not unheard_names(text, _source(case)) if unheard_names(text, "") else None


class LikenessChecker:
    """Whether a cited turn is similar in meaning: the cheap stand-in for entailment, shown for what it is worth."""

    name = "sentence similarity"

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def verdicts(self, case: Case, statements: Sequence[Said]) -> list[bool | None]:
        """Return whether each statement's vector is near that of a cited turn; None where no spoken turn is cited."""
        if not statements:
            return []
        vectors = self._embedder.embed([said.text for said in statements])
        return [self._near(case, said.turns, vector) for said, vector in zip(statements, vectors, strict=True)]

    def _near(self, case: Case, turns: Sequence[int], vector: Vectors) -> bool | None:
        rows = [case.vectors[turn] for turn in turns if 0 <= turn < len(case.turns) and case.vectors[turn].any()]
        return bool(max(float(row @ vector) for row in rows) >= LIKE) if rows else None


def _source(case: Case) -> str:
    return " ".join(spoken_text(turn) for turn in case.turns)
