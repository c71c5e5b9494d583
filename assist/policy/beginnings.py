"""The moment at which each rule first fired, and what was suggested right then."""

from dataclasses import dataclass

from assist.domain.action import SuggestedAction
from assist.domain.findings import Trigger
from assist.domain.transcript import Transcript
from assist.policy.replay import Reads, replay

_NEEDED = frozenset({"intent", "facts", "verification", "steps_tried", "actions"})


@dataclass(frozen=True, slots=True)
class Beginning:
    """A rule's first firing, right after `turn`; `suggestion` is the first one of that moment."""

    turn: int
    trigger: Trigger
    suggestion: SuggestedAction | None


def explained(reads: Reads, transcript: Transcript, *, tenant: str = "default") -> list[Beginning]:
    """Return each rule once, in the order of firing. Blocking."""
    (course,) = replay(reads, transcript, (None,), tenant=tenant)
    suggested: dict[int, SuggestedAction | None] = {}
    for moment, _ in course.began:
        if moment.turn not in suggested:
            heard = transcript.model_copy(update={"turns": transcript.turns[: moment.turn + 1]})
            actions = reads.analyse(heard, domain=transcript.domain, only=_NEEDED).actions
            suggested[moment.turn] = next(iter(actions), None)
    return [Beginning(moment.turn, trigger, suggested[moment.turn]) for moment, trigger in course.began]
