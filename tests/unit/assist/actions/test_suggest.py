"""Next-best actions."""

from assist.actions import ActionsStage
from assist.analysis.stage import Stage
from assist.domain.action import Citation, Mode, SuggestedAction
from assist.domain.business import DecisionRight
from assist.domain.findings import IntentGuess, StepOutcome, VerificationStatus
from tests.unit.assist.actions.situations import FixedSituation, a_call, a_hit, a_shop, a_situation, a_step

VERIFIED = VerificationStatus.VERIFIED
PASSAGE = (
    "# Refunds\n\n1. Look up the order in the **order desk**.\n2. Check the return date. It must be within 30 days.\n"
    "3. Send the label.\n\nRefunds are slow in December."
)


def suggested(situation: FixedSituation) -> dict[str, SuggestedAction]:
    """Return the suggestions by id, in order."""
    return {action.id: action for action in ActionsStage().by_rules(situation)}


def test_the_stage_keeps_the_protocol() -> None:
    """The actions stage can stand in the pipeline."""
    stage: Stage = ActionsStage()
    assert stage.name == "actions"


def test_the_playbook_gives_the_order() -> None:
    """For a verified customer the open steps come in the order of the playbook."""
    assert list(suggested(a_situation(status=VERIFIED))) == ["look_up_order", "refund_order", "explain_timing"]


def test_what_a_tool_turn_shows_done_is_not_suggested() -> None:
    """A call that matches the glob of a step takes it off the list."""
    assert next(iter(suggested(a_situation(a_call("get_order_details"), status=VERIFIED)))) == "refund_order"


def test_a_failed_call_leaves_the_step_open() -> None:
    """A step whose call failed is suggested again, and the suggestion says so."""
    step = a_step("Looked up order", StepOutcome.FAILED, 1)
    found = suggested(a_situation(a_call("get_order_details", ok=False), status=VERIFIED, steps=(step,)))
    assert "An earlier try failed." in found["look_up_order"].rationale
    assert Citation(turn=1) in found["look_up_order"].cites


def test_a_step_that_a_rule_stopped_stays_open() -> None:
    """A tool turn cited by a blocked step does not count as done."""
    step = a_step("Refunded the order", StepOutcome.BLOCKED, 1)
    assert "refund_order" in suggested(a_situation(a_call("refund_order", ok=None), status=VERIFIED, steps=(step,)))


def test_a_step_done_by_hand_is_not_suggested() -> None:
    """A step with the action's own words counts without any tool turn."""
    step = a_step("Look up the order", StepOutcome.SUCCEEDED, 1)
    assert "look_up_order" not in suggested(a_situation(a_call("other"), status=VERIFIED, steps=(step,)))


def test_verification_is_suggested_until_it_passed() -> None:
    """An identified customer still has to be verified, and the request names what is asked."""
    found = suggested(a_situation(status=VerificationStatus.IDENTIFIED))
    assert found["verify_customer"].title == "Verify the customer by PIN"
    assert found["verify_customer"].reply == (
        "Before I go on, I need to confirm who you are. Could you give me your PIN?"
    )
    assert "verify_customer" not in suggested(a_situation(status=VERIFIED))


def test_a_blocked_action_is_shown_last_with_its_reason_and_no_reply() -> None:
    """The agent sees what stands against the refund, but no text to send."""
    found = suggested(a_situation(facts={"order_id": "W1"}))
    assert list(found)[-1] == "refund_order"
    assert not found["refund_order"].allowed
    assert found["refund_order"].reply is None


def test_a_reply_holds_the_facts() -> None:
    """Braces in a reply are filled from the facts."""
    found = suggested(a_situation(status=VERIFIED, facts={"order_id": "W1"}))
    assert found["explain_timing"].reply == "A refund of order W1 takes five working days."


def test_a_reply_with_an_unknown_fact_is_left_out() -> None:
    """No reply is better than one with a hole in it."""
    assert suggested(a_situation(status=VERIFIED))["explain_timing"].reply is None


