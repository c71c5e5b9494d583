"""What of a label is compared between two people: one word each, or a list whose entries are matched."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

from evals.cases import Labels, StepLabel
from evals.metrics import Counts
from evals.scorers.facts import same

Entry = TypeVar("Entry")
Word = Callable[[Labels], str | None]
Compare = Callable[[Labels, Labels], Counts | None]


def _flag(value: bool | None) -> str | None:  # noqa: FBT001 -- a label, not an option
    return None if value is None else "yes" if value else "no"


FIELDS: Final[Mapping[str, Word]] = {
    "intent": lambda labels: labels.intent,
    "verification": lambda labels: labels.verification.status if labels.verification else None,
    "sentiment": lambda labels: labels.sentiment.label if labels.sentiment else None,
    "frustrated": lambda labels: _flag(labels.sentiment.frustrated) if labels.sentiment else None,
    "trend": lambda labels: labels.sentiment.trend if labels.sentiment else None,
    "escalation": lambda labels: labels.escalation.primary if labels.escalation else None,
    "asks for a human": lambda labels: _flag(labels.escalation.asks_for_human) if labels.escalation else None,
}
"""The fields that are one word of a list."""


def _steps(one: Labels, other: Labels) -> Counts | None:
    return _matched_steps(one.steps_tried, other.steps_tried, outcome=True)


def _evidence(one: Labels, other: Labels) -> Counts | None:
    return _matched_steps(one.steps_tried, other.steps_tried, outcome=False)


def _matched_steps(
    one: Sequence[StepLabel] | None, other: Sequence[StepLabel] | None, *, outcome: bool
) -> Counts | None:
    """Two steps are the same where their turns overlap and their outcomes agree: the rule by which packets are scored."""
    if one is None or other is None:
        return None
    return _counts(
        one, other, lambda a, b: bool(set(a.turns) & set(b.turns)) and (not outcome or a.outcome == b.outcome)
    )


def _facts(one: Labels, other: Labels) -> Counts | None:
    if one.facts is None or other.facts is None:
        return None
    return _counts(one.facts, other.facts, lambda a, b: same(a.value, b.value))


def _words(pick: Callable[[Labels], Sequence[str] | None]) -> Compare:
    def compare(one: Labels, other: Labels) -> Counts | None:
        first, second = pick(one), pick(other)
        if first is None or second is None:
            return None
        both = len(set(first) & set(second))
        return Counts(hits=both, false=len(set(second)) - both, missed=len(set(first)) - both)

    return compare


def _counts(one: Sequence[Entry], other: Sequence[Entry], agree: Callable[[Entry, Entry], bool]) -> Counts:
    """Match one to one, as many as can be: greedy matching would depend on who comes first."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- slow to import

    if not one or not other:
        return Counts(hits=0, false=len(other), missed=len(one))
    gains = [[float(agree(a, b)) for b in other] for a in one]
    rows, columns = linear_sum_assignment(gains, maximize=True)
    hits = int(sum(gains[row][column] for row, column in zip(rows, columns, strict=True)))
    return Counts(hits=hits, false=len(other) - hits, missed=len(one) - hits)


LISTS: Final[Mapping[str, Compare]] = {
    "steps tried": _steps,
    "steps tried, evidence alone": _evidence,
    "facts": _facts,
    "other intents": _words(lambda labels: labels.other_intents),
    "secondary reasons": _words(lambda labels: labels.escalation.secondary if labels.escalation else None),
}
"""The fields that are lists, each with how two of them are compared."""


def as_written(field: str, labels: Labels) -> str:
    """Return a field as people read it: `-` where it is not labelled, "none" where the list is empty."""
    if field in FIELDS:
        return FIELDS[field](labels) or "-"
    if field.startswith("steps"):
        return _joined(labels.steps_tried, lambda step: f"{step.action} [{step.outcome}] {_cited(step.turns)}")
    if field == "facts":
        return _joined(labels.facts, lambda fact: f"{fact.name} = {fact.value}")
    if field == "other intents":
        return _joined(labels.other_intents, str)
    return _joined(labels.escalation.secondary if labels.escalation else None, str)


def _joined(entries: Sequence[Entry] | None, write: Callable[[Entry], str]) -> str:
    return "-" if entries is None else "; ".join(map(write, entries)) or "none"


def _cited(turns: Sequence[int]) -> str:
    return f"({', '.join(map(str, turns))})" if turns else ""
