"""What the customer has proved: a small state machine that never says verified without proof."""

import pytest

from assist.analysis.identity.verification import VerificationStage
from assist.domain.business import Domain, Proof, VerificationMethod
from assist.domain.findings import AttemptOutcome, Verification, VerificationStatus
from assist.domain.transcript import Role, Turn
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import PLAIN, a_case

WANTED = customer("I'd like to know my balance, please.")


def found(*turns: Turn, domain: Domain = PLAIN) -> Verification:
    """Return what the stage says."""
    return VerificationStage().by_rules(a_case(*turns, domain=domain))


def test_a_conversation_without_a_check_is_not_attempted() -> None:
    """Nothing asked, nothing proved."""
    assert found(WANTED, bot("Hello!")).status is VerificationStatus.NOT_ATTEMPTED


def test_a_secret_that_the_back_end_accepts_verifies() -> None:
    """An account number with its PIN, accepted by a call that does something else as well, proves identity."""
    verification = found(
        WANTED,
        bot("What is your account number?"),
        customer("40021177"),
        bot("And your PIN, please?"),
        customer("[PIN_1]"),
        tool('{"balance": 310}', name="get_balance", account_number="40021177", pin="[PIN_1]"),
    )
    assert verification.status is VerificationStatus.VERIFIED
    assert set(verification.turns) >= {4, 5}
    assert [attempt.outcome for attempt in verification.attempts] == [AttemptOutcome.SUCCEEDED]


def test_answers_without_a_check_prove_nothing() -> None:
    """All answers are there, but no call has run: not attempted."""
    verification = found(
        WANTED,
        bot("Could you give me your date of birth?"),
        customer("4 May 1971"),
        bot("What was your mother's maiden name?"),
        customer("Lopez"),
    )
    assert verification.status is VerificationStatus.NOT_ATTEMPTED


def test_a_failed_check_and_then_a_passed_one_is_verified_with_a_failed_attempt() -> None:
    """The history stays in the attempts."""
    verification = found(
        WANTED,
        bot("Your account number and PIN, please."),
        customer("40021177 and [PIN_1]"),
        tool('{"message": "Wrong PIN"}', name="get_balance", ok=False, account_number="40021177", pin="[PIN_1]"),
        bot("I am sorry, I cannot authenticate you with that. Could you give me the PIN again?"),
        customer("[PIN_2]"),
        tool('{"balance": 310}', name="get_balance", account_number="40021177", pin="[PIN_2]"),
    )
    assert verification.status is VerificationStatus.VERIFIED
    outcomes = [attempt.outcome for attempt in verification.attempts]
    assert outcomes[0] is AttemptOutcome.FAILED
    assert outcomes[-1] is AttemptOutcome.SUCCEEDED


def test_a_check_that_fails_last_is_failed() -> None:
    """What was verified and then denied is failed: the lower status in doubt."""
    verification = found(
        WANTED,
        bot("Your account number and PIN, please."),
        customer("40021177 and [PIN_1]"),
        tool('{"balance": 310}', name="get_balance", account_number="40021177", pin="[PIN_1]"),
        bot("For the transfer I need the PIN of the other account."),
        customer("[PIN_2]"),
        bot("I am sorry, I cannot authenticate you with the information you have provided."),
    )
    assert verification.status is VerificationStatus.FAILED


def test_an_account_that_was_found_identifies() -> None:
    """A booking number that finds a booking proves nothing of who asks."""
    verification = found(
        customer("Please cancel booking K77PQ1."),
        tool('{"booking_id": "K77PQ1", "name": "Ada"}', name="get_booking_details", booking_id="K77PQ1"),
    )
    assert verification.status is VerificationStatus.IDENTIFIED
    assert verification.turns == (0, 1)


def test_a_look_up_that_the_bot_asked_for_as_proof_verifies() -> None:
    """The same look-up proves identity where the bot says that it is for that."""
    verification = found(
        customer("I want to return a lamp."),
        bot("First I need to authenticate your identity. Could you give me your e-mail?"),
        customer("ada@example.com"),
        tool("ada_example_17"),
    )
    assert verification.status is VerificationStatus.VERIFIED


