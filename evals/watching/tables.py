"""Drift and differences between groups, for a terminal."""

from collections.abc import Iterable

from rich.console import Group as Lines
from rich.table import Table
from rich.text import Text

from evals.watching.bias import Audit, GroupValue
from evals.watching.drift import Drift, Shift
from evals.watching.verdicts import LEVEL, State

_STYLES = {
    State.WORSE: "bold red",
    State.CHANGED: "yellow",
    State.BETTER: "green",
    State.SMALL: "",
    State.STEADY: "dim",
    State.NOT_ENOUGH: "dim italic",
}
_TOLD = 3  # labels of a mix


def drift_table(drift: Drift) -> Table:
    """Return one line for each measure, those to look at first."""
    table = Table(title=f"Drift: {drift.now.name}", title_justify="left")
    table.add_column("measure", overflow="fold")
    for name in ("now, 95 %", "before", "n", "n before", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("look at", overflow="fold")
    for shift in drift.shifts:
        now = _numbers(shift.form, shift.now, shift.low, shift.high)
        before = value_text(shift.form, shift.before)
        if shift.form == "mix":
            now = "–" if shift.index is None else f"index {shift.index:.2f}"
            before = "–" if shift.by_chance is None else f"{shift.by_chance:.2f} by chance"
        p = "–" if shift.p is None else f"{shift.p:.3f}"
        state = Text(shift.state.value, style=_STYLES[shift.state])
        table.add_row(
            shift.title, now, before, str(shift.n), str(shift.n_before), p, state, _look(shift) if shift.alert else ""
        )
    return table


def drift_words(drift: Drift) -> Lines:
    """Return what the table means, in sentences."""
    now, before = drift.now, drift.before
    alerts = [shift for shift in drift.shifts if shift.alert]
    thin = [shift for shift in drift.shifts if shift.state is State.NOT_ENOUGH]
    lines = [
        f"{now.packets} packets ({now.checked} checked) held against {before.packets} ({before.checked} checked) of {before.name}.",
        f"{len(alerts)} to look at: {', '.join(shift.title for shift in alerts)}."
        if alerts
        else "Nothing surely moved by enough to matter.",
    ]
    if thin:
        lines.append(
            f"{len(thin)} measures have too few packets to say anything of them: that is not the same as steady."
        )
    lines.append(
        f"A change counts as sure below p = {LEVEL:g}, raised for all measures (Holm); index: population stability, from 0.1 worth a look."
    )
    return Lines(*(Text(line) for line in lines))


def bias_table(audit: Audit, *, everything: bool = False) -> Table:
    """Return a line for each group and measure that differs; with `everything`, for every one that could be judged."""
    table = Table(title=f"Groups: {audit.name}", title_justify="left")
    for name in ("by", "group", "measure"):
        table.add_column(name, overflow="fold")
    for name in ("value, 95 %", "all others", "n", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for value in _shown(audit.values, everything=everything):
        p = "–" if value.p is None else f"{value.p:.3f}"
        numbers = _numbers(value.form, value.value, value.low, value.high)
        others = value_text(value.form, value.others)
        state = Text(value.state.value, style=_STYLES[value.state])
        table.add_row(value.by, value.group, value.title, numbers, others, str(value.n), p, state)
    return table


def bias_words(audit: Audit) -> Lines:
    """Return what the audit means, in sentences."""
    worse = [value for value in audit.values if value.state is State.WORSE]
    small = [group for group in audit.groups if not group.enough]
    lines = [f"{audit.packets} packets; a group needs {audit.least} of them to be judged."]
    lines += [f"{v.by} {v.group}: {v.title} {value_text(v.form, v.value)}, all others {value_text(v.form, v.others)}. {v.look}" for v in worse]  # fmt: skip
    if not worse:
        lines.append("No group was seen to fare worse than the others by enough to matter.")
    if small:
        named = ", ".join(f"{group.by} {group.group} ({group.packets})" for group in small)
        lines.append(f"Too small to judge, which is not the same as treated alike: {named}.")
    lines.append(
        "A difference is no proof of its cause: groups may want other things. Compare within one intent before you conclude."
    )
    return Lines(*(Text(line) for line in lines))


def value_text(form: str, value: float | None) -> str:
    """Return a value as it is read: a share in per cent, a count whole."""
    if value is None:
        return "–"
    if form == "share":
        return f"{value:.1%}".replace("%", " %")
    return f"{value:.0f}" if form == "count" else f"{value:.1f}"


def _numbers(form: str, value: float | None, low: float | None, high: float | None) -> str:
    text = value_text(form, value)
    return text if low is None else f"{text} ({value_text(form, low)} – {value_text(form, high)})"


def _look(shift: Shift) -> str:
    moved = sorted(shift.labels, key=lambda each: -abs(each.now - each.before))[:_TOLD]
    told = ", ".join(f"{each.label} {each.before:.0%} → {each.now:.0%}" for each in moved)
    return f"{told}. {shift.look}" if told else shift.look


def _shown(values: Iterable[GroupValue], *, everything: bool) -> Iterable[GroupValue]:
    for value in values:
        if everything or value.state in {State.WORSE, State.BETTER, State.CHANGED, State.SMALL}:
            yield value
