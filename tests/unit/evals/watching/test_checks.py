"""Checks without labels: each planted fault is found, and a clean packet has none."""

from typing import Any

import pytest

from assist.domain.findings import Promise, Verification, VerificationStatus
from evals.watching.checks import DANGERS, Checks
from tests.unit.evals.watching.packets import conversation, of_conversation

CHECKS = Checks()
VERIFIED = Verification(status=VerificationStatus.VERIFIED, turns=(2, 3, 4))


def found(*lines: tuple[str, tuple[int, ...]], **more: Any) -> dict[str, int]:  # noqa: ANN401 -- any field of a packet
    """Return the faults of a packet that says this of the conversation."""
    seen = CHECKS.seen(of_conversation(*lines, **more), conversation())
    return {check: count for check, count in seen.checks.items() if count}


def test_a_true_packet_has_no_fault() -> None:
    """Statements that their turns support, and a verification that a back-end call proved."""
    lines = (
        ("The customer was charged twice for order #W4410973.", (0,)),
        ("Their identity was verified by e-mail address.", (2, 3, 4)),
    )
    assert found(*lines, verification=VERIFIED) == {}


@pytest.mark.parametrize(
    ("check", "lines", "more"),
    [
        pytest.param("unsupported", (("They were charged 99.95 twice.", (0,)),), {}, id="swapped-amount"),
        pytest.param("foreign_value", (("They were charged 99.95 twice.", (0,)),), {}, id="amount-nobody-said"),
        pytest.param("invented_amount", (("They were charged 99.95 twice.", (0,)),), {}, id="invented-amount"),
        pytest.param("foreign_name", (("The customer spoke to Roberta before.", (0,)),), {}, id="name-nobody-said"),
        pytest.param("forged_citation", (("They were charged twice.", (17,)),), {}, id="turn-not-there"),
        pytest.param("leaked_secret", (("Their card is 4111 1111 1111 1111.", (0,)),), {}, id="card-number"),
        pytest.param("claimed_identity", (("The customer was verified.", (4,)),), {}, id="says-verified-and-is-not"),
        pytest.param(
            "unproven_verified",
            (("They were charged twice.", (0,)),),
            {"verification": Verification(status=VerificationStatus.VERIFIED, turns=(0, 2))},
            id="verified-by-the-customers-word",
        ),
        pytest.param(
            "invented_promise",
            (("They were charged twice.", (0,)),),
            {"promises": (Promise(text="A refund will arrive within three days", turns=(4,)),)},
            id="promise-nobody-made",
        ),
        pytest.param("gate_refused", (("The bot refunded the order in full.", (4,)),), {}, id="denied-told-as-done"),
    ],
)
def test_a_planted_fault_is_found(
    check: str, lines: tuple[tuple[str, tuple[int, ...]], ...], more: dict[str, Any]
) -> None:
    """By the check that is there for it."""
    assert found(*lines, **more).get(check, 0) >= 1


def test_a_packet_without_a_summary_is_a_fault() -> None:
    """An empty summary helps nobody, whatever else is right."""
    packet = of_conversation().model_copy(
        update={"summary": of_conversation().summary.model_copy(update={"lines": (), "text": ""})}
    )
    seen = CHECKS.seen(packet, conversation())
    assert seen.checks["lost_summary"] == 1
    assert (seen.words, seen.ease) == (0, None)


def test_every_danger_is_checked_for() -> None:
    """None of the names that alert is a check that nobody makes."""
    assert set(DANGERS) <= set(CHECKS.seen(of_conversation(), conversation()).checks)
