"""What a running conversation has seen before: the turns a human has dealt with, and the rules that fired lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assist.analysis.triggers.scene import Scene
from assist.domain.business import EscalationRule
from assist.domain.transcript import Role, Turn


@dataclass(frozen=True, slots=True)
class History:
    """`handled` is the last turn that a human has dealt with, -1 for none; `fired` names rules with the turn they fired at."""

    handled: int = -1
    fired: Mapping[str, int] = field(default_factory=dict)

    def is_quiet(self, rule: EscalationRule, *, now: int) -> bool:
        """Whether the rule fired so lately that it stays quiet at turn `now`."""
        at = self.fired.get(rule.name)
        return at is not None and rule.cool_down > 0 and at < now <= at + rule.cool_down


def handed_back_at(turns: Sequence[Turn], *, packet_at: int | None = None) -> int:
    """Return the last turn that a human has dealt with: the agent's last one, or the last one of a packet already made.

    A packet that claims to know all of these turns, or more, says nothing of them: it was made of another transcript.
    """
    spoken = max((index for index, turn in enumerate(turns) if turn.role is Role.AGENT), default=-1)
    return max(spoken, packet_at if packet_at is not None and packet_at < len(turns) - 1 else -1)


def since(scene: Scene, handled: int) -> Scene:
    """Return the scene without what was said up to turn `handled`: counts begin anew after a human has dealt with it."""
    if handled < 0:
        return scene
    mood = scene.case.sentiment
    later = tuple(each for each in mood.by_turn if each.turn > handled)
    return replace(
        scene,
        case=scene.case.having(sentiment=mood.model_copy(update={"by_turn": later})),
        moves={turn: found for turn, found in scene.moves.items() if turn > handled},
        requests=tuple(request for request in scene.requests if request.turn > handled),
        risks={turn: found for turn, found in scene.risks.items() if turn > handled},
        obstacles={turn: found for turn, found in scene.obstacles.items() if turn > handled},
        since=handled + 1,
    )
