"""What the watch found, as numbers for operators. No name of a packet or customer is among them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from assist.ports import Gauge
from evals.watching.bias import Audit
from evals.watching.drift import Drift
from evals.watching.verdicts import State


def gauges(drift: Drift, audit: Audit, *, observed: int, sampled: int, at: datetime) -> Sequence[Gauge]:
    """Return the numbers that `/metrics` shows."""
    return [
        Gauge("observed", observed),
        Gauge("sampled", sampled),
        Gauge("checked_timestamp_seconds", at.timestamp()),
        *_shifts(drift),
        *_groups(audit),
    ]


def _shifts(drift: Drift) -> Iterator[Gauge]:
    for shift in drift.shifts:
        of = {"measure": shift.measure}
        if shift.form == "count":
            yield Gauge("faults", shift.now or 0.0, {"check": shift.measure})
        moved = shift.index if shift.form == "mix" else shift.change
        if moved is not None:
            yield Gauge("drift", moved, of)
        for window, value in (("current", shift.now), ("reference", shift.before)):
            if value is not None:
                yield Gauge("value", value, {**of, "window": window})
        yield Gauge("enough_data", float(shift.state is not State.NOT_ENOUGH), of)
        yield Gauge("alert", float(shift.alert), of)


def _groups(audit: Audit) -> Iterator[Gauge]:
    for value in audit.values:
        if value.state is not State.NOT_ENOUGH:
            labels = {"measure": value.measure, "by": value.by, "group": value.group}
            yield Gauge("group_alert", float(value.alert), labels)
