"""A conversation as a reader judges it: what the packet says and what the label says, field by field, with the turns of each."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from evals.log import CaseEntry

Found = Mapping[str, Any]


class Item(NamedTuple):
    """One statement, and the turns that it names."""

    text: str
    turns: tuple[int, ...] = ()


class Side(NamedTuple):
    """One field, twice."""

    name: str
    packet: list[Item]
    gold: list[Item]


class Turn(NamedTuple):
    """One turn of the conversation."""

    number: int
    role: str
    text: str
    tool: str


def turns(entry: CaseEntry) -> list[Turn]:
    """Return the conversation."""
    return [
        Turn(number, str(turn.get("role", "")), str(turn.get("text", "")), _tool(turn.get("tool")))
        for number, turn in enumerate(entry.turns)
    ]


def sides(entry: CaseEntry) -> list[Side]:
    """Return every field that packet or label has something to say in."""
    found = (
        Side(name, list(_some(packet, entry.answer)), list(_some(gold, entry.expected)))
        for name, packet, gold in _FIELDS
    )
    return [side for side in found if side.packet or side.gold]


def _some(read: Callable[[Found], Iterator[Item]], source: Found) -> Iterator[Item]:
    """A log of another task may lack a field, or hold it in another shape: then it is not shown."""
    try:
        yield from list(read(source))
    except (KeyError, TypeError, AttributeError):
        return


def _tool(tool: Found | None) -> str:
    if not tool:
        return ""
    arguments = json.dumps(tool.get("arguments") or {}, ensure_ascii=False)
    worked = {True: "ok", False: "failed"}.get(tool.get("ok"), "")  # type: ignore[arg-type]  # None has no entry
    return f"{tool.get('name') or 'call'} {arguments} {worked}".strip()


def _item(text: str, source: Found) -> Item:
    return Item(text, tuple(source.get("turns") or ()))


def _intent(source: Found) -> Iterator[Item]:
    intent = source["intent"]
    if isinstance(intent, str):
        others = source.get("other_intents") or ()
        yield Item(intent + (f" (also {', '.join(others)})" if others else ""))
    else:
        yield _item(f"{intent['label']}, {intent['confidence']:.0%} sure", intent)


def _verification(source: Found) -> Iterator[Item]:
    yield _item(source["verification"]["status"], source["verification"])
    for attempt in source["verification"].get("attempts") or ():
        yield _item(f"{attempt['method']}: {attempt['outcome']}", attempt)


def _escalation(source: Found) -> Iterator[Item]:
    escalation = source["escalation"]
    yield Item(
        ", then ".join([escalation.get("reason") or escalation["primary"], *(escalation.get("secondary") or ())])
    )
    for trigger in escalation.get("triggers") or ():
        yield _item(trigger["detail"], trigger)


def _summary(source: Found) -> Iterator[Item]:
    for line in source["summary"]["lines"]:
        yield _item(line["text"], line)


def _nuggets(source: Found) -> Iterator[Item]:
    for nugget in source.get("nuggets") or ():
        yield _item(("● " if nugget["importance"] == "vital" else "○ ") + nugget["text"], nugget)
    if source.get("reference_summary"):
        yield Item(f"Reference: {source['reference_summary']}")


def _steps(source: Found) -> Iterator[Item]:
    for step in source["steps_tried"]:
        yield _item(f"{step['action']}: {step['outcome']}", step)


def _facts(source: Found) -> Iterator[Item]:
    for fact in source["facts"]:
        yield _item(f"{fact['name']}: {fact['value']}", fact)


def _mood(source: Found) -> Iterator[Item]:
    mood = source["sentiment"]
    words = [mood["label"], "frustrated" if mood["frustrated"] else "", mood.get("trend") or ""]
    yield _item(", ".join(word for word in words if word), mood)


def _texts(name: str) -> Callable[[Found], Iterator[Item]]:
    def read(source: Found) -> Iterator[Item]:
        for each in source[name]:
            yield Item(each) if isinstance(each, str) else _item(each["text"], each)

    return read


def _actions(source: Found) -> Iterator[Item]:
    for action in source["actions"]:
        cited = tuple(c["turn"] for c in action["cites"] if c.get("turn") is not None)
        blocked = "" if action["allowed"] else f" (blocked: {action['blocked_by']})"
        yield Item(f"{action['title']}{blocked}", cited)


def _articles(source: Found) -> Iterator[Item]:
    for hit in source["knowledge"]:
        yield Item(f"{hit['title']} ({hit['score']:.2f})")


def _sections(source: Found) -> Iterator[Item]:
    sections = source["sections"]
    if isinstance(sections, Mapping):
        yield from (Item(f"{name}: {value}") for name, value in sections.items())
    else:
        yield from (_item(f"{each['name']}: {each['value']}", each) for each in sections)


_FIELDS: Sequence[tuple[str, Callable[[Found], Iterator[Item]], Callable[[Found], Iterator[Item]]]] = (
    ("intent", _intent, _intent),
    ("verification", _verification, _verification),
    ("escalation", _escalation, _escalation),
    ("summary", _summary, _nuggets),
    ("traps (false)", lambda _: iter(()), _texts("traps")),
    ("steps tried", _steps, _steps),
    ("mood", _mood, _mood),
    ("facts", _facts, _facts),
    ("promises", _texts("promises"), _texts("promises")),
    ("missing", _texts("missing"), _texts("missing")),
    ("next actions", _actions, _texts("next_actions")),
    ("articles", _articles, _texts("articles")),
    ("sections", _sections, _sections),
)
