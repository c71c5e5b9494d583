"""Two runs over the same conversations: what improved, what got worse, how surely, and which conversations flipped.

Many measures are compared at once, so that some differ by luck: p-values are raised after Holm (1979) before anything is called
better or worse.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from evals.errors import EvalsError, NothingToScore
from evals.gathered import Gathered, Units
from evals.log import CaseEntry, EvalLog, Row
from evals.metrics import Amount, Metric, Pair, difference, mcnemar, named

SURE: Final = 0.05


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Change(_Value):
    """How one measure changed, with the interval of the change; `p` is raised for the number of measures compared."""

    task: str
    field: str
    name: str
    form: str
    score: str
    metric: str
    lower: bool
    before: float
    after: float
    low: float
    high: float
    raw_p: float
    p: float
    n: int

    @property
    def gain(self) -> float:
        """How much better it became; negative where it became worse."""
        return (self.before - self.after) if self.lower else (self.after - self.before)

    @property
    def verdict(self) -> Literal["better", "worse", "same", "not sure"]:
        """What to make of it."""
        if not self.gain and self.raw_p >= 1:
            return "same"
        if self.p >= SURE:
            return "not sure"
        return "better" if self.gain > 0 else "worse"


class Flip(_Value):
    """A conversation that one run got right and the other wrong."""

    task: str
    case_id: str
    score: str
    gained: bool
    was: str
    became: str


class Tally(_Value):
    """How many conversations flipped each way on one score, and McNemar's p-value."""

    score: str
    gained: int
    lost: int
    p: float


class Comparison(_Value):
    """Everything that differs between two runs."""

    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
    tallies: tuple[Tally, ...]
    remarks: tuple[str, ...]


def compare(before: EvalLog, after: EvalLog) -> Comparison:
    """Return what changed; NothingToScore where the runs have no conversation in common."""
    units: Units = {}
    first, second = Gathered(units), Gathered(units)
    was: dict[tuple[str, str], Mapping[str, str]] = {}
    for entry in before.cases():
        first.add(entry)
        was[entry.task, entry.case_id] = _answers(entry)
    flips: list[Flip] = []
    common = 0
    for entry in after.cases():
        second.add(entry)
        key = entry.task, entry.case_id
        if key in was:
            common += 1
            flips += _flips(key, was[key], _answers(entry))
    if not common:
        message = "the two runs have no conversation in common; run both on the same data"
        raise NothingToScore(message)
    changes = tuple(_holm(list(_changes(before.rows, after.rows, first, second))))
    return Comparison(
        changes=changes,
        flips=tuple(sorted(flips, key=lambda flip: (flip.gained, flip.score, flip.case_id))),
        tallies=tuple(_tallies(flips)),
        remarks=tuple(_remarks(before, after, common)),
    )


def _changes(old: Sequence[Row], new: Sequence[Row], first: Gathered, second: Gathered) -> Iterator[Change]:
    known = {(row.task, row.score, row.metric) for row in old if row.part is None}
    for row in new:
        measure = named(row.metric)
        if row.part is not None or (row.task, row.score, row.metric) not in known or not isinstance(measure, Metric):
            continue
        known.discard((row.task, row.score, row.metric))
        try:
            found = difference(first.columns(row.task, row.score), second.columns(row.task, row.score), measure)
        except EvalsError:
            continue
        yield Change(
            task=row.task,
            field=row.field,
            name=row.name,
            form=row.form,
            score=row.score,
            metric=row.metric,
            lower=row.lower,
            before=found.before,
            after=found.after,
            low=found.low,
            high=found.high,
            raw_p=found.p,
            p=found.p,
            n=found.units,
        )


def _holm(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield the changes with p-values raised; those that cannot differ, since nothing did, are no tests."""
    tested = sorted((i for i, change in enumerate(changes) if change.raw_p < 1), key=lambda i: changes[i].raw_p)
    raised: dict[int, float] = {}
    highest = 0.0
    for rank, index in enumerate(tested):
        highest = max(highest, min(1.0, changes[index].raw_p * (len(tested) - rank)))
        raised[index] = highest
    for index, change in enumerate(changes):
        yield change.model_copy(update={"p": raised.get(index, 1.0)})


def _answers(entry: CaseEntry) -> dict[str, str]:
    """What was answered on each score that has one right answer a case: "right", or what stood in its place."""
    found = {}
    for score in entry.scores:
        if len(score.records) != 1:
            continue
        record = score.records[0]
        if isinstance(record, Pair) and not score.measure.startswith("yardstick"):
            found[score.measure] = "right" if record.truth == record.guess else f"{record.guess}, not {record.truth}"
        elif isinstance(record, Amount) and any(m.kind.startswith("DANGER") for m in score.mistakes):
            found[score.measure] = "; ".join(mistake.detail for mistake in score.mistakes)
        elif isinstance(record, Amount) and record.value == 0:
            found[score.measure] = "right"
    return found


def _flips(key: tuple[str, str], was: Mapping[str, str], became: Mapping[str, str]) -> Iterator[Flip]:
    for score in was.keys() & became.keys():
        one, other = was[score], became[score]
        if (one == "right") != (other == "right"):
            task, case_id = key
            gained = other == "right"
            yield Flip(task=task, case_id=case_id, score=score, gained=gained, was=one, became=other)


def _tallies(flips: Sequence[Flip]) -> Iterator[Tally]:
    for score in sorted({flip.score for flip in flips}):
        gained = sum(flip.gained for flip in flips if flip.score == score)
        lost = sum(not flip.gained for flip in flips if flip.score == score)
        yield Tally(score=score, gained=gained, lost=lost, p=mcnemar(gained, lost))


def _remarks(before: EvalLog, after: EvalLog, common: int) -> Iterable[str]:
    if before.header.datasets != after.header.datasets:
        yield f"The data differ: only the {common} conversations that both have are compared."
    for name in ("configuration", "packages", "prompts", "articles"):
        old, new = getattr(before.header, name), getattr(after.header, name)
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                yield f"{name}, {key}: {old.get(key)} before, {new.get(key)} after."
