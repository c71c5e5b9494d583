"""What the customer did themselves is a step, with the bot's advice as its other half."""

import pytest

from assist.analysis.steps.customer_deeds import customer_steps
from assist.domain.findings import StepBy, StepOutcome
from tests.builders import bot, customer
from tests.unit.assist.analysis.cases import a_case


@pytest.mark.parametrize("reply", ["did that already, no change", "restarted. nothing", "yes, tried. still dark"])
def test_advice_that_was_followed_in_vain_is_a_failed_step(reply: str) -> None:
    """The bot says what to do, the customer that it did not help."""
    (step,) = customer_steps(a_case(bot("I see. Please restart your set-top box."), customer(reply)))
    assert (step.by, step.outcome, step.turns) == (StepBy.CUSTOMER, StepOutcome.FAILED, (0, 1))
    assert step.action == "Restarted their set-top box"


def test_what_was_done_before_is_a_step() -> None:
    """A report that the customer has filed already."""
    (step,) = customer_steps(a_case(customer("I've filed a report with the police, here is the number")))
    assert step.outcome is StepOutcome.SUCCEEDED


@pytest.mark.parametrize(
    "said", ["Did you read what I wrote?", "We turned the attic into an office", "ok, I will restart it"]
)
def test_other_talk_is_no_deed(said: str) -> None:
    """Questions, stories and plans are no steps."""
    assert not customer_steps(a_case(bot("Please tell me more."), customer(said)))
