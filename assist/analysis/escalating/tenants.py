"""Which rules hold for a tenant."""

from assist.analysis.triggers.defaults import DEFAULT_RULES
from assist.domain.business import Domain, EscalationRule


def rules_of(domain: Domain, tenant: str) -> tuple[EscalationRule, ...]:
    """Return the domain's rules, or the usual ones where it has none, with what the tenant replaced, added and left out."""
    rules = domain.escalation or DEFAULT_RULES
    own = domain.tenants.get(tenant)
    if own is None:
        return rules
    replaced = {rule.name: rule for rule in own.escalation}
    kept = [replaced.pop(rule.name, rule) for rule in rules if rule.name not in own.without]
    return (*kept, *replaced.values())
