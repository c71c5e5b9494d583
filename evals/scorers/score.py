"""What a scorer says of one case: records for a measure, or why there are none; and the mistakes, by kind."""

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict

from evals.cases import LabelledCase
from evals.metrics import Record


class Mistake(BaseModel):
    """Something answered wrongly; `kind` groups mistakes that one change would mend, `weight` says how bad it is."""

    model_config = ConfigDict(frozen=True)

    kind: str
    detail: str
    weight: float = 1.0


class Score(BaseModel):
    """The records of one measure for one case. `unscored` says why there are none: that is not the same as wrong."""

    model_config = ConfigDict(frozen=True)

    measure: str
    records: tuple[Record, ...] = ()
    unscored: str | None = None
    mistakes: tuple[Mistake, ...] = ()


Scorer = Callable[[LabelledCase, Any], Iterable[Score]]
"""Compares a case's labels with the answer of the production code. The answer's type is the task's business."""

NOT_LABELLED = "not labelled"


def unscored(*measures: str, why: str = NOT_LABELLED) -> list[Score]:
    """Return these measures as not scored."""
    return [Score(measure=measure, unscored=why) for measure in measures]


def mistakes(*found: Mistake | None) -> tuple[Mistake, ...]:
    """Return the mistakes that are there."""
    return tuple(mistake for mistake in found if mistake is not None)
