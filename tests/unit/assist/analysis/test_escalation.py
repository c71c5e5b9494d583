"""Why a conversation goes to a human: rules fire with their turns, and the root cause comes first."""

import pytest

from assist.analysis.escalation import EscalationStage, escalation_of
from assist.domain.business import Domain, EscalationRule
from assist.domain.findings import DecidedBy, Escalation, EscalationReason, VerificationStatus
from assist.domain.transcript import Turn
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import PLAIN, a_case, packaged, read_through, scenes

R = EscalationReason
REFUSED = (customer("I want my deposit back."), bot("Sorry, the deposit is non-refundable."))
OFFER = bot("Would you like me to transfer you to an agent?")


def why(*turns: Turn, domain: Domain = PLAIN) -> Escalation:
    """Return the escalation of these turns, by words alone."""
    return read_through(a_case(*turns, domain=domain)).escalation


def test_a_conversation_that_goes_well_needs_nobody() -> None:
    """No rule fires, and the reason is none."""
    found = why(customer("When do you open?"), bot("At nine."), customer("Thanks!"))
    assert (found.reason, found.triggers) == (R.NONE, ())


@pytest.mark.parametrize(
    ("turns", "reasons"),
    [
        pytest.param((*REFUSED, OFFER, customer("Yes, connect me to an agent.")), (R.POLICY_LIMIT, R.CUSTOMER_REQUEST), id="a refusal, and a yes to the offer"),
        pytest.param((customer("Give me a human!"),), (R.CUSTOMER_REQUEST,), id="a demand"),
        pytest.param((customer("Delete my invoice."), bot("I'm unable to edit invoices."), OFFER), (R.OUT_OF_SCOPE,), id="no ability"),
        pytest.param((customer("Strange charge."), bot("Something is odd."), OFFER), (R.OUT_OF_SCOPE,), id="nothing but the bot's offer"),
        pytest.param((customer("x"), tool("Error: down", ok=False), tool("Error: down", ok=False), OFFER), (R.TECHNICAL_ERROR,), id="broken calls"),
    ],
)  # fmt: skip
def test_the_root_cause_comes_first(turns: tuple[Turn, ...], reasons: tuple[EscalationReason, ...]) -> None:
    """What made the hand-over necessary stands before what asked for it."""
    found = why(*turns)
    assert (found.reason, *found.secondary) == reasons


def test_a_failed_check_comes_before_the_risk_it_guards() -> None:
    """Fraud was the topic, but what stops the bot is that nobody is verified."""
    found = why(
        customer("I need to report a fraud."),
        bot("Your account number?"),
        customer("I don't remember."),
        bot("Your date of birth?"),
        customer("I forgot."),
        bot("I am sorry, I cannot authenticate you."),
    )
    assert (found.reason, found.secondary[0]) == (R.VERIFICATION_FAILED, R.HIGH_RISK)


def test_an_acute_danger_comes_before_everything() -> None:
    """Health first, even after a refusal."""
    stage = EscalationStage.taught(packaged())
    case = a_case(*REFUSED, customer("I think I swallowed too many pills and feel dizzy."), embedded=True)
    found = stage.by_rules(case)
    assert (found.reason, found.secondary[0]) == (R.HIGH_RISK, R.POLICY_LIMIT)


def test_who_decided_is_told() -> None:
    """The customer by demanding, the bot by offering, an error by breaking, else a rule."""
    assert why(customer("Give me a human!")).decided_by is DecidedBy.CUSTOMER
    assert why(*REFUSED, customer("hm"), OFFER).decided_by is DecidedBy.BOT
    assert why(customer("x"), *[tool("Error: down", ok=False)] * 2).decided_by is DecidedBy.ERROR
    assert why(*REFUSED).decided_by is DecidedBy.RULE


def with_rules(*rules: EscalationRule) -> Domain:
    """Return a domain of these rules only."""
    return Domain(name="own", title="Own", escalation=rules)


def test_a_domains_rules_replace_the_usual_ones() -> None:
    """Only what the domain lists can fire, with the domain's name for it."""
    own = with_rules(EscalationRule(name="swears", when="keywords", reason=R.NEGATIVE_SENTIMENT, words=("darn",)))
    assert why(*REFUSED, domain=own).reason is R.NONE
    found = why(customer("Darn it!"), domain=own)
    assert [trigger.rule for trigger in found.triggers] == ["swears"]
    assert found.reason is R.NEGATIVE_SENTIMENT


