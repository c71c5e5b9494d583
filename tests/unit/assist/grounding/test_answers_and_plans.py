"""Signs that the customer answered otherwise, that a step ended otherwise, or that a word or an id belongs to something else."""

from collections.abc import Callable

import pytest

from assist.domain.findings import Step, StepBy, StepOutcome, Verification
from assist.domain.transcript import Turn
from assist.grounding.claim import Claim
from assist.grounding.evidence import Evidence
from assist.grounding.signs.acts import failure_refuted, not_done_refuted, plan_unproven
from assist.grounding.signs.answers import answered_no, step_refuted
from assist.grounding.signs.binding import id_rebound, kind_rebound
from assist.grounding.signs.course import status_differs
from assist.grounding.signs.denials import absence_refuted, asserts_denied
from tests.builders import bot, customer, tool

Sign = Callable[[Claim], float]


def against(sign: Sign, text: str, *turns: Turn, steps: tuple[Step, ...] = ()) -> float:
    """Return how much a sign speaks against a statement that cites all of these turns."""
    evidence = Evidence(turns, verification=Verification(), steps=steps)
    return sign(Claim(text, tuple(range(len(turns))), evidence))


LEAK = (bot("Is something wrong with the kettle?"), customer("no, it's fine, just too loud"))
TABLES = (customer("The table for two is for Tuesday, and the big table is for Saturday."),)
SENT = (
    tool('{"status": "sent"}', name="send_parcel", parcel="PK-4410"),
    bot("Parcel PK-4410 was sent. PK-4471 stays here."),
)
WAIVE = (bot("I am not able to waive the fee."),)
FOUND = (tool('{"order": "70114", "status": "delivered"}', name="get_order", order="70114"),)
POLICY = (tool('{"ticket": "T-9", "insurance": "yes"}', name="get_ticket", ticket="T-9"),)


@pytest.mark.parametrize(
    ("sign", "text", "turns"),
    [
        pytest.param(answered_no, "Something is wrong with the kettle.", LEAK, id="asked by the bot, answered with no"),
        pytest.param(kind_rebound, "The big table is for Tuesday.", TABLES, id="a weekday of something else"),
        pytest.param(id_rebound, "Parcel PK-4471 was sent.", SENT, id="done with another id"),
        pytest.param(plan_unproven, "The fee will be waived.", WAIVE, id="announced, where it was refused"),
        pytest.param(failure_refuted, "The order could not be found.", FOUND, id="failed, where the call went well"),
        pytest.param(not_done_refuted, "The order has not been delivered.", FOUND, id="not done, where the record says so"),
        pytest.param(absence_refuted, "The ticket has no insurance.", POLICY, id="absent, where the record says yes"),
    ],
)  # fmt: skip
def test_a_false_statement_has_its_sign(sign: Sign, text: str, turns: tuple[Turn, ...]) -> None:
    """The sign speaks against it."""
    assert against(sign, text, *turns) > 0


@pytest.mark.parametrize(
    ("sign", "text", "turns"),
    [
        pytest.param(answered_no, "The kettle is too loud.", LEAK, id="the answer itself"),
        pytest.param(kind_rebound, "The big table is for Saturday.", TABLES, id="its own weekday"),
        pytest.param(id_rebound, "Parcel PK-4410 was sent.", SENT, id="the id that it was done with"),
        pytest.param(plan_unproven, "The fee will be waived.", (bot("I will waive the fee."),), id="announced"),
        pytest.param(plan_unproven, "The name is to be changed.", (customer("please change the name"),), id="a wish"),
        pytest.param(failure_refuted, "The order could not be found.", (bot("I cannot find the order."),), id="failed"),
        pytest.param(absence_refuted, "The ticket has insurance.", POLICY, id="what the record says"),
        pytest.param(status_differs, "The customer forgot the PIN.", (customer("I seem to have forgotten my PIN"),), id="seems to have"),
        pytest.param(asserts_denied, "The customer asks for someone with more authority.", (customer("Isn't there someone with more authority?"),), id="a question that urges denies nothing"),
    ],
)  # fmt: skip
def test_a_true_statement_has_no_sign(sign: Sign, text: str, turns: tuple[Turn, ...]) -> None:
    """The sign is silent."""
    assert against(sign, text, *turns) == 0


@pytest.mark.parametrize(
    ("outcome", "told"), [(StepOutcome.BLOCKED, 1.0), (StepOutcome.PENDING, 1.0), (StepOutcome.SUCCEEDED, 0.0)]
)
def test_what_a_step_did_not_reach_is_not_done(outcome: StepOutcome, told: float) -> None:
    """Only a step that succeeded lets its act be told as done."""
    step = Step(action="Refund of the seat fee", by=StepBy.BOT, outcome=outcome, turns=(0,))
    assert against(step_refuted, "The seat fee was refunded.", bot("About the seat fee."), steps=(step,)) == told


def test_a_label_in_a_plain_answer_commands_nobody() -> None:
    """A back end that answers "status: late" is evidence like any other."""
    evidence = Evidence([tool("visit VT-3301 / status: MISSED")], verification=Verification())
    assert evidence.source((0,)).text
