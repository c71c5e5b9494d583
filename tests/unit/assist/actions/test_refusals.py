"""The same action, refused on each of its grounds by the one function that is asked."""

import pytest

from assist.actions import Permission, permission
from assist.domain.action import Mode
from assist.domain.business import DecisionRight
from assist.domain.findings import VerificationStatus
from tests.unit.assist.actions.situations import REFUND, a_shop, a_situation

VERIFIED, FAILED = VerificationStatus.VERIFIED, VerificationStatus.FAILED
MAY = DecisionRight(action="refund_order", mode=Mode.AUTO, max_amount=100)
SMALL, LARGE = {"refund_amount": "$80.00"}, {"refund_amount": "$180.00"}


def asked(
    *rights: DecisionRight,
    status: VerificationStatus = VERIFIED,
    facts: dict[str, str] = SMALL,
    intent: str = "refund",
) -> Permission:
    """Return whether a refund may be run: for a verified customer and a small sum, unless said otherwise."""
    return permission(REFUND, a_situation(status=status, facts=facts, intent=intent, domain=a_shop(rights=rights)))


def test_within_its_rights_it_may_run_by_itself() -> None:
    """Verified, small, an ordinary topic, and a right that covers it."""
    assert asked(MAY) == Permission(mode=Mode.AUTO, allowed=True)


@pytest.mark.parametrize(
    ("answer", "ground"),
    [
        pytest.param(
            asked(MAY, status=VerificationStatus.NOT_ATTEMPTED), "before the customer is verified", id="not verified"
        ),
        pytest.param(asked(MAY, status=FAILED), "before the customer is verified", id="the check failed"),
        pytest.param(asked(MAY, facts=LARGE), "180.00 is over the limit of 100.00 USD", id="over the amount"),
        pytest.param(asked(), "no decision right covers this action", id="no right"),
        pytest.param(asked(DecisionRight(mode=Mode.OBSERVE)), "observe only", id="observe only"),
    ],
)
def test_it_is_refused_on_each_ground_with_its_reason(answer: Permission, ground: str) -> None:
    """Not verified, over the amount, or without the right: each alone is enough."""
    assert not answer.allowed
    assert answer.blocked_by is not None
    assert ground in answer.blocked_by


def test_high_risk_is_never_more_than_advice() -> None:
    """The same right that lets it run elsewhere lets it only be advised for a dangerous topic."""
    answer = asked(MAY, intent="fraud")
    assert (answer.mode, asked(MAY).mode) == (Mode.ADVISE, Mode.AUTO)