def test_a_second_way_after_a_failed_proof_is_proof_as_well() -> None:
    """The e-mail was not found; name and zip code, asked for next, verify."""
    verification = found(
        bot("For verification, what is your e-mail address?"),
        customer("ada@example.com"),
        tool("Error: user not found", ok=False),
        bot("I could not find that. Please give me your first name, last name and zip code."),
        customer("Ada Example, 10115"),
        tool("ada_example_17"),
    )
    assert verification.status is VerificationStatus.VERIFIED


def test_an_order_that_is_not_found_later_takes_nothing_away() -> None:
    """A failed look-up of an order after the proof leaves the customer verified."""
    verification = found(
        bot("To verify your identity, please give me your e-mail."),
        customer("ada@example.com"),
        tool("ada_example_17"),
        bot("Thank you, you are verified. Could you give me the order number?"),
        customer("It is 44109."),
        tool("Error: order not found", ok=False),
    )
    assert verification.status is VerificationStatus.VERIFIED


def test_a_profile_that_is_not_found_is_a_failed_check() -> None:
    """The only look-up found nobody."""
    verification = found(
        bot("Could you give me your user ID?"), customer("I am Ada."), tool("Error: user not found", ok=False)
    )
    assert verification.status is VerificationStatus.FAILED


def test_credentials_asked_for_in_vain_are_a_failed_check() -> None:
    """Two different credentials that the customer does not know, and nothing after: it did not pass."""
    verification = found(
        WANTED,
        bot("What is your account number?"),
        customer("I don't remember."),
        bot("Your date of birth, please?"),
        customer("Why would you want to know that?"),
    )
    assert verification.status is VerificationStatus.FAILED


def test_a_credential_that_another_one_replaces_is_not_failed() -> None:
    """The account number is forgotten, the security questions are answered, the check has yet to run."""
    verification = found(
        WANTED,
        bot("What is your account number?"),
        customer("I forgot it."),
        bot("Then your date of birth, please?"),
        customer("04/05/1971"),
    )
    assert verification.status is VerificationStatus.NOT_ATTEMPTED


def test_a_chat_typed_by_a_person_identifies_by_what_was_asked_and_given() -> None:
    """Without tool turns, a person at a keyboard who gets name and order has opened the account out of sight."""
    verification = found(
        customer("hi"),
        customer("my parcel is late"),
        bot("can i have your full name and order id?"),
        customer("Ada Example"),
        customer("order id: 4410973"),
        bot("thanks"),
    )
    assert verification.status is VerificationStatus.IDENTIFIED


@pytest.mark.parametrize(
    "turns",
    [
        pytest.param([bot("Once you are verified I can tell you more.")], id="a condition"),
        pytest.param([bot("Have you been verified before?")], id="a question"),
        pytest.param([bot("I was not able to verify you.")], id="a denial"),
        pytest.param([bot("Let me get you verified first.")], id="an intention"),
        pytest.param([bot("I have verified the delivery date of your parcel.")], id="something else was verified"),
        pytest.param([bot("Your payment was successfully verified.")], id="a payment was verified"),
        pytest.param([customer("I am verified already, your colleague said so.")], id="the customer's own word"),
        pytest.param([tool('{"match": false}', name="check_pin", pin="[PIN_1]")], id="a check that says no"),
        pytest.param(
            [tool("PIN does not match", name="verify_pin", pin="[PIN_1]")], id="a check that says no in words"
        ),
        pytest.param([tool('{"status": "sent"}', name="send_verification_code", phone="5551200")], id="a code sent"),
        pytest.param([tool("done", name="reset_password", new_password="[PASSWORD_1]")], id="a secret to be set"),
        pytest.param([tool("true", name="check_user_eligibility", user_id="u1")], id="another check of a user"),
        pytest.param(
            [tool('{"score": 710}', name="run_credit_check", ssn="[NATIONAL_ID_1]")], id="a number for other ends"
        ),
        pytest.param([tool('{"zone": 4}', name="find_depot", pin_code="110001")], id="a postal pin code"),
        pytest.param(
            [
                tool("Error: wrong password", name="login", ok=False, password="[PASSWORD_1]"),
                bot("Thank you, you are verified."),
            ],
            id="the bot's word against the back end",
        ),
    ],
)
def test_nothing_of_this_is_verified(turns: list[Turn]) -> None:
    """What sounds like a passed check and is none never gives the highest status."""
    assert found(WANTED, *turns).status is not VerificationStatus.VERIFIED


