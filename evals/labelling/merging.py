"""Two people's labels made one: what they agree on is taken, the rest is left open for a third."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evals.agreement import LISTS, Ratings, ratings
from evals.cases import LabelledCase, Labels
from evals.errors import DataMissing
from evals.labelling.book import Entry
from evals.metrics import Counts

_TWO: Final = 2
_SETS: Final = {"steps_tried": "steps tried", "facts": "facts"}


@dataclass(frozen=True, slots=True)
class Merged:
    """The conversations both labelled, with what they agree on; `alone` were labelled by one of them only."""

    entries: tuple[Entry, ...]
    alone: tuple[str, ...]

    @property
    def cases(self) -> tuple[LabelledCase, ...]:
        """One row a conversation; fields on which the two differ are not labelled, and `open` names them."""
        return tuple(
            LabelledCase.model_validate(
                {
                    **dict(entry.case),
                    "labels": dict(entry.begin),
                    "labellers": list(entry.labellers),
                    "open": list(entry.open),
                }
            )
            for entry in self.entries
        )


def merged(paths: Sequence[Path]) -> Merged:
    """Return what two people agree on; DataMissing where the files are not of two people, or share no conversation."""
    rated = ratings(paths)
    if len(rated.labellers) != _TWO:
        names = ", ".join(rated.labellers) or "nobody"
        message = f"the files hold labels of {names}; merging takes those of two people"
        raise DataMissing(message)
    entries = tuple(_entry(by) for by in rated.shared.values())
    if not entries:
        message = f"{' and '.join(rated.labellers)} labelled no conversation in common"
        raise DataMissing(message)
    return Merged(entries, tuple(_alone(rated)))


def to_settle(found: Merged) -> tuple[Entry, ...]:
    """Return the conversations in which something is open."""
    return tuple(entry for entry in found.entries if entry.open)


def _alone(rated: Ratings) -> list[str]:
    return [case_id for case_id in rated.cases if case_id not in rated.shared]


def _entry(by: Mapping[str, LabelledCase]) -> Entry:
    one, other = by.values()
    agreed: dict[str, Any] = {}
    differ = []
    for name in FIELDS:
        if _agree(name, one.labels, other.labels):
            value = getattr(one.labels, name)
            agreed[name] = _proven(one.labels, other.labels) if name == "verification" and value else value
        else:
            differ.append(name)
    if one.domain != other.domain:
        differ = [*differ, *(["intent"] if "intent" not in differ else [])]
        agreed.pop("intent", None)
    labels = Labels.model_validate(agreed).model_dump(mode="json", exclude_none=True)
    raw = tuple(each.labels.model_dump(mode="json", exclude_none=True) for each in (one, other))
    case = LabelledCase(
        case_id=one.case_id,
        domain=one.domain or other.domain,
        channel=one.channel,
        language=one.language,
        turns=one.turns,
        group=one.group,
    )
    return Entry(case, begin=labels, answers=raw, open=tuple(differ), labellers=tuple(by))


def _proven(one: Labels, other: Labels) -> dict[str, Any]:
    """The status both gave, on the turns both name; where they name none in common, on all."""
    first, second = (set(each.verification.turns) if each.verification else set[int]() for each in (one, other))
    status = one.verification.status if one.verification else ""
    return {"status": status, "turns": sorted(first & second or first | second)}


def _agree(name: str, one: Labels, other: Labels) -> bool:
    mine, theirs = getattr(one, name), getattr(other, name)
    if mine is None or theirs is None:
        return mine is theirs
    if name in _SETS:
        counts = LISTS[_SETS[name]](one, other)
        return isinstance(counts, Counts) and not counts.false and not counts.missed
    return FIELDS[name](mine) == FIELDS[name](theirs)


def _texts(values: Sequence[Any]) -> object:
    return sorted(_plain(getattr(value, "text", value)) for value in values)


def _plain(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".")


FIELDS: Final[Mapping[str, Callable[[Any], object]]] = {
    "intent": lambda value: value,
    "other_intents": set,
    "verification": lambda value: value.status,
    "steps_tried": list,
    "sentiment": lambda value: (value.label, value.frustrated, value.trend),
    "escalation": lambda value: (value.primary, set(value.secondary), value.asks_for_human),
    "facts": list,
    "nuggets": _texts,
    "traps": _texts,
    "reference_summary": _plain,
    "next_actions": _texts,
    "missing": _texts,
    "promises": _texts,
}
"""The fields of a label, each with what of it has to be the same; free text is compared without case and spacing."""
