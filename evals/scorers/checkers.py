"""Automatic checkers of statements: each says of one statement whether the conversation supports it, or that it cannot tell.

A checker is itself measured in each run, on labelled true statements (nuggets) and false ones (traps): see `yardstick.py`.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from assist.analysis.case import Case
from assist.domain.findings import Section, SummaryLine
from assist.grounding import Gate
from evals.scorers.fidelity import foreign_values, unheard_names
from evals.scorers.support import exact_values, spoken_text, unsupported
from knowledge import Embedder

LIKE: Final = 0.5


class Checker(Protocol):
    """Judges statements; `name` stands in every report."""

    name: str

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return whether the turns support the text; None where this checker cannot tell."""
        ...


class GateChecker:
    """The gate that stands between a model's words and the packet."""

    name = "grounding gate"

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return the gate's verdict."""
        return self._gate.judge(case, text, turns).supported


class ExactChecker:
    """Values and quotations against the cited turns."""

    name = "exact values"

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return whether every value stands in a cited turn; None where the text has none."""
        if not exact_values(text):
            return None
        line = SummaryLine(section=Section.TRIED, text=text, turns=tuple(turns))
        return unsupported(line, case.turns, None) is None


class NumberChecker:
    """Numbers and ids against the whole conversation."""

    name = "number fidelity"

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return whether every number stands anywhere; None where the text has none."""
        del turns
        return not foreign_values(text, _source(case), turns=len(case.turns)) if exact_values(text) else None


class NameChecker:
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

    def accepts(self, case: Case, text: str, turns: Sequence[int]) -> bool | None:
        """Return whether the statement's vector is near that of a cited turn; None where no spoken turn is cited."""
        rows = [case.vectors[turn] for turn in turns if 0 <= turn < len(case.turns) and case.vectors[turn].any()]
        if not rows:
            return None
        return bool(max(float(row @ self._embedder.embed([text])[0]) for row in rows) >= LIKE)


def _source(case: Case) -> str:
    return " ".join(spoken_text(turn) for turn in case.turns)
