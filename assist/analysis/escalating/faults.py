"""What is wrong with escalation rules, said before they are used."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from assist.analysis.escalating.combining import threshold
from assist.analysis.escalating.tenants import rules_of
from assist.analysis.triggers.conditions import CONDITIONS, DOWNWARD
from assist.domain.business import Domain, EscalationRule, Measured
from assist.domain.fault import Fault

_RANGES: Final[Mapping[str, tuple[float, float]]] = {
    "sentiment_below": (-1.0, 1.0),
    "low_confidence": (0.0, 1.0),
    "handover_risk": (0.0, 1.0),
}
_NEEDS_WORDS: Final = frozenset({"customer_flag", "keywords"})
_COMBINATIONS: Final = ("any", "all", "score")
Place = tuple[str | int, ...]


def rule_faults(rules: Sequence[EscalationRule], *, at: Place = ("escalation",)) -> list[Fault]:
    """Return each fault with its place and what to do; an empty list where the rules can be used."""
    single = [fault for number, rule in enumerate(rules) for fault in _faults(rule, (*at, number))]
    return [*_twice(rules, at), *single]


def policy_faults(domain: Domain) -> list[Fault]:
    """Return what is wrong with a domain's rules, its tenants' among them."""
    found = rule_faults(domain.escalation)
    for tenant, own in domain.tenants.items():
        at: Place = ("tenants", tenant)
        known = {rule.name for rule in rules_of(domain, "")}
        changed = {rule.name for rule in own.escalation}
        for number, name in enumerate(own.without):
            if name in changed:
                text = f"tenant {tenant!r} both changes rule {name!r} and leaves it out; do one of the two"
                found.append(Fault((*at, "without", number), text))
            elif name not in known:
                text = f"tenant {tenant!r} leaves out rule {name!r}, which there is not; {_hint(name, sorted(known))}"
                found.append(Fault((*at, "without", number), text))
        own_faults = rule_faults(own.escalation, at=(*at, "escalation"))
        # What the tenant's rules say together with those they stand beside.
        found += own_faults or [Fault(at, fault.text) for fault in _twice(rules_of(domain, tenant), at)]
    return found


def _twice(rules: Sequence[EscalationRule], at: Place) -> Iterator[Fault]:
    seen: set[str] = set()
    told: dict[str, EscalationRule] = {}
    for number, rule in enumerate(rules):
        place = (*at, number)
        if rule.name in seen:
            yield Fault(place, f"rule {rule.name!r} is defined twice; give each rule a name of its own")
        seen.add(rule.name)
        same = rule.model_dump_json(exclude={"name", "reason", "warn_at", "cool_down"})
        if same in told and told[same].reason is not rule.reason:
            both = f"rules {told[same].name!r} and {rule.name!r}"
            yield Fault(place, f"{both} fire on the same thing for different reasons; keep one")
        told[same] = rule


def _faults(rule: EscalationRule, at: Place) -> Iterator[Fault]:
    wrong = list(_shape(rule, rule.name, at))
    yield from wrong
    if wrong:
        return
    fires = threshold(rule)
    if rule.warn_at is None:
        return
    low, high = _range(rule)
    if not low <= rule.warn_at <= high:
        text = f"rule {rule.name!r} has warn_at {rule.warn_at:g}, outside of {low:g} to {high:g}"
        yield Fault((*at, "warn_at"), text)
    if rule.warn_at < fires if rule.when in DOWNWARD else rule.warn_at > fires:
        text = f"rule {rule.name!r} would warn at {rule.warn_at:g}, after it fires at {fires:g}; warn earlier"
        yield Fault((*at, "warn_at"), text)


def _shape(rule: Measured, name: str, at: Place) -> Iterator[Fault]:
    named = [key for key in ("when", *_COMBINATIONS) if getattr(rule, key)]
    if len(named) != 1:
        stands = " and ".join(named) or "none"
        yield Fault(at, f"rule {name!r} needs one of `when`, `any`, `all` and `score`; it has {stands}")
        return
    if not rule.parts:
        yield from _condition(rule, name, at)
    elif rule.words:
        yield Fault((*at, "words"), f"rule {name!r} combines others and looks for no words; move them into its parts")
    low, high = _range(rule)
    if rule.threshold is not None and not low <= rule.threshold <= high:
        text = f"rule {name!r} has threshold {rule.threshold:g}, outside of {low:g} to {high:g}"
        yield Fault((*at, "threshold"), text)
    for number, part in enumerate(rule.parts):
        yield from _shape(part, name, (*at, named[0], number))


def _condition(rule: Measured, name: str, at: Place) -> Iterator[Fault]:
    if rule.when not in CONDITIONS:
        text = (
            f"rule {name!r} names the condition {rule.when!r}, which there is not; {_hint(rule.when, list(CONDITIONS))}"
        )
        yield Fault((*at, "when"), text)
    elif rule.when in _NEEDS_WORDS and not rule.words:
        yield Fault(at, f"rule {name!r} needs words to look for; list them under `words`")


def _range(rule: Measured) -> tuple[float, float]:
    """What a threshold may be: a combination that asks for more than its parts can give would never fire."""
    if rule.score:
        return 0.0, sum(part.weight for part in rule.score)
    if rule.parts:
        return 1.0, float(len(rule.parts))
    return _RANGES.get(rule.when, (0.0, float("inf")))


def _hint(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
