"""A dataset, what production code is asked of each case, and how the answers are measured."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from assist.analysis.case import Case
from evals.cases import Dataset, LabelledCase
from evals.metrics import Measuring
from evals.production import Analysis
from evals.scorers import Scorer

Ask = Callable[[Analysis, LabelledCase], Any]
Scorers = Callable[[Analysis], tuple[Scorer, ...]]


@dataclass(frozen=True, slots=True)
class Aim:
    """What a value should reach: at least the bound, or at most."""

    bound: float
    at_most: bool = False

    def met(self, value: float) -> bool:
        """Say whether the value reaches the aim."""
        return value <= self.bound if self.at_most else value >= self.bound


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the table: the records of one score name, over the cases of one task, by one metric.

    `form` is how the value is written: `share` as per cent, `number` with two decimals, `count` whole. `less` says that less is
    better, where no aim says so.
    """

    field: str
    name: str
    score: str
    metric: Measuring
    aim: Aim | None = None
    form: str = "share"
    less: bool = False

    @property
    def lower(self) -> bool:
        """Whether less is better."""
        return self.less or bool(self.aim and self.aim.at_most)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to measure. `ask` gets the answer that the scorers read.

    `confusion` names scores to lay out as a matrix, its rows in the order of that score's `labels`; `curve` names the score
    of which a calibration curve is drawn. `telling` is False where mistakes are to be expected, so that they do not stand among
    the worst errors.
    """

    name: str
    dataset: Dataset
    ask: Ask
    scorers: Scorers
    measures: tuple[Measure, ...]
    confusion: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    curve: str | None = None
    telling: bool = True


def using(*scorers: Scorer) -> Scorers:
    """Return scorers that need nothing of the code they judge."""
    return lambda _: scorers


def analyse(*stages: str) -> Ask:
    """Return an asker that runs these stages, or all where none is named, in the case's domain."""

    def ask(analysis: Analysis, case: LabelledCase) -> Case:
        return analysis.analyse(case.transcript, domain=case.domain, only=_named(stages))

    return ask


def _named(stages: tuple[str, ...]) -> Collection[str] | None:
    return frozenset(stages) or None
