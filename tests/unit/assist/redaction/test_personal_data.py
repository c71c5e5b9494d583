"""Personal data that is not secret: found in texts, and put under placeholders toward a model."""

import pytest

from assist.redaction import find, pseudonymise, redact, redact_text
from tests.builders import a_transcript, bot, customer, tool


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param("write to ada.l@example.co.uk today", "email", "ada.l@example.co.uk", id="e-mail"),
        pytest.param(
            "it is jane dot doe at example dot com", "email", "jane dot doe at example dot com", id="spoken e-mail"
        ),
        pytest.param("call me at 541-555-0188", "phone", "541-555-0188", id="phone by notation"),
        pytest.param("my phone number is 8854685484", "phone", "8854685484", id="phone by word"),
        pytest.param("send it to GB29 NWBK 6016 1331 9268 19 now", "iban", "GB29 NWBK 6016 1331 9268 19", id="IBAN"),
        pytest.param("blocked address 203.0.113.7 again", "ip_address", "203.0.113.7", id="IP address"),
        pytest.param("see https://example.com/a?b=1.", "url", "https://example.com/a?b=1", id="web address"),
        pytest.param("my date of birth is 4/12/1987", "date_of_birth", "4/12/1987", id="date of birth"),
        pytest.param(
            "I live at 12 Long Street, Boston, MA 02110", "address", "12 Long Street, Boston, MA 02110", id="US address"
        ),
        pytest.param(
            "send it to 2210 Kestrelbaan 41 Suite 9 Ostwijk, thanks",
            "address",
            "2210 Kestrelbaan 41 Suite 9 Ostwijk",
            id="a street of an unknown form, told by its suite",
        ),
        pytest.param(
            "stop at the corner of Elm 9 and Harbour Way", "address", "the corner of Elm 9 and Harbour Way", id="corner"
        ),
        pytest.param("wir wohnen in der Lindenstraße 5", "address", "Lindenstraße 5", id="German address"),
        pytest.param("my name is ada example and i need help", "name", "ada example", id="introduced name"),
        pytest.param("Please ask for Daniela Moreno at the desk", "name", "Daniela Moreno", id="capitalised name"),
    ],
)
def test_personal_data_is_found(text: str, kind: str, value: str) -> None:
    """Each kind is found with its exact place."""
    assert (kind, value) in [(span.type.value, text[span.start : span.end]) for span in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "order 2137390162 in May",
        "The Water Bottle and the Action Camera from Las Vegas",
        "version 10.2.3.4 of the app",
        "flight from New York to Chicago on 2026-05-19 11:30",
        "I paid 1,625.00 with my Master Card",
    ],
)
def test_products_places_and_numbers_are_nobody(text: str) -> None:
    """Order numbers, products, towns and versions are not personal data."""
    assert find(text) == []


def test_a_text_is_redacted_with_offsets_of_the_original() -> None:
    """`spans` point into the text as it came; equal values share a placeholder."""
    text = "mail a@b.io or A@B.io, card 4111111111111111"
    redacted = redact_text(text)
    assert redacted.text == "mail [EMAIL_1] or [EMAIL_1], card [CARD_NUMBER_1]"
    assert [text[span.start : span.end] for span in redacted.spans] == ["a@b.io", "A@B.io", "4111111111111111"]


def test_a_model_sees_no_name_and_no_address() -> None:
    """Names given as answers, kept by tools or spelled in an id are under placeholders, and come back."""
    redacted = redact(
        a_transcript(
            bot("What is your name?"),
            customer("ada example"),
            tool('{"user_id": "ada_example_17", "first_name": "Ada", "last_name": "Example"}', email="ada@example.com"),
            bot("Thank you, Ada. Your PIN?"),
            customer("8912"),
        )
    )
    hidden = pseudonymise(redacted)
    seen = hidden.transcript.model_dump_json().lower()
    assert "ada" not in seen
    assert "example" not in seen
    assert "[pin_1]" in seen
    assert [hidden.vault.restore(turn.text) for turn in hidden.transcript.turns] == [t.text for t in redacted.turns]


def test_restoring_leaves_unknown_placeholders() -> None:
    """A placeholder that the vault never gave out stays as it stands."""
    vault = pseudonymise(redact(a_transcript(customer("hi")))).vault
    assert vault.restore("[EMAIL_9] and [PIN_1]") == "[EMAIL_9] and [PIN_1]"
