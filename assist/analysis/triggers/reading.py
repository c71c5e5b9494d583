"""What a condition answers: how far it holds, on which turns, and why, in one sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A condition's measure on a case; a rule compares `level` with its threshold. `turns` prove it."""

    level: float
    turns: tuple[int, ...]
    detail: str


NOTHING = Reading(0.0, (), "")
"""The condition does not hold at all."""


def times(count: int) -> str:
    """Return "once", "twice" or "5 times"."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
