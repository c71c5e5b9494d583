"""What changes for a conversation when other rules hold."""

from dataclasses import dataclass
from enum import StrEnum

from assist.policy.replay import Course


class Change(StrEnum):
    """How the moment of escalation moves."""

    SAME = "same"  # the same turn and the same rules
    OTHER_RULES = "other rules"  # the same turn, for other rules
    EARLIER = "earlier"
    LATER = "later"
    NEW = "new"  # goes to a human now, and did not before
    GONE = "gone"  # went to a human before, and does not now


@dataclass(frozen=True, slots=True)
class Verdict:
    """A conversation under the rules that hold now and under the candidates; `turns` are those that are judged otherwise."""

    name: str
    before: Course
    after: Course
    change: Change
    turns: tuple[int, ...]


def compared(name: str, before: Course, after: Course) -> Verdict:
    """Return what the candidate rules change."""
    turns = tuple(
        old.turn
        for old, new in zip(before.moments, after.moments, strict=True)
        if {t.rule for t in old.triggers} != {t.rule for t in new.triggers}
        or {t.rule for t in old.warnings} != {t.rule for t in new.warnings}
    )
    return Verdict(name, before, after, _change(before, after), turns)


def _change(before: Course, after: Course) -> Change:
    old, new = before.first, after.first
    if old is None and new is None:
        return Change.SAME
    if old is None or new is None:
        return Change.NEW if old is None else Change.GONE
    if old.turn != new.turn:
        return Change.EARLIER if new.turn < old.turn else Change.LATER
    same = {trigger.rule for trigger in old.triggers} == {trigger.rule for trigger in new.triggers}
    return Change.SAME if same else Change.OTHER_RULES
