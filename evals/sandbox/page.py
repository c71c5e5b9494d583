"""The report of a sandbox run as one page: both packets side by side, what changed highlighted, nothing asked of any network."""

import heapq
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import evals.report
from evals.comparison import Comparison, compare
from evals.errors import NothingToScore
from evals.report.sides import sides, turns
from evals.report.table import written
from evals.sandbox.differences import FIELDS, points
from evals.sandbox.log import Pair, SandboxLog
from evals.sandbox.table import changed

_FOLDER: Final = Path(__file__).parent
_REPORT: Final = Path(evals.report.__file__).parent
_MOST: Final = 150
_LABEL_OF: Final = {"escalation": "escalation reason", "missing": "missing details", "next actions": "actions"}


class Said(NamedTuple):
    """A statement of one packet; `changed` where the other packet does not make it."""

    text: str
    turns: tuple[int, ...]
    changed: bool


def page(log: SandboxLog, *, most: int = _MOST) -> str:
    """Return the page; of the conversations it shows those that differ most whole, at most so many."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 -- only this needs it
    from markupsafe import Markup  # noqa: PLC0415 -- likewise

    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.filters["written"] = written
    live, candidate = log.side("live"), log.side("candidate")
    found = compared(log)
    return environment.get_template("page.html.jinja").render(
        style=Markup((_REPORT / "page.css").read_text("utf-8")),  # noqa: S704 -- our own file
        script=Markup((_REPORT / "page.js").read_text("utf-8")),  # noqa: S704 -- our own file
        header=log.header,
        closing=log.closing,
        fields=changed(log),
        dangers=list(zip(_dangers(live.rows), _dangers(candidate.rows), strict=True)),
        scored=[change for change in found.changes if change.verdict != "same"] if found else [],
        compared=len(found.changes) if found else 0,
        flips=found.flips if found else (),
        cases=[_case(pair) for pair in _most_changed(log, most)],
    )


def compared(log: SandboxLog) -> Comparison | None:
    """Return how the scores differ, with paired tests; None where nothing could be scored of both."""
    try:
        found = compare(log.side("live"), log.side("candidate"))
    except NothingToScore:
        return None
    # Both run side by side on one machine, the live one first: their times say nothing.
    fair = tuple(change for change in found.changes if change.score != "latency_ms")
    return found.model_copy(update={"changes": fair})


def _dangers(rows: Any) -> list[Any]:  # noqa: ANN401 -- rows of the table
    return [row for row in rows if row.field == "dangers" and row.part is None]


def _most_changed(log: SandboxLog, most: int) -> list[Pair]:
    numbered = enumerate(log.pairs())
    worst = heapq.nlargest(most, numbered, key=lambda each: (_danger(each[1]), len(each[1].differences), -each[0]))
    return [pair for _, pair in worst]


def _danger(pair: Pair) -> bool:
    """Whether the candidate makes an error that must not happen."""
    kinds = [mistake.kind for score in pair.candidate.scores for mistake in score.mistakes]
    return bool(pair.candidate.failure) or any(k.startswith("DANGER") or "FALSE VERIFIED" in k for k in kinds)


def _case(pair: Pair) -> dict[str, Any]:
    differ = {difference.field for difference in pair.differences}
    labels = {_LABEL_OF.get(side.name, side.name): side.gold for side in sides(pair.live)}
    return {
        "pair": pair,
        "entry": pair.live,
        "turns": turns(pair.live),
        "danger": _danger(pair),
        "changed": [field for field in ("packet", *FIELDS) if field in differ],
        "dangers": [
            mistake
            for score in pair.candidate.scores
            for mistake in score.mistakes
            if mistake.kind.startswith("DANGER") or "FALSE VERIFIED" in mistake.kind
        ],
        "rows": [
            _row(field, pair, labels, differs=field in differ)
            for field in sorted(FIELDS, key=lambda f: f not in differ)
        ],
        "labelled": any(labels.values()),
    }


def _row(field: str, pair: Pair, labels: Mapping[str, Any], *, differs: bool) -> dict[str, Any]:
    live, candidate = points(field, pair.live.answer), points(field, pair.candidate.answer)
    return {
        "field": field,
        "differs": differs,
        "live": [Said(p.text, p.turns, differs and p.text not in {q.text for q in candidate}) for p in live],
        "candidate": [Said(p.text, p.turns, differs and p.text not in {q.text for q in live}) for p in candidate],
        "label": labels.get(field, []),
    }
