"""A language model as a checker of statements, beside those without one and measured like them."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assist.analysis.case import Case
from evals.judges.asking import Ask, Judge, Unanswered, listed
from evals.scorers import Said


class Verdict(BaseModel):
    """What the judge says of the statement of this number."""

    model_config = ConfigDict(frozen=True)

    number: int
    verdict: Literal["supported", "not_supported", "cannot_tell"]


class Verdicts(BaseModel):
    """What the judge says of all statements."""

    model_config = ConfigDict(frozen=True)

    verdicts: tuple[Verdict, ...]


class ModelChecker:
    """Asks a model once about all statements of a case; of a statement that it names twice, the last word counts."""

    name = "language model"

    def __init__(self, ask: Ask) -> None:
        self._judge = Judge(ask, "statements")

    def verdicts(self, case: Case, statements: Sequence[Said]) -> list[bool | None]:
        """Return of each statement what the model says; None where it cannot tell or did not answer."""
        if not statements:
            return []
        told = listed([f"{said.text} (turns {', '.join(map(str, said.turns))})" for said in statements])
        try:
            answer = self._judge.asked(case, Verdicts, statements=told)
        except Unanswered:
            return [None] * len(statements)
        said = {each.number: each.verdict for each in answer.verdicts}
        words = {"supported": True, "not_supported": False}
        return [words.get(said.get(number, "")) for number in range(1, len(statements) + 1)]
