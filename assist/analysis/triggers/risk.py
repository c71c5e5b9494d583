"""How likely a hand-over is within the customer's next two turns.

A logistic model of few signs, its weights set by hand on complete runs of a public airline bot: hand-overs follow refusals,
come early rather than late, and sooner where people ask for people, calls fail or words are not understood.
"""

import math
from typing import Final

from assist.analysis.steps.bot_moves import REFUSALS
from assist.analysis.triggers.backend import policy_refusal, tool_failed
from assist.analysis.triggers.customer import asks_for_human, negative_turns
from assist.analysis.triggers.dialogue import not_understood
from assist.analysis.triggers.reading import Reading
from assist.analysis.triggers.scene import Scene
from assist.domain.business import EscalationRule

_SCALE, _BASE = 0.93, -1.8
_AGE, _REFUSED_LAST, _REFUSED_OPEN = -0.9, 1.3, 0.7
_DEMANDED, _BROKEN, _LOST, _BAD_MOOD = 2.0, 0.5, 0.5, 0.3
_MOST: Final = 2.0  # a sign seen more often says nothing more


def handover_risk(scene: Scene, rule: EscalationRule) -> Reading:
    """How likely a hand-over is soon, and the turns that speak for it; where no turn does, the level comes without one."""
    last = max(scene.moves, default=-1)
    refused_last = last >= 0 and bool(scene.moves[last] & REFUSALS)
    signs = (
        (_REFUSED_OPEN, policy_refusal(scene, rule), 1.0, "a refusal is open"),
        (_DEMANDED, asks_for_human(scene, rule), 1.0, "a human was asked for"),
        (_BROKEN, tool_failed(scene, rule), _MOST, "calls fail"),
        (_LOST, not_understood(scene, rule), _MOST, "the customer is not understood"),
        (_BAD_MOOD, negative_turns(scene, rule), _MOST, "the mood is bad"),
    )
    held = [(weight * min(reading.level, most), reading, why) for weight, reading, most, why in signs if reading.turns]
    turns = {turn for _, reading, _ in held for turn in reading.turns} | ({last} if refused_last else set())
    age = _AGE * math.log(max(len(scene.customer_turns), 1))
    score = age + refused_last * _REFUSED_LAST + sum(weight for weight, _, _ in held)
    level = 1.0 / (1.0 + math.exp(-(_SCALE * score + _BASE)))
    if not turns:
        return Reading(level, (), "")
    reasons = ", ".join([*(["the bot has just refused"] if refused_last else []), *(why for _, _, why in held)])
    return Reading(level, tuple(sorted(turns)), f"A hand-over is {level:.0%} likely soon: {reasons}.")
