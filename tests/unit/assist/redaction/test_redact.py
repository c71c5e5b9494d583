"""The door: a transcript goes in, its secrets stay behind."""

from typing import Any

from assist.domain.transcript import Transcript
from assist.redaction import redact
from tests.builders import a_transcript, bot, customer, tool


def _texts(transcript: Transcript) -> list[str]:
    return [turn.text for turn in transcript.turns]


def test_an_answer_is_understood_by_its_question() -> None:
    """A bare number after the question for the PIN is the PIN."""
    redacted = redact(a_transcript(bot("What is your PIN?"), customer("8912")))
    assert _texts(redacted.transcript)[1] == "[PIN_1]"
    assert redacted.redactions == {"pin": 1}


def test_the_order_of_a_double_question_tells_the_answers_apart() -> None:
    """Of "account number and PIN" only the second number is masked."""
    redacted = redact(a_transcript(bot("Your account number and PIN, please?"), customer("35678 and 8912")))
    assert _texts(redacted.transcript)[1] == "35678 and [PIN_1]"


def test_a_choice_from_a_menu_is_no_secret() -> None:
    """The number picked says what is wanted; a numbered list of questions is still one of questions."""
    menu = bot("Please select: 1 Change password, 2 Change e-mail, 3 Close account")
    listed = bot("I need: 1. your account number 2. your PIN 3. your postcode")
    redacted = redact(a_transcript(menu, customer("1"), listed, customer("35678, 8912, 53204")))
    assert _texts(redacted.transcript)[1] == "1"
    assert "8912" not in _texts(redacted.transcript)[3]


def test_an_answer_without_a_value_stays() -> None:
    """Words that refuse an answer are no password."""
    asked = bot("What is your password?")
    redacted = redact(a_transcript(asked, customer("I forgot it"), asked, customer("why do you ask?")))
    assert redacted.redactions == {}


def test_a_secret_announced_in_one_turn_is_masked_in_the_next() -> None:
    """The words that announce a PIN leave the number to the next turn."""
    redacted = redact(a_transcript(customer("my pin is"), customer("4432")))
    assert _texts(redacted.transcript) == ["my pin is", "[PIN_1]"]


def test_equal_values_share_a_placeholder_wherever_they_stand() -> None:
    """A PIN repeated by the bot, a tool and an extra field is one value."""
    redacted = redact(
        a_transcript(
            bot("What is your PIN?"),
            customer("8912"),
            tool('{"checked": "8912"}', name="check", PIN='"8912"'),
            bot("Thank you, 8912 is right."),
            note={"said": "8912"},
        )
    )
    document = redacted.transcript.model_dump(mode="json")
    assert document["turns"][1]["text"] == "[PIN_1]"
    assert document["turns"][2]["text"] == '{"checked": "[PIN_1]"}'
    assert document["turns"][2]["tool"]["arguments"] == {"PIN": '"[PIN_1]"'}
    assert document["turns"][3]["text"] == "Thank you, [PIN_1] is right."
    assert document["note"] == {"said": "[PIN_1]"}


def test_structures_are_walked_whole() -> None:
    """Attributes, nested values and unknown fields are masked by their keys, numbers included."""
    attributes: dict[str, Any] = {
        "ssn": 219099999,
        "card": {"number": "4111111111111111", "last_four": "1111"},
        "logins": [{"password": "s3cret", "password_reset": True}],
        "tier": "gold",
    }
    redacted = redact(a_transcript(customer("hi"), customer={"id": "u-7", "attributes": attributes}))
    assert redacted.transcript.customer is not None
    assert redacted.transcript.customer.attributes == {
        "ssn": "[NATIONAL_ID_1]",
        "card": {"number": "[CARD_NUMBER_1]", "last_four": "1111"},
        "logins": [{"password": "[PASSWORD_1]", "password_reset": True}],
        "tier": "gold",
    }


def test_numbering_goes_on_from_earlier_turns() -> None:
    """Turns appended later take the next numbers, and know the question that came before them."""
    first = redact(a_transcript(customer("my pin is 1234"), bot("And your new PIN?")))
    second = redact(a_transcript(customer("5678")), counts=first.redactions, before=first.turns)
    assert _texts(second.transcript) == ["[PIN_2]"]
    assert second.redactions == {"pin": 1}


def test_everything_else_stays_as_it_came() -> None:
    """Fields that were not sent are not invented, and text without secrets is the same text."""
    transcript = a_transcript(customer("Where is order #W4410973?", nlu={"intent": "status", "confidence": 0.4}))
    redacted = redact(transcript)
    assert redacted.transcript == transcript
    assert redacted.transcript.model_fields_set == transcript.model_fields_set


def test_other_personal_data_is_counted_and_stays_readable() -> None:
    """The human who takes over sees the e-mail; the count says that it is there."""
    redacted = redact(a_transcript(customer("mail ada@example.com, or ADA@example.com, card 4111111111111111")))
    assert "ada@example.com" in _texts(redacted.transcript)[0]
    assert redacted.redactions == {"card_number": 1, "email": 1}
