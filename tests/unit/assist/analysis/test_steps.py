"""What was done or tried: from calls first, then from the words, in order, each with its proof."""

import re

from hypothesis import given
from hypothesis import strategies as st

from assist.analysis.steps.steps import StepsStage
from assist.analysis.steps.wording import sentence, tried
from assist.analysis.tools.verbs import past
from assist.domain.business import Domain, StepDefinition, StepKind
from assist.domain.findings import Fact, Step, StepBy, StepOutcome
from assist.domain.transcript import Role, Turn
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import PLAIN, a_case, words_only


def steps(*turns: Turn, domain: Domain = PLAIN) -> list[Step]:
    """Return the steps of these turns, by words alone."""
    return list(StepsStage(words_only()).by_rules(a_case(*turns, domain=domain)))


def test_a_look_up_is_a_step_with_its_answer() -> None:
    """What was asked, the call and the bot's next words prove it, and the id stands in the wording."""
    found = steps(
        customer("Where is K77PQ1?"),
        tool('{"booking_id": "K77PQ1"}', name="get_booking_details", booking_id="K77PQ1"),
        bot("It is confirmed."),
    )
    assert [(s.action, s.by, s.outcome, s.turns) for s in found] == [
        ("Looked up booking K77PQ1", StepBy.BOT, StepOutcome.SUCCEEDED, (0, 1, 2))
    ]


def test_a_call_that_fails_was_tried() -> None:
    """The wording says that it was only tried."""
    found = steps(
        customer("Cancel it."), tool("Error: back end down", name="cancel_booking", ok=False, booking_id="K77PQ1")
    )
    assert [(s.action, s.outcome) for s in found] == [("Tried to cancel booking K77PQ1", StepOutcome.FAILED)]


def test_the_domains_wording_is_used() -> None:
    """A template with arguments in braces words the step, and its failure too."""
    shop = Domain(
        name="shop",
        title="Shop",
        steps=(StepDefinition(tools=("set_addr*",), action="Changed the address of {order_id}", kind=StepKind.CHANGE),),
    )
    worked = steps(customer("x"), tool("done", name="set_address", order_id="#7"), domain=shop)
    failed = steps(customer("x"), tool("Error: no", name="set_address", ok=False, order_id="#7"), domain=shop)
    assert worked[0].action == "Changed the address of #7"
    assert failed[0].action == "Tried to change the address of #7"


def test_look_ups_of_one_kind_in_a_row_are_one_step() -> None:
    """Four orders read one after the other are told once."""
    calls = [tool(f'{{"order_id": "#{n}"}}', name="get_order_details", order_id=f"#{n}") for n in range(4)]
    found = steps(customer("Show my orders."), *calls, bot("Here they are."))
    assert [(s.action, s.turns) for s in found] == [("Looked up 4 orders", (0, 1, 2, 3, 4, 5))]


def test_a_repeated_failing_change_is_told_once() -> None:
    """Three attempts at the same booking, with thoughts in between, are one step."""
    attempt = tool("Error: amount does not add up", name="book_trip", ok=False, trip_id="T1")
    thought = tool("", name="think", thought="hm")
    found = steps(customer("Book it."), attempt, thought, attempt, thought, attempt)
    assert [(s.outcome, s.turns) for s in found] == [(StepOutcome.FAILED, (0, 1, 3, 5))]


def test_a_hand_over_and_a_thought_are_no_steps() -> None:
    """What the bot does for itself is not told."""
    assert steps(customer("x"), tool("ok", name="transfer_to_human_agents"), tool("5", name="calculate", e="2+3")) == []


def test_a_call_without_a_name_is_worded_by_its_answer() -> None:
    """The shape of the answer says what was looked up."""
    profile = tool('{"name": {"first": "Ada"}, "email": "ada@example.com", "address": {}}')
    order = tool('{"order_id": "#7", "status": "pending"}')
    found = steps(customer("x"), profile, order, bot("I see."))
    assert [s.action for s in found] == ["Looked up the customer's profile and order #7"]


def test_a_call_after_the_customers_yes_carries_out_the_change() -> None:
    """A call without a name, right after a confirmed change, is that change."""
    found = steps(
        customer("Make it size M."),
        bot("I will change it to size M. Please confirm to proceed."),
        customer("Yes, please."),
        tool("Error: item not available", ok=False),
        bot("That did not work."),
    )
    assert [(s.action, s.outcome) for s in found] == [("Tried to carry out the confirmed change", StepOutcome.FAILED)]