def test_a_reply_in_another_language_than_the_customers_says_so() -> None:
    """The playbook is English; a French customer gets what is French, and English named as such."""
    found = suggested(a_situation(facts={"order_id": "W1"}, language="fr-CA"))
    assert (found["explain_timing"].reply_language, found["verify_customer"].reply_language) == ("en", "fr")
    assert found["verify_customer"].reply == "Avant de continuer, je dois vérifier votre identité."


def test_an_unknown_intent_gets_safe_actions() -> None:
    """Where nobody understood the customer: verify, ask, read the best article; advice only, and no guessed playbook."""
    guess = IntentGuess(label="refund", confidence=0.2)
    found = suggested(
        a_situation(intent="unknown", confidence=0.2, alternatives=(guess,), knowledge=(a_hit("No steps here."),))
    )
    assert set(found) == {"ask_what_is_needed", "verify_customer", "read_article"}
    assert next(iter(found)) == "ask_what_is_needed"
    assert all(action.mode is Mode.ADVISE for action in found.values())


def test_an_unlikely_alternative_brings_nothing() -> None:
    """A second intent with less than a tenth of the probability of the first stays away."""
    guess = IntentGuess(label="fraud", confidence=0.05)
    assert "report_fraud" not in suggested(a_situation(confidence=0.6, alternatives=(guess,)))


def test_a_likely_alternative_brings_its_playbook_behind() -> None:
    """The steps of the second intent follow, weighted by its probability."""
    guess = IntentGuess(label="fraud", confidence=0.3)
    found = suggested(a_situation(status=VERIFIED, confidence=0.6, alternatives=(guess,)))
    assert list(found) == ["look_up_order", "refund_order", "report_fraud", "explain_timing"]


def test_articles_give_cited_instructions() -> None:
    """Instructions of a retrieved article are suggested with article and version; statements are not."""
    found = suggested(a_situation(intent="fraud", status=VERIFIED, knowledge=(a_hit(PASSAGE),)))
    titles = [action.title for action in found.values() if action.id.startswith("refunds_")]
    assert titles == ["Look up the order in the order desk", "Check the return date", "Send the label"]
    assert found["refunds_send_the_label"].cites == (Citation(article_id="refunds", version=3),)


def test_a_step_of_an_article_is_named_by_its_first_words() -> None:
    """The name is short, and two steps that begin alike have two names."""
    passage = "1. Send the new label to the customer by e-mail.\n2. Send the new label again where it got lost."
    found = suggested(a_situation(intent="fraud", status=VERIFIED, knowledge=(a_hit(passage),)))
    names = [name for name in found if name.startswith("refunds_")]
    assert names == ["refunds_send_the_new_label", "refunds_send_the_new_label_again"]


def test_irrelevant_articles_give_nothing() -> None:
    """Where the search found nothing relevant no article is cited."""
    found = suggested(a_situation(intent="fraud", knowledge=(a_hit(PASSAGE),), nothing_relevant=True))
    assert set(found) == {"report_fraud", "verify_customer"}


def test_the_playbooks_article_is_cited_with_the_version_retrieved() -> None:
    """A playbook step cites its article, with the version where the search brought it."""
    assert Citation(article_id="refunds") in suggested(a_situation())["look_up_order"].cites
    found = suggested(a_situation(knowledge=(a_hit("Nothing."),)))
    assert Citation(article_id="refunds", version=3) in found["look_up_order"].cites


def test_an_observed_action_is_not_suggested() -> None:
    """Where the rights say observe, the list stays empty."""
    assert suggested(a_situation(domain=a_shop(rights=(DecisionRight(mode=Mode.OBSERVE),)))) == {}


def test_at_most_five_are_suggested_each_with_a_rationale_and_once() -> None:
    """A long list is cut to five; no title comes twice, none without a reason."""
    found = ActionsStage().by_rules(a_situation(knowledge=(a_hit(PASSAGE), a_hit(PASSAGE, article_id="other"))))
    assert len(found) == 5
    assert len({action.title for action in found}) == 5
    assert all(action.rationale for action in found)