@pytest.mark.parametrize(
    "said",
    [
        "Thank you, I have verified your identity.",
        "Thanks Ada, you're now fully verified. What can I do for you?",
        "Your identity has been confirmed.",
        "Verification successful.",
        "Authentication complete, thank you!",
    ],
)
def test_the_bots_plain_word_verifies(said: str) -> None:
    """Where no call is shown, the bot's word that it is done is the proof."""
    verification = found(bot("Your date of birth, please?"), customer("04/05/1971"), bot(said))
    assert verification.status is VerificationStatus.VERIFIED
    assert verification.turns == (1, 2)


def configured(proves: Proof) -> Domain:
    """Return a domain with one method of its own."""
    method = VerificationMethod(
        name="sign_in",
        ask_phrases=("magic word",),
        tools=("open_sesame*",),
        proves=proves,
        passed_phrases=("the cave is open",),
        failed_phrases=("the cave stays shut",),
    )
    return Domain(name="cave", title="Cave", verification=(method,))


@pytest.mark.parametrize(
    ("proves", "status"),
    [(Proof.IDENTITY, VerificationStatus.VERIFIED), (Proof.ACCOUNT, VerificationStatus.IDENTIFIED)],
)
def test_a_configured_tool_proves_what_the_domain_says(proves: Proof, status: VerificationStatus) -> None:
    """The domain's word on its own tools stands above the guess from the name."""
    verification = found(
        bot("The magic word?"), customer("please"), tool("ok", name="open_sesame_v2"), domain=configured(proves)
    )
    assert verification.status is status
    assert verification.attempts[0].method == "sign_in"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("The cave is open.", VerificationStatus.VERIFIED),
        ("The cave stays shut.", VerificationStatus.FAILED),
        ("Once the cave is open you may enter.", VerificationStatus.NOT_ATTEMPTED),
    ],
)
def test_configured_phrases_decide_where_no_call_is_shown(said: str, status: VerificationStatus) -> None:
    """Passed and failed phrases are heard, but not inside a condition."""
    assert found(customer("please"), bot(said), domain=configured(Proof.IDENTITY)).status is status


def test_a_list_of_details_asks_for_nothing() -> None:
    """A bot that shows a booking with birth dates and offers help has not asked for a birth date."""
    verification = found(
        customer("Show me booking K77PQ1."),
        bot(
            "Here it is:\n- Passenger: Ada\n- Date of birth: 04/05/1971\n- Account number: none\nAnything to change, please tell me."
        ),
        customer("I don't know yet."),
    )
    assert verification.status is VerificationStatus.NOT_ATTEMPTED


def test_a_transcript_of_one_turn_of_any_role_is_survived() -> None:
    """No role alone breaks the machine."""
    for role in Role:
        assert found(Turn(role=role, text="")).status is VerificationStatus.NOT_ATTEMPTED


def test_a_menu_asks_for_none_of_its_choices() -> None:
    """Who picks a number from "change password, close account" has given no password."""
    verification = found(
        bot("Please select: 1 Change password, 2 Change e-mail, 3 Close account"), customer("2"), bot("One moment.")
    )
    assert (verification.status, verification.attempts) == (VerificationStatus.NOT_ATTEMPTED, ())
