"""Rules that look at several conditions: any of them, all of them, or a score.

A combined rule is read like a single one: it has a level, turns and a sentence. So a threshold may ask for two of four
parts, and `warn_at` may speak when the first of two holds.
"""

from assist.analysis.triggers.conditions import CONDITIONS, DOWNWARD, USUAL_THRESHOLDS
from assist.analysis.triggers.reading import NOTHING, Reading
from assist.analysis.triggers.scene import Scene
from assist.domain.business import EscalationRule, Measured
from assist.domain.findings import EscalationReason


def usual_threshold(rule: Measured) -> float:
    """Return where a rule fires that names no threshold: `all` at every part, `score` at the sum, `any` at one."""
    if rule.all:
        return float(len(rule.all))
    if rule.score:
        return sum(part.weight for part in rule.score)
    return USUAL_THRESHOLDS.get(rule.when, 1.0)


def measure(scene: Scene, rule: Measured) -> Reading:
    """Return what a rule reads in a scene; a part without a turn to show for it does not hold."""
    if not rule.parts:
        return CONDITIONS[rule.when](scene, _as_rule(rule))
    held = [(part, reading) for part in rule.parts if reaches(part, reading := measure(scene, part), threshold(part))]
    if not held:
        return NOTHING
    level = sum(part.weight if rule.score else 1.0 for part, _ in held)
    turns = sorted({turn for _, reading in held for turn in reading.turns})
    return Reading(level, tuple(turns), " ".join(dict.fromkeys(reading.detail for _, reading in held)))


def reaches(rule: Measured, reading: Reading, bound: float) -> bool:
    """Whether a reading reaches a bound; without a turn to show for it, it does not."""
    if not reading.turns:
        return False
    return reading.level <= bound if rule.when in DOWNWARD else reading.level >= bound


def threshold(rule: Measured) -> float:
    """Return where the rule fires."""
    return rule.threshold if rule.threshold is not None else usual_threshold(rule)


def _as_rule(part: Measured) -> EscalationRule:
    """A part as the conditions expect it; they read its words and threshold only."""
    if isinstance(part, EscalationRule):
        return part
    return EscalationRule(
        name="part", when=part.when, reason=EscalationReason.NONE, threshold=part.threshold, words=part.words
    )
