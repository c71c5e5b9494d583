"""What differs between two runs, for a terminal."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from evals.comparison import Change, Comparison, Flip
from evals.gates import Finding
from evals.report.table import written

_STYLES = {"better": "green", "worse": "bold red", "same": "dim", "not sure": ""}


def change_table(comparison: Comparison) -> Table:
    """Return one line for each measure that changed."""
    table = Table(title="Changes", title_justify="left")
    for name in ("field", "measure"):
        table.add_column(name, overflow="fold")
    for name in ("before", "after", "change, 95 %", "p", "n"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for change in comparison.changes:
        if change.verdict != "same":
            verdict = Text(change.verdict, style=_STYLES[change.verdict])
            table.add_row(change.field, change.name, *_numbers(change), verdict)
    return table


def _numbers(change: Change) -> tuple[str, str, str, str, str]:
    bounds = f"{written(change.low, change.form)} to {written(change.high, change.form)}"
    return (
        written(change.before, change.form),
        written(change.after, change.form),
        bounds,
        f"{change.p:.3f}",
        str(change.n),
    )


def flip_table(flips: Sequence[Flip], *, most: int = 40) -> Table:
    """Return the conversations that one run got right and the other wrong, losses first."""
    title = "Conversations that flipped" + (f", the first {most} of {len(flips)}" if len(flips) > most else "")
    table = Table(title=title, title_justify="left")
    for name in ("", "field", "conversation", "before", "after"):
        table.add_column(name, overflow="fold")
    for flip in flips[:most]:
        word = Text("gained", style="green") if flip.gained else Text("lost", style="bold red")
        table.add_row(word, flip.score, flip.case_id, Text(flip.was), Text(flip.became))
    return table


def gate_table(findings: Sequence[Finding]) -> Table:
    """Return one line a gate."""
    table = Table(title="Gates", title_justify="left")
    table.add_column("gate")
    table.add_column("", no_wrap=True)
    table.add_column("found", overflow="fold")
    for finding in findings:
        word = Text("passed", style="yellow" if finding.note else "green") if finding.passed else None
        table.add_row(finding.gate, word or Text("FAILED", style="bold red"), Text(finding.said))
    return table
