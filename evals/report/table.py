"""The tables of a run for a terminal."""

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from evals.log import EvalLog, Row


def quality_table(log: EvalLog) -> Table:
    """Return one line a measure: value, 95 % interval, conversations, aim, and whether it is met."""
    table = Table(title="Quality", title_justify="left")
    for name in ("field", "measure", "data"):
        table.add_column(name, overflow="fold")
    for name in ("value", "95 %", "n", "aim"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    before = None
    for row in log.rows:
        if before is not None and row.field != before:
            table.add_section()
        before = row.field
        table.add_row(row.field, row.name, row.data, *_numbers(row), _verdict(row))
    return table


def written(value: float | None, form: str) -> str:
    """Return a value as people read it: a share as per cent, a count whole, a number with two decimals."""
    if value is None:
        return "-"
    return {"share": f"{value * 100:.1f} %", "count": f"{value:.0f}"}.get(form, f"{value:.2f}")


def _numbers(row: Row) -> tuple[str, str, str, str]:
    interval = "" if row.low is None else f"{written(row.low, row.form)} to {written(row.high, row.form)}"
    sign = "≤" if row.at_most else "≥"
    aim = "" if row.aim is None else f"{sign} {written(row.aim, row.form)}"
    return written(row.value, row.form), interval, str(row.n), aim


def _verdict(row: Row) -> Text:
    if row.value is None:
        return Text("not scored", style="dim")
    if row.met is None:
        return Text("")
    return Text("met", style="green") if row.met else Text("not met", style="bold red")


def error_table(log: EvalLog) -> Table:
    """Return the kinds of mistakes that cost most, each with an example."""
    table = Table(title="Worst errors by kind", title_justify="left")
    table.add_column("kind", overflow="fold")
    table.add_column("count", justify="right")
    table.add_column("for example", overflow="fold")
    table.add_column("what would mend it", overflow="fold")
    for kind in log.closing.errors:
        table.add_row(kind.kind, str(kind.count), Text(f"{kind.case_id}: {kind.example}"), kind.remedy)
    return table


def yardstick_table(log: EvalLog) -> Table:
    """Return how often each automatic checker is right on labelled true and false statements."""
    table = Table(title="How far the checkers can be trusted", title_justify="left")
    table.add_column("checker")
    for name in ("true accepted", "false rejected", "balanced", "95 %", "statements"):
        table.add_column(name, justify="right")
    table.add_column("")
    for each in log.closing.yardstick:
        if each.part is None:
            bounds = f"{written(each.low, 'share')} to {written(each.high, 'share')}"
            rates = (written(value, "share") for value in (each.true_accepted, each.false_rejected, each.balanced))
            table.add_row(each.checker, *rates, bounds, f"{each.true} + {each.false}", each.standing)
    return table


def confusion_tables(log: EvalLog) -> Iterator[Table]:
    """Yield a matrix for each field that has one: labels down, answers across."""
    for name, matrix in log.closing.confusions.items():
        table = Table(title=f"Confusion: {name} (rows: label, columns: answer)", title_justify="left")
        table.add_column("")
        for guess in next(iter(matrix.values()), {}):
            table.add_column(guess, justify="right")
        for truth, row in matrix.items():
            table.add_row(truth, *(str(count) if count else "·" for count in row.values()))
        yield table
