"""Whether an action may be shown, prepared or run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.actions.policies import moves_money, permission
from assist.domain.action import Mode
from assist.domain.business import DecisionRight, PlaybookAction
from assist.domain.findings import VerificationStatus
from tests.unit.assist.actions.situations import INFORM, LOOK_UP, REFUND, REPORT, a_call, a_shop, a_situation

VERIFIED = VerificationStatus.VERIFIED


def test_what_no_right_covers_is_denied() -> None:
    """An action without a decision right is neither allowed nor suggested."""
    answer = permission(LOOK_UP, a_situation(domain=a_shop(rights=())))
    assert (answer.mode, answer.allowed) == (Mode.OBSERVE, False)
    assert answer.blocked_by == "no decision right covers this action"


def test_an_observed_action_is_not_allowed() -> None:
    """A right to observe gives no permission."""
    answer = permission(LOOK_UP, a_situation(domain=a_shop(rights=(DecisionRight(mode=Mode.OBSERVE),))))
    assert (answer.mode, answer.allowed) == (Mode.OBSERVE, False)


@pytest.mark.parametrize("status", [status for status in VerificationStatus if status is not VERIFIED])
def test_no_money_moves_before_verification(status: VerificationStatus) -> None:
    """A refund is blocked in every state but verified, even where no precondition says so."""
    bare = PlaybookAction(id="refund_order", title="Refund the order")
    answer = permission(bare, a_situation(status=status))
    assert not answer.allowed
    assert "verified" in (answer.blocked_by or "")


def test_money_may_move_once_verified() -> None:
    """A verified customer's refund is allowed up to the mode of the right."""
    answer = permission(REFUND, a_situation(status=VERIFIED))
    assert (answer.mode, answer.allowed, answer.blocked_by) == (Mode.APPROVE, True, None)


def test_an_amount_over_the_limit_is_blocked() -> None:
    """The largest known sum is held against the limit, and the block names both."""
    limited = a_shop(rights=(DecisionRight(mode=Mode.AUTO, max_amount=500),))
    facts = {"refund_amount": "$1,234.50", "fee": "12 USD"}
    answer = permission(REFUND, a_situation(status=VERIFIED, facts=facts, domain=limited))
    assert not answer.allowed
    assert "1,234.50 is over the limit of 500.00 USD" in (answer.blocked_by or "")


def test_an_amount_at_the_limit_may_run() -> None:
    """The limit itself is still within it."""
    limited = a_shop(rights=(DecisionRight(mode=Mode.AUTO, max_amount=500),))
    answer = permission(REFUND, a_situation(status=VERIFIED, facts={"refund_amount": "500"}, domain=limited))
    assert (answer.mode, answer.allowed) == (Mode.AUTO, True)


def test_an_unknown_amount_lowers_a_limited_right_to_advice() -> None:
    """Nothing is prepared under a limit while the sum is not known."""
    limited = a_shop(rights=(DecisionRight(mode=Mode.AUTO, max_amount=500),))
    answer = permission(REFUND, a_situation(status=VERIFIED, domain=limited))
    assert (answer.mode, answer.allowed) == (Mode.ADVISE, True)


def test_a_high_risk_intent_never_rises_above_advice() -> None:
    """Even a right to run by itself is cut to advice for fraud."""
    auto = a_shop(rights=(DecisionRight(mode=Mode.AUTO),))
    assert permission(LOOK_UP, a_situation(intent="fraud", domain=auto)).mode is Mode.ADVISE


def test_a_high_risk_action_never_rises_above_advice() -> None:
    """The action's own mark counts in a harmless intent too."""
    auto = a_shop(rights=(DecisionRight(mode=Mode.AUTO),))
    assert permission(REPORT, a_situation(domain=auto)).mode is Mode.ADVISE


