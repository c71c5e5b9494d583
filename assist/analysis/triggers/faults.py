"""What is wrong with escalation rules, said before they are used."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from assist.analysis.triggers.conditions import CONDITIONS, DOWNWARD, USUAL_THRESHOLDS
from assist.domain.business import EscalationRule

_RANGES: Final = {"sentiment_below": (-1.0, 1.0), "low_confidence": (0.0, 1.0)}
_NEEDS_WORDS: Final = frozenset({"customer_flag", "keywords"})


def rule_faults(rules: Sequence[EscalationRule]) -> list[str]:
    """Return one sentence for each fault, with what to do; an empty list where the rules can be used."""
    return [*_twice(rules), *(fault for rule in rules for fault in _faults(rule))]


def _twice(rules: Sequence[EscalationRule]) -> Iterator[str]:
    seen: dict[str, EscalationRule] = {}
    for rule in rules:
        if rule.name in seen:
            yield f"rule {rule.name!r} is defined twice; give each rule a name of its own"
        seen[rule.name] = rule
    told: dict[tuple[str, tuple[str, ...], float | None], EscalationRule] = {}
    for rule in rules:
        same = (rule.when, rule.words, rule.threshold)
        if same in told and told[same].reason is not rule.reason:
            yield f"rules {told[same].name!r} and {rule.name!r} fire on the same thing for different reasons; keep one"
        told[same] = rule


def _faults(rule: EscalationRule) -> Iterator[str]:
    if rule.when not in CONDITIONS:
        near = get_close_matches(rule.when, CONDITIONS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(CONDITIONS)}"
        yield f"rule {rule.name!r} names the condition {rule.when!r}, which there is not; {hint}"
        return
    if rule.when in _NEEDS_WORDS and not rule.words:
        yield f"rule {rule.name!r} needs words to look for; list them under `words`"
    low, high = _RANGES.get(rule.when, (0.0, float("inf")))
    for field, value in (("threshold", rule.threshold), ("warn_at", rule.warn_at)):
        if value is not None and not low <= value <= high:
            yield f"rule {rule.name!r} has {field} {value:g}, outside of {low:g} to {high:g}"
    threshold = rule.threshold if rule.threshold is not None else USUAL_THRESHOLDS.get(rule.when, 1.0)
    late = rule.warn_at is not None and (
        rule.warn_at < threshold if rule.when in DOWNWARD else rule.warn_at > threshold
    )
    if late:
        yield f"rule {rule.name!r} would warn at {rule.warn_at:g}, after it fires at {threshold:g}; warn earlier"
