"""Values that the human will need, exactly as they stand."""

import pytest

from assist.analysis.facts.facts import FactsStage
from assist.domain.business import Domain, FactDefinition
from assist.domain.findings import Fact
from assist.domain.transcript import Turn
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import PLAIN, a_case

_TELECOM = Domain(
    name="telecom",
    title="Telecom",
    facts=(
        FactDefinition(name="contract", pattern=r"\b(CT-\d{6})\b", keys=("contractNo",)),
        FactDefinition(name="tariff", keys=("tariff_name",)),
    ),
)


def _facts(*turns: Turn, domain: Domain = PLAIN) -> dict[str, Fact]:
    found = FactsStage().by_rules(a_case(*turns, domain=domain))
    return {fact.name: fact for fact in reversed(found)}


def test_structure_names_values_by_their_keys() -> None:
    """Arguments and results are facts under the names that their keys stand for."""
    found = _facts(
        customer("Where is my parcel?"),
        tool('{"order_id": "A-77", "status": "shipped"}', name="get_order", order_id="A-77"),
    )
    assert found["order_id"].value == "A-77"
    assert found["status"].value == "shipped"


def test_the_same_value_is_one_fact_with_all_its_turns() -> None:
    """What the customer says and the tool returns is merged, whatever the spelling."""
    found = _facts(
        customer("My number is order #W1234567."),
        tool('{"order_id": "W1234567"}', name="get_order", order_id="W1234567"),
    )
    assert found["order_id"].turns == (0, 1)


def test_an_answer_is_named_after_its_question() -> None:
    """What was asked for gives a short answer its name."""
    found = _facts(bot("What is your membership level?"), customer("I'm bronze"))
    assert found["membership_level"] == Fact(name="membership_level", value="bronze", turns=(1,))


def test_answers_to_several_questions_are_told_apart() -> None:
    """A name has no digits, an e-mail has an @, and an id is neither."""
    found = _facts(
        bot("Your full name, username, e-mail and order ID, please?"),
        customer("chloe example, username: cexample70"),
        customer("cexample70@example.com"),
        customer("7086978684"),
    )
    assert {name: found[name].value for name in ("name", "username", "email", "order_id")} == {
        "name": "chloe example",
        "username": "cexample70",
        "email": "cexample70@example.com",
        "order_id": "7086978684",
    }


def test_the_domain_adds_patterns_and_keys() -> None:
    """A domain's own values are found in speech and in tool results."""
    found = _facts(
        customer("It is about contract CT-204511."),
        tool('{"contractNo": "CT-204511", "tariff_name": "Flex L"}', name="get_contract"),
        domain=_TELECOM,
    )
    assert found["contract"].turns == (0, 1)
    assert found["tariff"].value == "Flex L"


def test_the_reason_is_kept_word_for_word() -> None:
    """Why the customer wants it is a fact."""
    found = _facts(customer("I need to cancel because my daughter broke her leg."))
    assert found["reason"].value == "my daughter broke her leg"


def test_choices_that_the_bot_only_offers_are_no_facts() -> None:
    """A question with examples in it gives no values."""
    assert "amount" not in _facts(bot("Would you like a voucher of $50 or $100?"), customer("hm"))


def test_what_the_bot_thinks_to_itself_is_no_fact() -> None:
    """Notes and calculations of the bot are left out."""
    assert _facts(customer("hi"), tool("", name="think", thought="The user is Ada Example")) == {}


def test_the_record_in_question_comes_before_others() -> None:
    """Of several records the one that the customer names gives its details, the others do not."""
    other = '{"order_id": "#W1111111", "status": "pending", "total": 10.5}'
    meant = '{"order_id": "#W2222222", "status": "delivered", "total": 84.9}'
    found = FactsStage().by_rules(a_case(customer("Order #W2222222 is broken."), tool(other), tool(meant)))
    statuses = [fact.value for fact in found if fact.name == "status"]
    assert statuses[0] == "delivered"


def test_every_value_stands_in_its_turns() -> None:
    """A fact can be looked up where it says."""
    turns = (
        customer("I'm Ada Example, mail ada@example.com. I paid $1,250.50 on May 3rd for flight BA123."),
        bot("Your total was $1,250.50, paid with a Visa ending in 4242."),
    )
    for fact in FactsStage().by_rules(a_case(*turns)):
        assert all(fact.value in turns[turn].text for turn in fact.turns)