def test_a_refusal_is_a_blocked_step() -> None:
    """What a rule forbids stands as blocked, with the wish and the refusal as proof."""
    found = steps(customer("I want my deposit back."), bot("I'm sorry, but the deposit is non-refundable."))
    assert [(s.action, s.outcome, s.turns) for s in found] == [
        ("Refused: the deposit is non-refundable", StepOutcome.BLOCKED, (0, 1))
    ]


def test_an_offer_that_is_turned_down_failed() -> None:
    """The customer's no is the outcome of the offer."""
    found = steps(
        customer("My parcel is late!"), bot("I can offer you a voucher of 20 euros."), customer("No, thank you.")
    )
    assert [(s.action, s.outcome) for s in found] == [("Offered a voucher of 20 euros", StepOutcome.FAILED)]


def test_an_unanswered_confirmation_is_pending() -> None:
    """A change put to the customer and not carried out yet is open."""
    found = steps(customer("Cancel it."), bot("Shall I cancel order #7?"), customer("Yes"))
    assert [s.outcome for s in found] == [StepOutcome.PENDING]


def test_a_passed_check_is_a_step_of_its_own() -> None:
    """The check and what the same call looked up are two things."""
    found = steps(
        bot("Your account number and PIN, please?"),
        customer("40021177 and [PIN_1]"),
        tool('{"balance": 310}', name="get_balance", account_number="40021177", pin="[PIN_1]"),
        bot("Your balance is 310."),
    )
    assert [(s.action, s.outcome) for s in found] == [
        ("Authenticated by account number and PIN", StepOutcome.SUCCEEDED),
        ("Looked up balance", StepOutcome.SUCCEEDED),
    ]


def test_what_the_customer_tried_counts() -> None:
    """An attempt of the customer's own is told as theirs."""
    found = steps(customer("I tried to reset my password but no mail comes"))
    assert [(s.by, s.outcome) for s in found] == [(StepBy.CUSTOMER, StepOutcome.FAILED)]


def test_what_the_customer_wants_to_try_is_no_step() -> None:
    """A wish is not an attempt."""
    assert steps(customer("I'm trying to book a table for four.")) == []


def test_stars_of_a_masked_address_stay_and_those_of_markdown_go() -> None:
    """A value is exact; emphasis is not said aloud."""
    assert sentence("a code was sent to r***@mail.example") == "A code was sent to r***@mail.example"
    assert sentence("**changed** the *flight*") == "Changed the flight"


def test_wording_helpers_keep_english() -> None:
    """Past tenses, their way back, and the end of a cut phrase."""
    assert [past(verb) for verb in ("send", "cancel", "notify", "merge", "reset")] == [
        "sent", "cancelled", "notified", "merged", "reset",
    ]  # fmt: skip
    assert tried("Looked up order #7") == "Tried to look up order #7"
    assert tried("Did a handstand") == "Did a handstand, without success"
    assert sentence("refused: the rate cannot be changed under the terms of the plan", limit=8) == (
        "Refused: the rate cannot be changed"
    )


_TEXTS = st.sampled_from(
    ["", "yes", "I can't do that.", "Error: user not found", "[]", '{"order_id": "#7"}', "Your PIN, please?", "[PIN_1]",
     "I will send a form to you.", "Shall I book it?", "I tried it twice", "ok", "Would you like another day?"]
)  # fmt: skip
_TURNS = st.builds(Turn, role=st.sampled_from(Role), text=_TEXTS)


@given(turns=st.lists(_TURNS, min_size=1, max_size=12))
def test_every_step_names_turns_that_exist(turns: list[Turn]) -> None:
    """Whatever comes, each step has wording, at least one turn, and none outside of the transcript."""
    for step in steps(*turns):
        assert re.match(r"[A-Z]", step.action)
        assert step.turns
        assert set(step.turns) <= set(range(len(turns)))


def test_a_step_names_no_value_from_elsewhere() -> None:
    """The order that the customer spoke of earlier is not the one that a call without an order was about."""
    stopping = StepDefinition(
        tools=("stop_parcel",), action="Stopped the parcel of order {order_id}", kind=StepKind.CHANGE
    )
    spoken = Fact(name="order_id", value="W1111111", turns=(0,))
    case = a_case(
        customer("Where is order W1111111?"),
        bot("On its way."),
        customer("Fine. And please stop the other parcel."),
        tool('{"stopped": true}', name="stop_parcel", parcel="P-7"),
        bot("Done."),
        domain=PLAIN.model_copy(update={"steps": (stopping,)}),
    ).having(facts=(spoken,))
    found = StepsStage(words_only()).by_rules(case)
    assert [step.action for step in found if 3 in step.turns] == ["Stopped the parcel of order"]