def test_an_unknown_intent_never_rises_above_advice() -> None:
    """What nobody understood is treated like what is dangerous."""
    auto = a_shop(rights=(DecisionRight(mode=Mode.AUTO),))
    assert permission(LOOK_UP, a_situation(intent="unknown", domain=auto)).mode is Mode.ADVISE


def test_the_most_specific_right_decides() -> None:
    """A right for the action goes before a right for the intent, and that before the general one."""
    rights = (
        DecisionRight(mode=Mode.AUTO),
        DecisionRight(intent="refund", mode=Mode.OBSERVE),
        DecisionRight(action="look_up_order", mode=Mode.APPROVE),
    )
    assert permission(LOOK_UP, a_situation(domain=a_shop(rights=rights))).mode is Mode.APPROVE
    assert permission(INFORM, a_situation(domain=a_shop(rights=rights))).mode is Mode.OBSERVE


def test_of_two_equal_rights_the_stricter_decides() -> None:
    """Two rights of the same reach: the lower mode holds."""
    rights = (DecisionRight(mode=Mode.AUTO), DecisionRight(mode=Mode.ADVISE))
    assert permission(LOOK_UP, a_situation(domain=a_shop(rights=rights))).mode is Mode.ADVISE


@pytest.mark.parametrize(
    ("requirement", "reason"),
    [
        pytest.param("verified", "not verified", id="verified"),
        pytest.param("identified", "has not been found", id="identified"),
        pytest.param("fact:order_id", "order id is not known", id="fact"),
        pytest.param("not_done:look_up_order", "already done: Look up the order", id="not done"),
        pytest.param("full_moon", "'full_moon'", id="unknown requirement"),
    ],
)
def test_an_unmet_precondition_blocks_and_says_why(requirement: str, reason: str) -> None:
    """Every kind of precondition denies with its own reason; an unknown one denies too."""
    action = PlaybookAction(id="call_back", title="Call back", requires=(requirement,))
    answer = permission(action, a_situation(a_call("get_order_details")))
    assert not answer.allowed
    assert reason in (answer.blocked_by or "")


def test_met_preconditions_allow() -> None:
    """Verified covers identified, a known fact and an action not done lift their blocks."""
    requires = ("verified", "identified", "fact:order_id", "not_done:look_up_order")
    action = PlaybookAction(id="call_back", title="Call back", requires=requires)
    assert permission(action, a_situation(status=VERIFIED, facts={"order_id": "7"})).allowed


@pytest.mark.parametrize(
    ("title", "moves"),
    [
        ("Refund the fee", True),
        ("Offer a travel voucher", True),
        ("Issue a credit", True),
        ("Check the fare and refund the difference", True),
        ("If the flight was late, give a certificate", True),
        ("Do whatever it takes to repay the payment", True),
        ("Explain when the refund arrives", False),
        ("Ask for the credit card statement", False),
        ("If the refund is late, tell the customer the date", False),
        ("Look up the order", False),
    ],
)
def test_moving_money_is_told_from_speaking_about_it(title: str, moves: bool) -> None:  # noqa: FBT001 -- a table row
    """Only an action that gives or takes money counts as money."""
    assert moves_money(PlaybookAction(id="x", title=title)) is moves


@given(
    status=st.sampled_from([status for status in VerificationStatus if status is not VERIFIED]),
    mode=st.sampled_from(list(Mode)),
    intent=st.sampled_from(["refund", "fraud", "unknown"]),
    requires=st.lists(st.sampled_from(["identified", "fact:x", "not_done:look_up_order"]), max_size=2),
)
def test_no_configuration_lets_money_move_unverified(
    status: VerificationStatus, mode: Mode, intent: str, requires: list[str]
) -> None:
    """Whatever the rights say, a refund for a customer who is not verified is denied."""
    domain = a_shop(rights=(DecisionRight(mode=mode),))
    action = PlaybookAction(id="refund_order", title="Refund", requires=tuple(requires))
    assert not permission(action, a_situation(intent=intent, status=status, domain=domain, facts={"x": "1"})).allowed
