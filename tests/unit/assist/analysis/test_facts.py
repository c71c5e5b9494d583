"""Values that the human will need, exactly as they stand."""

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
