"""Agreement for a terminal."""

from rich.table import Table
from rich.text import Text

from evals.agreement.measuring import Agreement, AgreementRow

_STYLES = {"firm": "green", "tentative": "yellow", "not to be relied on": "bold red"}


def agreement_table(found: Agreement) -> Table:
    """Return one line a measure and field."""
    table = Table(title=f"Agreement of {', '.join(found.labellers)}", title_justify="left")
    table.add_column("field")
    table.add_column("measure", no_wrap=True)
    for name in ("value", "95 %", "n"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("conclusions")
    before = None
    for row in found.rows:
        if before is not None and row.field != before:
            table.add_section()
        table.add_row("" if row.field == before else row.field, row.measure, *_numbers(row), _verdict(row))
        before = row.field
    return table


def _numbers(row: AgreementRow) -> tuple[str, str, str]:
    def written(value: float | None) -> str:
        if value is None:
            return "-"
        return f"{value * 100:.1f} %" if row.measure == "agreement" else f"{value:.2f}"

    interval = "" if row.low is None else f"{written(row.low)} to {written(row.high)}"
    return written(row.value), interval, str(row.n)


def _verdict(row: AgreementRow) -> Text:
    return (
        Text(f"not defined: {row.why}", style="dim")
        if row.value is None
        else Text(row.reading, style=_STYLES.get(row.reading, ""))
    )


def disagreement_table(found: Agreement, *, most: int = 60) -> Table:
    """Return the conversations on which people differ, field by field."""
    count = len(found.differences)
    table = Table(
        title="Where they differ" + (f", the first {most} of {count}" if count > most else ""), title_justify="left"
    )
    for name in ("conversation", "field", *found.labellers):
        table.add_column(name, overflow="fold")
    for each in found.differences[:most]:
        table.add_row(each.case_id, each.field, *(Text(each.answers.get(who, "")) for who in found.labellers))
    return table
