"""How each measure went, day by day: what the charts draw."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict

from assist.ports import Observation
from evals.watching.counting import Counted
from evals.watching.features import Features, features_in
from evals.watching.measures import MEASURES


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Point(_Value):
    """A day (UTC): the measure's value, and of how many packets."""

    day: date
    value: float | None
    n: int


class Line(_Value):
    """One measure day by day."""

    measure: str
    title: str
    form: str
    points: tuple[Point, ...]


class Course(_Value):
    """Every share, mean and count, day by day; `packets` is how many were made a day."""

    packets: tuple[Point, ...]
    lines: tuple[Line, ...]


def course(observations: Iterable[Observation]) -> Course:
    """Return the days on which packets were made; a measure that no packet says anything of has no line."""
    days: dict[date, list[Features]] = defaultdict(list)
    for each in observations:
        days[each.made_at.date()].append(features_in(each))
    order = sorted(days)
    lines = []
    for measure in (measure for measure in MEASURES if measure.form != "mix"):
        counted = Counted.of(measure, *(days[day] for day in order)) if order else None
        if counted is None or not counted.keys:
            continue
        points = [Point(day=day, value=counted.value(i), n=counted.n(i)) for i, day in enumerate(order)]
        lines.append(Line(measure=measure.name, title=measure.title, form=measure.form, points=tuple(points)))
    packets = tuple(Point(day=day, value=len(days[day]), n=len(days[day])) for day in order)
    return Course(packets=packets, lines=tuple(lines))
