"""Rules that cannot work are refused before they are used, with a hint."""

import pytest

from assist.analysis.triggers import DEFAULT_RULES, rule_faults
from assist.domain.business import EscalationRule
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
        pytest.param([rule(), rule(threshold=5)], "defined twice", id="one name twice"),
        pytest.param([rule("a"), rule("b", reason=R.KNOWLEDGE_GAP)], "different reasons", id="a contradiction"),
    ],
)
def test_a_fault_is_told_with_what_to_do(rules: list[EscalationRule], hint: str) -> None:
    """Each fault gives one sentence that names the rule and helps."""
    faults = rule_faults(rules)
    assert len(faults) == 1
    assert hint in faults[0]
    assert repr(rules[-1].name) in faults[0]
