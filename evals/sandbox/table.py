"""What a candidate changes, for a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from evals.metrics import wilson
from evals.sandbox.differences import FIELDS
from evals.sandbox.log import Pair, SandboxLog

PACKET = "packet"  # made under one configuration, broken under the other


class Changed(NamedTuple):
    """In how many of so many conversations a field differs, with a 95 % interval of the share."""

    field: str
    differ: int
    whole: int
    low: float
    high: float


def changed(log: SandboxLog) -> list[Changed]:
    """Return every field in reading order, those too that never differ."""
    counts: Counter[str] = Counter()
    whole = 0
    for pair in log.pairs():
        whole += 1
        counts.update(difference.field for difference in pair.differences)
    fields = [*([PACKET] if counts[PACKET] else []), *FIELDS]
    return [Changed(field, counts[field], whole, *wilson(counts[field], whole)) for field in fields]


def answered_by_model(log: SandboxLog) -> int:
    """Return in how many conversations a language model had a part in the candidate's packet."""
    return sum(
        any(source.get("by") == "model" for source in pair.candidate.answer.get("provenance", {}).values())
        for pair in log.pairs()
    )


def difference_table(log: SandboxLog) -> Table:
    """Return one line a field."""
    table = Table(title="What the candidate changes", title_justify="left")
    table.add_column("field")
    for name in ("conversations that differ", "share", "95 %"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in changed(log):
        style = "" if each.differ else "dim"
        bounds = f"{each.low * 100:.1f} % to {each.high * 100:.1f} %"
        row = (each.field, f"{each.differ} of {each.whole}", f"{each.differ / each.whole * 100:.1f} %", bounds)
        table.add_row(*(Text(cell, style=style) for cell in row))
    return table


def example_table(pairs: Iterable[Pair], *, most: int = 30) -> Table:
    """Return the first differences, one line a conversation and field."""
    table = Table(title=f"Differences, at most {most}", title_justify="left")
    for name in ("conversation", "field", "live", "candidate"):
        table.add_column(name, overflow="fold")
    for row, _ in zip(_rows(pairs), range(most), strict=False):
        table.add_row(*(Text(cell) for cell in row))
    return table


def _rows(pairs: Iterable[Pair]) -> Iterator[tuple[str, str, str, str]]:
    for pair in pairs:
        for each in pair.differences:
            yield pair.case_id, each.field, "\n".join(each.before) or "-", "\n".join(each.after) or "-"
