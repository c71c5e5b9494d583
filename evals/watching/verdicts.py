"""What to make of a difference: whether it is sure, whether it matters, and which way it goes."""

from enum import StrEnum
from typing import Final

from evals.watching.measures import Measure

LEVEL: Final = 0.01
"""The p-value, raised for the number of measures, below which a difference counts as sure."""


class State(StrEnum):
    """What is known of a measure."""

    NOT_ENOUGH = "not enough data"  # too few packets to say anything: neither good nor bad
    STEADY = "steady"  # nothing that chance would not do, too
    SMALL = "small change"  # sure, and too small to matter
    CHANGED = "changed"  # sure, large enough, and neither way is worse
    BETTER = "better"
    WORSE = "worse"

    @property
    def alerts(self) -> bool:
        """Whether somebody should look."""
        return self in {State.CHANGED, State.WORSE}


def verdict(measure: Measure, *, change: float, p: float) -> State:
    """Return the state of a difference whose p-value was raised already; of a mix, `change` is its stability index."""
    if p >= LEVEL:
        return State.STEADY
    if abs(change) < measure.matters:
        return State.SMALL
    if measure.worse is None:
        return State.CHANGED
    return State.WORSE if (change > 0) == (measure.worse == "higher") else State.BETTER
