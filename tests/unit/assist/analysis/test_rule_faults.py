"""Rules that cannot work are refused before they are used, with a hint."""

import pytest

from assist.analysis.escalating import policy_faults, rule_faults
from assist.analysis.triggers import DEFAULT_RULES
from assist.domain.business import Domain, EscalationRule, TenantPolicy
from assist.domain.findings import EscalationReason

R = EscalationReason


def rule(
    name: str = "r", when: str = "loop", reason: EscalationReason = R.NO_PROGRESS, **more: object
) -> EscalationRule:
    """Return a rule."""
    return EscalationRule.model_validate({"name": name, "when": when, "reason": reason, **more})


def test_the_usual_rules_have_no_fault() -> None:
    """What a domain gets without writing a rule is sound."""
    assert rule_faults(DEFAULT_RULES) == []


@pytest.mark.parametrize(
    ("rules", "hint"),
    [
        pytest.param([rule(when="lopp")], "did you mean 'loop'", id="a typing error"),
        pytest.param([rule(when="moonphase")], "known are", id="a condition that nobody knows"),
        pytest.param([rule(when="keywords")], "list them under", id="no words"),
        pytest.param([rule(threshold=-2)], "outside of 0", id="a count below nothing"),
        pytest.param([rule(when="sentiment_below", threshold=-3)], "outside of -1 to 1", id="a mood off the scale"),
        pytest.param([rule(threshold=2, warn_at=3)], "warn earlier", id="a warning after the alarm"),
        pytest.param(
            [rule(when="sentiment_below", threshold=-0.5, warn_at=-0.8)], "warn earlier", id="a late warning, downward"
        ),
        pytest.param([rule(), rule(when="no_progress")], "defined twice", id="one name twice"),
        pytest.param([rule("a"), rule("b", reason=R.KNOWLEDGE_GAP)], "different reasons", id="a contradiction"),
        pytest.param([rule(when="")], "needs one of", id="nothing to look at"),
        pytest.param([rule(any=[{"when": "loop"}])], "when and any", id="two things to look at"),
        pytest.param([rule(when="", all=[{"when": "lopp"}])], "did you mean 'loop'", id="a typing error in a part"),
        pytest.param([rule(when="", all=[{"when": "loop"}], threshold=2)], "outside of 1 to 1", id="more than all"),
        pytest.param([rule(when="", score=[{"when": "loop"}], warn_at=3)], "warn", id="a warning after the sum"),
        pytest.param([rule(when="", any=[{"when": "loop"}], words=["x"])], "into its parts", id="words of no part"),
    ],
)
def test_a_fault_is_told_with_what_to_do(rules: list[EscalationRule], hint: str) -> None:
    """Each fault gives one sentence that names the rule and helps."""
    faults = rule_faults(rules)
    assert faults
    assert hint in faults[0].text
    assert repr(rules[-1].name) in faults[0].text
    assert faults[0].place[:2] == ("escalation", len(rules) - 1)


@pytest.mark.parametrize(
    ("own", "hint"),
    [
        pytest.param(TenantPolicy(without=("circles",)), "did you mean 'circle'", id="a rule that is not there"),
        pytest.param(
            TenantPolicy(escalation=(rule("circle"),), without=("circle",)),
            "do one of the two",
            id="changed and left out",
        ),
        pytest.param(
            TenantPolicy(escalation=(rule("mine", reason=R.POLICY_LIMIT),)), "different reasons", id="against"
        ),
    ],
)
def test_a_tenants_rules_are_checked_with_those_beside_them(own: TenantPolicy, hint: str) -> None:
    """What a tenant changes must fit to what the domain says."""
    faults = policy_faults(Domain(name="d", title="D", escalation=(rule("circle"),), tenants={"acme": own}))
    assert hint in faults[0].text
    assert faults[0].place[:2] == ("tenants", "acme")
