"""What is wrong with playbooks and decision rights, said before they are used."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from assist.domain.business import DecisionRight, Domain, Playbook
from assist.domain.fault import Fault

Place = tuple[str | int, ...]
_STATES = ("verified", "identified")
_NAMING = ("fact", "done", "not_done")


def playbook_faults(domain: Domain) -> list[Fault]:
    """Return each fault of the domain's playbooks and rights with its place and what to do."""
    ids = {action.id for book in domain.playbooks for action in book.actions}
    found = [*_twice(domain)]
    for number, book in enumerate(domain.playbooks):
        found += _actions(book, ids, ("playbooks", number, "actions"))
        found += _circles(book, ("playbooks", number))
    for number, right in enumerate(domain.decision_rights):
        for place, name in enumerate(right.requires):
            found += _requirement(name, ids, ("decision_rights", number, "requires", place))
        if right.action not in ("*", *ids, *_OWN):
            text = f"the decision right names the action {right.action!r}, which no playbook has; {_hint(right.action, ids)}"
            found.append(Fault(("decision_rights", number, "action"), text))
    return [*found, *_contradictions(domain)]


_OWN = ("verify_customer", "ask_what_is_needed", "read_article")
"""Actions that the service itself suggests, whatever the playbooks say."""


def _twice(domain: Domain) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, book in enumerate(domain.playbooks):
        if book.intent in seen:
            yield Fault(("playbooks", number, "intent"), f"intent {book.intent!r} has two playbooks; make them one")
        seen.add(book.intent)


def _actions(book: Playbook, ids: set[str], at: Place) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, action in enumerate(book.actions):
        place = (*at, number)
        if action.id in seen:
            yield Fault((*place, "id"), f"playbook {book.intent!r} has the action {action.id!r} twice; keep one")
        seen.add(action.id)
        for index, name in enumerate(action.requires):
            yield from _requirement(name, ids, (*place, "requires", index))
        for state in action.requires:
            if (other := _opposite(state)) in action.requires and state < other:
                text = f"action {action.id!r} requires both {state!r} and {other!r}, so that it can never be done"
                yield Fault((*place, "requires"), text)


def _opposite(requirement: str) -> str:
    kind, _, name = requirement.partition(":")
    return {"done": f"not_done:{name}", "not_done": f"done:{name}"}.get(kind, "")


def _requirement(name: str, ids: set[str], at: Place) -> Iterator[Fault]:
    kind, colon, value = name.partition(":")
    if name not in _STATES and (kind not in _NAMING or not colon or not value):
        text = (
            f"the requirement {name!r} is not one of verified, identified, fact:NAME, done:ACTION and not_done:ACTION"
        )
        yield Fault(at, text)
    elif kind in ("done", "not_done") and value not in ids:
        yield Fault(at, f"the requirement {name!r} names an action that no playbook has; {_hint(value, ids)}")


def _circles(book: Playbook, at: Place) -> Iterator[Fault]:
    """Actions that wait for one another, so that none of them could ever be taken."""
    waits = {a.id: [name[5:] for name in a.requires if name.startswith("done:")] for a in book.actions}
    told: set[frozenset[str]] = set()
    for start in waits:
        circle = _back_to(start, waits)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            way = " -> ".join((*circle, circle[0]))
            number = next(i for i, action in enumerate(book.actions) if action.id == start)
            text = f"playbook {book.intent!r} goes in a circle: {way}; take one `done:` out"
            yield Fault((*at, "actions", number, "requires"), text)


def _back_to(start: str, waits: Mapping[str, list[str]]) -> list[str]:
    """The way from an action back to itself, empty where there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        for after in waits.get(way[-1], ()):
            if after == start:
                return way
            if after not in seen:
                seen.add(after)
                ways.append([*way, after])
    return []


def _contradictions(domain: Domain) -> Iterator[Fault]:
    told: dict[tuple[str, str], DecisionRight] = {}
    for number, right in enumerate(domain.decision_rights):
        key = (right.intent, right.action)
        if key in told and told[key] != right:
            text = (
                f"two decision rights for intent {right.intent!r} and action {right.action!r} contradict each other"
                f" ({told[key].mode.value} and {right.mode.value}); keep one"
            )
            yield Fault(("decision_rights", number), text)
        told[key] = right


def _hint(name: str, known: set[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else "see the ids of its actions"