def test_thresholds_and_warnings_hold_apart() -> None:
    """Under the threshold but over the warning level a rule warns and does not fire."""
    limit = EscalationRule(name="limit", when="amount_over", reason=R.POLICY_LIMIT, threshold=500, warn_at=400)
    stage = EscalationStage(scenes())
    for amount, fired, warned in ((390, 0, 0), (450, 0, 1), (500, 1, 0)):
        judged = stage.judge(a_case(customer(f"Refund ${amount}!"), domain=with_rules(limit)))
        assert (len(judged.fired), len(judged.warnings)) == (fired, warned)


def test_candidate_rules_can_be_tried_without_touching_the_domain() -> None:
    """A judgement by other rules leaves the domain's alone."""
    stage = EscalationStage(scenes())
    case = a_case(*REFUSED)
    tried = stage.judge(
        case, [EscalationRule(name="chatty", when="long_interaction", reason=R.NO_PROGRESS, threshold=1)]
    )
    assert escalation_of(tried).reason is R.NO_PROGRESS
    assert stage.by_rules(case).reason is R.POLICY_LIMIT


def test_the_answer_grows_with_the_conversation() -> None:
    """Evaluated after every turn, a reason appears with the turn that gives it and stays while it is open."""
    turns = (*REFUSED, customer("But I need it!"), OFFER, customer("Yes, connect me to an agent."))
    reasons = [why(*turns[: length + 1]).reason for length in range(len(turns))]
    assert reasons == [R.NONE, R.POLICY_LIMIT, R.POLICY_LIMIT, R.POLICY_LIMIT, R.POLICY_LIMIT]


@pytest.mark.parametrize(
    "piece", ["1", " ", '"', "a_", "-1-", "no ", "ok, ", ",.!", '{"a":[', "i can, my ", "- date of birth:\n"]
)
def test_odd_texts_of_full_length_are_read_through(piece: str) -> None:
    """The longest turn that is let in, made of one piece over and over, is read like any other."""
    text = (piece * 16_000)[:16_000]
    found = read_through(a_case(bot("Your PIN, please?"), customer(text), bot(text), tool(text), customer("yes")))
    assert found.verification.status is not VerificationStatus.VERIFIED


@pytest.mark.parametrize(
    ("turns", "reason"),
    [
        pytest.param((customer("Pay my gardener 900."), bot("Your daily limit is $500, so I can't send $900."), bot("I am transferring you."), customer("Thanks, bye")), R.POLICY_LIMIT, id="thanks for a hand-over close nothing"),
        pytest.param((customer("Can my parrot fly with me?"), bot("That is decided by our cargo desk, not by me."), customer("ok")), R.OUT_OF_SCOPE, id="another desk's"),
        pytest.param((customer("What is line 7 on the bill?"), bot("I don't know."), customer("who does?"), bot("I'm passing this to our billing team.")), R.KNOWLEDGE_GAP, id="not known, and passed on"),
        pytest.param((customer("Save my new address."), bot("I still cannot save it."), bot("I'm giving this to a colleague.")), R.TECHNICAL_ERROR, id="the system, in words"),
        pytest.param((customer("Hi"), bot("What is your reference?"), customer("It is at home."), bot("Without the reference I cannot find your claim.")), R.MISSING_INFORMATION, id="a detail is lacking"),
        pytest.param((customer("My lawn mower started smoking and burned my hand."), bot("Which colour would you like?")), R.HIGH_RISK, id="a danger"),
        pytest.param((customer("Hey"), bot("Sorry, I didn't get that."), customer("My bill"), bot("Sorry, I didn't get that. I'll ask a colleague to take over.")), R.NOT_UNDERSTOOD, id="not understood, and passed on"),
    ],
)  # fmt: skip
def test_what_the_bot_says_is_the_reason(turns: tuple[Turn, ...], reason: EscalationReason) -> None:
    """The bot's own words say why it got no further, and its hand-over leads back to them."""
    assert why(*turns).reason is reason


def test_a_demand_after_failure_has_a_cause() -> None:
    """Out of the blue a demand comes first; after a bot that did not understand, that comes before it."""
    lost = (
        customer("Letter."),
        bot("Sorry, I didn't get that."),
        customer("A letter!"),
        bot("Sorry, I didn't get that."),
    )
    assert why(*lost, customer("Give me a human!")).reason is R.NOT_UNDERSTOOD
