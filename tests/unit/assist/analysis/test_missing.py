"""What the human still has to find out."""

from assist.analysis.facts.facts import FactsStage
from assist.analysis.facts.missing import MissingStage
from assist.domain.business import Domain, FactDefinition, IntentDefinition
from assist.domain.findings import Intent, Verification, VerificationStatus
from assist.domain.transcript import Turn
from tests.builders import bot, customer
from tests.unit.assist.analysis.cases import a_case

_SHOP = Domain(
    name="shop",
    title="Shop",
    intents=(IntentDefinition(label="return_items", name="Return", needs=("order_id", "item")),),
    facts=(FactDefinition(name="order_id", title="Order number"), FactDefinition(name="item", title="Item to return")),
)


def _missing(*turns: Turn, status: VerificationStatus = VerificationStatus.VERIFIED) -> tuple[str, ...]:
    case = a_case(*turns, domain=_SHOP)
    case = case.having(intent=Intent(label="return_items"), verification=Verification(status=status))
    return MissingStage().by_rules(case.having(facts=FactsStage().by_rules(case)))


def test_what_the_intent_needs_and_nobody_said_is_missing() -> None:
    """Needs that are facts already are not missing; the others carry the title of the domain."""
    assert _missing(bot("Your order number?"), customer("W1234567")) == ("Item to return",)


def test_identity_details_asked_in_vain_are_missing_while_nothing_is_proven() -> None:
    """What the customer could not give is named, and so is the missing proof."""
    found = _missing(
        bot("Your order ID and your PIN, please?"),
        customer("I forgot both"),
        status=VerificationStatus.FAILED,
    )
    assert found[:2] == ("Order number", "Item to return")
    assert "Pin" in found
    assert found[-1] == "Proof of who the customer is"


def test_a_proven_identity_needs_no_further_details() -> None:
    """A question about identity that another proof answered is not open."""
    found = _missing(bot("What is your account number?"), customer("I don't remember"))
    assert "Account number" not in found


def test_a_question_that_the_customer_could_not_answer_is_missing() -> None:
    """It is put as an indirect question."""
    found = _missing(bot("Have you already paid the fee?"), customer("I cannot remember"))
    assert "Whether they have already paid the fee" in found
