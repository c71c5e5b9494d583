"""What a customer says that needs a human whatever the bot can do: fraud, health, danger, law, need.

Two readers once more: phrases that name the thing are sure, the classifier on the turn's embedding hears the rest.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from assist.analysis.case import Case, Vectors
from assist.analysis.learning.exemplars import LinearModel, shipped_examples, trained
from assist.analysis.speech.phrases import phrase_book
from assist.domain.transcript import Role
from knowledge import Embedder

_BOOK: Final = "risk_signs"
_CALM: Final = "calm"
_ABROAD: Final = 0.5
"""The packaged model reads English; of another language it hears little more than that it is another one."""


class Risks:
    """Reads customer turns; built once from the shipped examples and an embedding model."""

    def __init__(self, model: LinearModel) -> None:
        self._model = model

    @classmethod
    def taught(cls, embedder: Embedder) -> "Risks":
        """Return a reader taught by the shipped examples."""
        return cls(trained(shipped_examples("high_risk"), embedder))

    def of(self, case: Case) -> Mapping[int, tuple[str, float]]:
        """Return the likeliest risk of each customer turn, with how sure it is that the turn speaks of any; 1 where it is named."""
        said = [i for i, turn in enumerate(case.turns) if turn.role is Role.CUSTOMER and turn.text.strip()]
        if not said:
            return {}
        trust = 1.0 if case.language.startswith("en") else _ABROAD
        found = {}
        for index, row in zip(said, self._model.probabilities(case.vectors[said]), strict=True):
            named = _named(case.turns[index].text)
            kind, certainty = self._heard(row)
            found[index] = (named, 1.0) if named else (kind, certainty * trust)
        return found

    def _heard(self, row: Vectors) -> tuple[str, float]:
        sure = {label: float(value) for label, value in zip(self._model.labels, row, strict=True)}
        calm = sure.pop(_CALM)
        any_of_them = 1.0 - float(np.prod([1.0 - value for value in sure.values()]))
        return max(sure, key=lambda label: sure[label]), any_of_them * (1.0 - calm)


def _named(text: str) -> str | None:
    folded = " ".join(text.split())
    return next((kind for kind, signs in phrase_book(_BOOK).items() if signs.search(folded)), None)
