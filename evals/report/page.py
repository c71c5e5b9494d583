"""The report as one page: it holds its style, its script and its drawings, and asks nothing of any network.

Everything a customer wrote is escaped by the template; the page's own policy forbids scripts but its own.
"""

import heapq
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from evals.log import CaseEntry, EvalLog, Row
from evals.report.plots import calibration, interval_bar
from evals.report.sides import sides, turns
from evals.report.table import written

_FOLDER: Final = Path(__file__).parent
_MOST: Final = 150
_WORDS: Final = {
    "dangers": "errors that must not happen: each is counted, and each is one too many",
    "yardstick": "how often the automatic checkers are right, on statements that people labelled true or false",
    "effort": "what a packet costs in time and money",
    "summary": "what the agent reads first",
}


def page(log: EvalLog, *, most: int = _MOST) -> str:
    """Return the page; of the conversations it shows the worst whole, at most so many."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 -- only this needs it
    from markupsafe import Markup  # noqa: PLC0415 -- likewise

    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.filters["written"] = written
    environment.filters["bar"] = lambda row: Markup(interval_bar(row))  # noqa: S704 -- drawn here, of numbers
    template = environment.get_template("page.html.jinja")
    return template.render(
        style=Markup((_FOLDER / "page.css").read_text("utf-8")),  # noqa: S704 -- our own file
        script=Markup((_FOLDER / "page.js").read_text("utf-8")),  # noqa: S704 -- our own file
        log=log,
        closing=log.closing,
        fields=_grouped(log.rows),
        words=_WORDS,
        dangers=[row for row in log.rows if row.field == "dangers" and row.part is None],
        aims=[row for row in log.rows if row.met is not None and row.field != "dangers"],
        slices=_by_measure(log.closing.slices),
        curves={name: Markup(calibration(points)) for name, points in log.closing.curves.items()},  # noqa: S704 -- likewise
        matrices=[_matrix(name, matrix) for name, matrix in log.closing.confusions.items()],
        cases=[_case(entry) for entry in _worst(log, most)],
        most=most,
    )


def _grouped(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    return [(field, list(each)) for field, each in itertools.groupby(rows, key=lambda row: row.field)]


def _by_measure(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(f"{row.field}: {row.name}", []).append(row)
    return found


def _worst(log: EvalLog, most: int) -> list[CaseEntry]:
    """The cases with the heaviest mistakes first; only these are held in memory."""
    numbered = enumerate(log.cases())
    worst = heapq.nlargest(most, numbered, key=lambda each: (bool(each[1].failure), each[1].weight, -each[0]))
    return [entry for _, entry in worst]


def _matrix(name: str, matrix: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """A confusion matrix without labels that never occur, each count with its part of the row from 0 to 1."""
    seen = [
        label for label in matrix if any(matrix[label].values()) or any(row.get(label, 0) for row in matrix.values())
    ]
    rows = []
    for truth in seen:
        whole = sum(matrix[truth].values())
        cells = [(matrix[truth].get(guess, 0), matrix[truth].get(guess, 0) / whole if whole else 0.0) for guess in seen]
        rows.append((truth, cells, whole))
    return {"name": name, "labels": seen, "rows": rows}


def _case(entry: CaseEntry) -> dict[str, Any]:
    mistakes = [mistake for score in entry.scores for mistake in score.mistakes]
    return {
        "entry": entry,
        "turns": turns(entry),
        "sides": sides(entry),
        "mistakes": sorted(mistakes, key=lambda mistake: -mistake.weight),
        "kinds": sorted({mistake.kind for mistake in mistakes}),
        "danger": any(mistake.kind.startswith("DANGER") or "FALSE VERIFIED" in mistake.kind for mistake in mistakes),
    }