@pytest.mark.parametrize(
    ("question", "reply", "name"),
    [
        pytest.param("What is your name?", "Obviously.", "name", id="a retort is no name"),
        pytest.param("What is your booking code?", "Unbelievable!", "reservation_code", id="an outcry is no code"),
        pytest.param("What is your booking code?", "the same lady", "reservation_code", id="words are no code"),
        pytest.param("What is your phone number?", "The 320 for the hotel", "phone", id="an amount is no telephone"),
        pytest.param("What is your account number?", "it's [PIN_1]", "account_number", id="a masked secret"),
    ],
)
def test_an_answer_without_the_shape_of_what_was_asked_is_no_value(question: str, reply: str, name: str) -> None:
    """Whatever words follow a question, a code has a digit and a name is a name."""
    assert name not in _facts(bot(question), customer(reply))


def test_an_asked_code_is_cut_out_of_a_long_answer() -> None:
    """The id that was asked for is found in a reply of any length, without its full stop."""
    found = _facts(
        bot("Could you give me your user ID?"),
        customer("ada_lark_4410. We wanted to fly on the 14th but my mother fell ill, I am so sorry about this."),
    )
    assert found["user_id"].value == "ada_lark_4410"


def test_nested_names_and_ids_of_the_customer_are_found() -> None:
    """A display name, a holder in parts and an id under the customer count, the status of the answer does not."""
    found = _facts(
        customer("Hello"),
        tool(
            '{"status": 200, "data": {"customer": {"id": "C-5561", "displayName": "Ada Lark"}}}', name="customers.find"
        ),
    )
    assert found["name"].value == "Ada Lark"
    assert found["user_id"].value == "C-5561"
    assert "status" not in found
    held = _facts(customer("Hello"), tool('{"holder": {"first": "Ada", "last": "Lark"}}', name="account.get"))
    assert held["name"].value == "Ada Lark"


def test_a_back_end_that_answers_in_prose_is_read_too() -> None:
    """Pairs between bars, a holder after a colon, and error codes are values."""
    found = _facts(
        customer("No signal here"),
        tool("line 5550114 | plan Max | roaming ON since 2026-11-15", name="line_info"),
        tool("Error: the ledger rejected the entry (code GC-LEDGER-07)", name="pay"),
    )
    assert found["plan"].value == "Max"
    assert found["roaming"].value == "ON since 2026-11-15"
    assert found["error_code"].value == "GC-LEDGER-07"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        pytest.param(
            "they took two hundred and nineteen dollars from me", "two hundred and nineteen dollars", id="sum"
        ),
        pytest.param("it was the ninth of november i believe", "the ninth of november", id="day"),
        pytest.param("the number is w five five zero eight three", "w five five zero eight three", id="spelled"),
        pytest.param("il conto era di 86 euro", "86 euro", id="euro"),
        pytest.param("Me cobraron 276,10 € de más", "276,10 €", id="decimal comma"),
        pytest.param("Mi vuelo sale el 3 de mayo", "3 de mayo", id="foreign month"),
        pytest.param("what is the “green access” line on my bill", "green access", id="quoted"),
        pytest.param("i flew from nashville to boston", "nashville to boston", id="route"),
        pytest.param("My reference is 44-907715.", "44-907715", id="reference"),
    ],
)
def test_values_are_heard_in_words_and_in_other_languages(said: str, value: str) -> None:
    """Spoken numbers, foreign dates and amounts, quoted names and references stand as they were said."""
    assert value in {fact.value for fact in _facts(customer(said)).values()}


@pytest.mark.parametrize("said", ["Hi! I'm Nora, your virtual assistant.", "Hello, this is Nora.", "Nora here!"])
def test_the_bots_own_name_is_not_the_customers(said: str) -> None:
    """Who introduces itself is not who is served."""
    found = FactsStage().by_rules(a_case(bot(said), customer("My card is gone, please stop it.")))
    assert "name" not in {fact.name for fact in found}


def test_a_charge_that_is_wanted_back_is_no_item() -> None:
    """What they want back is named; money is no product."""
    assert "item" not in _facts(customer("I was charged twice and want the second charge back."))
    assert _facts(customer("I want the blue jacket back."))["item"].value == "blue jacket"
