"""In what two packets of one conversation differ, field by field, as people would say it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict

Answer = Mapping[str, Any]


class Point(NamedTuple):
    """One statement of a packet, by which two packets are compared, and the turns that it names."""

    text: str
    turns: tuple[int, ...] = ()


class Difference(BaseModel):
    """What only the live packet says of a field, and what only the candidate's says."""

    model_config = ConfigDict(frozen=True)

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(live: Answer, candidate: Answer) -> tuple[Difference, ...]:
    """Return the fields that differ. Of lists, entries that both have are left out; of ranked ones the order counts."""
    found = []
    for field in FIELDS:
        before = [point.text for point in points(field, live)]
        after = [point.text for point in points(field, candidate)]
        if before == after or (field not in RANKED and sorted(before) == sorted(after)):
            continue
        if sorted(before) == sorted(after):
            found.append(Difference(field=field, before=(" › ".join(before),), after=(" › ".join(after),)))
        else:
            found.append(Difference(field=field, before=_without(before, after), after=_without(after, before)))
    return tuple(found)


def points(field: str, answer: Answer) -> list[Point]:
    """Return the statements of a field; none where the packet was not made."""
    return FIELDS[field](answer) if answer else []


def _without(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    left = list(other)
    found = []
    for text in one:
        if text in left:
            left.remove(text)
        else:
            found.append(text)
    return tuple(found)


def _turns(source: Answer) -> tuple[int, ...]:
    return tuple(source.get("turns") or ())


def _intent(answer: Answer) -> list[Point]:
    return [Point(answer["intent"]["label"], _turns(answer["intent"]))]


def _verification(answer: Answer) -> list[Point]:
    return [Point(answer["verification"]["status"], _turns(answer["verification"]))]


def _reason(answer: Answer) -> list[Point]:
    return [
        Point(answer["escalation"]["reason"]),
        *(Point(f"also {each}") for each in answer["escalation"]["secondary"]),
    ]


def _triggers(answer: Answer) -> list[Point]:
    return [Point(each["rule"], _turns(each)) for each in answer["escalation"]["triggers"]]


def _steps(answer: Answer) -> list[Point]:
    return [
        Point(f"{each['action']} ({each['by']}): {each['outcome']}", _turns(each)) for each in answer["steps_tried"]
    ]


def _summary(answer: Answer) -> list[Point]:
    return [Point(each["text"], _turns(each)) for each in answer["summary"]["lines"]]


def _mood(answer: Answer) -> list[Point]:
    mood = answer["sentiment"]
    words = (mood["label"], "frustrated" if mood["frustrated"] else "not frustrated", mood["trend"])
    return [Point(", ".join(words), _turns(mood))]


def _facts(answer: Answer) -> list[Point]:
    return [Point(f"{each['name']} = {each['value']}", _turns(each)) for each in answer["facts"]]


def _promises(answer: Answer) -> list[Point]:
    return [Point(each["text"], _turns(each)) for each in answer["promises"]]


def _missing(answer: Answer) -> list[Point]:
    return [Point(each) for each in answer["missing"]]


def _articles(answer: Answer) -> list[Point]:
    return [Point(each["article_id"]) for each in answer["knowledge"]]


def _actions(answer: Answer) -> list[Point]:
    return [
        Point(each["title"] + ("" if each["allowed"] else f" (blocked by {each['blocked_by']})"))
        for each in answer["actions"]
    ]


def _sections(answer: Answer) -> list[Point]:
    return [Point(f"{each['name']}: {each['value']}", _turns(each)) for each in answer["sections"]]


FIELDS: Final[Mapping[str, Callable[[Answer], list[Point]]]] = {
    "intent": _intent,
    "verification": _verification,
    "escalation reason": _reason,
    "triggers": _triggers,
    "steps tried": _steps,
    "summary": _summary,
    "mood": _mood,
    "facts": _facts,
    "promises": _promises,
    "missing details": _missing,
    "articles": _articles,
    "actions": _actions,
    "sections": _sections,
}
"""The fields that are compared, in reading order."""

RANKED: Final = frozenset({"articles", "actions"})
"""Fields whose order says something."""
