"""Rules that look at several conditions, at a history, and at a tenant."""

import pytest

from assist.analysis.escalating import History, handed_back_at, rules_of
from assist.analysis.escalation import EscalationStage, Judgement
from assist.domain.business import Domain, EscalationRule, TenantPolicy
from assist.domain.findings import EscalationReason
from assist.domain.transcript import Role, Turn
from tests.builders import bot, customer
from tests.unit.assist.analysis.cases import PLAIN, a_case, scenes

REFUSED = (customer("I want a refund of $700."), bot("Sorry, the fare is non-refundable."))
REFUSAL = {"when": "policy_refusal"}
LARGE = {"when": "amount_over", "threshold": 500}
HUMAN = {"when": "asks_for_human"}


def a_rule(**more: object) -> EscalationRule:
    """Return a rule that combines others."""
    return EscalationRule.model_validate({"name": "both", "reason": "policy_limit", **more})


def judged(rule: EscalationRule, *turns: Turn, handled: int = -1, fired: dict[str, int] | None = None) -> Judgement:
    """Return what one rule says of these turns."""
    case = a_case(*turns).having(handled=handled, fired=fired or {})
    return EscalationStage(scenes()).judge(case, [rule])


def test_all_needs_every_part_and_shows_the_turns_of_each() -> None:
    """A refusal of a large sum fires, a refusal alone does not."""
    rule = a_rule(all=[REFUSAL, LARGE])
    ((_, reading),) = judged(rule, *REFUSED).fired
    assert reading.turns == (0, 1)
    assert "$700" in reading.detail
    assert "forbids" in reading.detail
    assert not judged(rule, customer("I want a refund."), REFUSED[1]).fired


def test_any_needs_one_part_or_as_many_as_its_threshold_says() -> None:
    """Two of three parts hold here."""
    parts = [REFUSAL, LARGE, HUMAN]
    assert judged(a_rule(any=parts), *REFUSED).fired
    assert judged(a_rule(any=parts, threshold=2), *REFUSED).fired
    assert not judged(a_rule(any=parts, threshold=3), *REFUSED).fired


def test_a_score_adds_the_weights_of_what_holds() -> None:
    """Three of four points: enough for a threshold of 3, not for 3.5."""
    parts = [{**REFUSAL, "weight": 2}, LARGE, HUMAN]
    assert judged(a_rule(score=parts, threshold=3), *REFUSED).fired
    assert not judged(a_rule(score=parts, threshold=3.5), *REFUSED).fired


def test_combinations_may_hold_combinations() -> None:
    """A large sum and either a refusal or a demand."""
    assert judged(a_rule(all=[LARGE, {"any": [REFUSAL, HUMAN]}]), *REFUSED).fired


def test_a_combination_warns_before_it_fires() -> None:
    """With one of two parts it warns, with both it fires."""
    rule = a_rule(all=[REFUSAL, LARGE], warn_at=1)
    half = judged(rule, REFUSED[0])
    assert (len(half.fired), len(half.warnings)) == (0, 1)
    whole = judged(rule, *REFUSED)
    assert (len(whole.fired), len(whole.warnings)) == (1, 0)


@pytest.mark.parametrize(("now", "fires"), [(3, True), (4, False), (6, False), (7, True)])
def test_a_rule_that_fired_stays_quiet_for_its_cool_down(now: int, fires: bool) -> None:  # noqa: FBT001 -- a table
    """Fired at turn 3 with a cool-down of 3: quiet at 4 to 6; asked again about turn 3 it says the same."""
    rule = a_rule(when="asks_for_human", cool_down=3)
    turns = (customer("x"), bot("y"), customer("x"), customer("Give me a human!"), *[customer("Hello?")] * (now - 3))
    assert bool(judged(rule, *turns, fired={"both": 3}).fired) is fires


LATER = [
    pytest.param(
        {"when": "asks_for_human"}, [customer("Give me a human!")], [customer("My name is Ada.")], id="a demand"
    ),
    pytest.param({"when": "long_interaction", "threshold": 4}, [customer("x")] * 5, [customer("y")], id="length"),
    pytest.param(REFUSAL, list(REFUSED), [customer("Alright then."), bot("Anything else?")], id="a refusal"),
    pytest.param(
        {"when": "repeated_prompt", "threshold": 2},
        [bot("Your size?"), customer("blue"), bot("Your size?")],
        [customer("large"), bot("Your size?")],
        id="one more of what was counted",
    ),
]


@pytest.mark.parametrize(("rule", "before", "after"), LATER)
def test_what_a_human_has_dealt_with_never_fires_again(
    rule: dict[str, object], before: list[Turn], after: list[Turn]
) -> None:
    """The old turns alone fire; handed back, they do not, not even together with a new one."""
    assert judged(a_rule(**rule), *before).fired
    found = judged(a_rule(**rule), *before, *after, handled=len(before) - 1)
    assert not found.fired
    assert not found.warnings


def test_new_turns_fire_again_after_a_hand_back() -> None:
    """A second demand is a new one."""
    turns = (customer("Give me a human!"), bot("Back again."), customer("Give me a human!"))
    ((_, reading),) = judged(a_rule(when="asks_for_human"), *turns, handled=1).fired
    assert reading.turns == (2,)


def test_an_agents_turn_or_a_packet_marks_what_is_dealt_with() -> None:
    """The later of both counts; a packet that knows the turns still to be judged is of another transcript."""
    agent = Turn(role=Role.AGENT, text="I have refunded it.")
    assert handed_back_at((customer("a"), agent, customer("b"))) == 1
    assert handed_back_at((customer("a"), agent, customer("b"), bot("c")), packet_at=2) == 2
    assert handed_back_at((customer("a"), bot("b"))) == -1
    assert handed_back_at((customer("a"), bot("b")), packet_at=1) == -1
    assert not History().is_quiet(a_rule(when="loop", cool_down=9), now=5)


def test_a_tenant_changes_adds_and_leaves_out_rules() -> None:
    """The tenant's version stands in the place of the domain's; others see the domain's."""
    usual = EscalationRule(name="circle", when="loop", reason=EscalationReason.NO_PROGRESS)
    long = EscalationRule(name="long", when="long_interaction", reason=EscalationReason.NO_PROGRESS)
    mine = usual.model_copy(update={"threshold": 5.0})
    more = EscalationRule(name="vip", when="customer_flag", reason=EscalationReason.POLICY_LIMIT, words=("vip",))
    own = TenantPolicy(escalation=(mine, more), without=("long",))
    domain = Domain(name="d", title="D", escalation=(usual, long), tenants={"acme": own})
    assert rules_of(domain, "acme") == (mine, more)
    assert rules_of(domain, "other") == (usual, long)
    assert len(rules_of(PLAIN, "acme")) > 10
