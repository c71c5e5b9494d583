"""Secrets in one text: what is masked, and what must not be."""

import pytest

from assist.redaction import Kind, find


def _found(text: str) -> list[tuple[str, str]]:
    return [(span.type.value, text[span.start : span.end]) for span in find(text) if span.type is not Kind.NAME]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("my card is 4111 1111 1111 1111", [("card_number", "4111 1111 1111 1111")], id="card in groups"),
        pytest.param("use 5500-0000-0000-0004 please", [("card_number", "5500-0000-0000-0004")], id="card with dashes"),
        pytest.param(
            "4111111111111111 12/27 123",
            [("card_number", "4111111111111111"), ("cvv", "123")],
            id="code after the expiry date",
        ),
        pytest.param(
            "my credit card number is 4532 6852 8755 5293", [("card_number", "4532 6852 8755 5293")], id="mistyped card"
        ),
        pytest.param("My PIN is 8912", [("pin", "8912")], id="PIN"),
        pytest.param("I think the pin might be 3100 or 1596", [("pin", "3100"), ("pin", "1596")], id="two PINs"),
        pytest.param("my pin is eight nine one two", [("pin", "eight nine one two")], id="spoken PIN"),
        pytest.param("0417 is my pin", [("pin", "0417")], id="value before the word"),
        pytest.param("the cvv is 321", [("cvv", "321")], id="card code"),
        pytest.param("password: hunter2!x", [("password", "hunter2!x")], id="password after a colon"),
        pytest.param("my password is Blue42", [("password", "Blue42")], id="password in a sentence"),
        pytest.param("SSN 219-09-9999", [("national_id", "219-09-9999")], id="social security number"),
        pytest.param(
            "the last four of my ssn are 9999", [("national_id", "9999")], id="end of a social security number"
        ),
        pytest.param("my ssn n 0 5306", [("national_id", "5306")], id="number heard as n 0"),
        pytest.param("card no is ac 5120993348", [("card_number", "ac 5120993348")], id="letters before the digits"),
        pytest.param("passport number C01X00T47", [("national_id", "C01X00T47")], id="passport"),
        pytest.param("the code you sent is 482913", [("one_time_code", "482913")], id="one-time code"),
        pytest.param('{"pin": "8912", "ok": true}', [("pin", "8912")], id="JSON key"),
        pytest.param("{'cardCvv': 123}", [("cvv", "123")], id="Python literal"),
        pytest.param("GET /x?pin=8912&page=2", [("pin", "8912")], id="query string"),
        pytest.param("Her maiden name is Copper", [("security_answer", "Copper")], id="security answer"),
        pytest.param("password is 7731 kq", [("password", "7731 kq")], id="password of two words"),
        pytest.param("user id orla_82 password marigold", [("password", "marigold")], id="password in a list"),
        pytest.param("5821 this is my ssn", [("national_id", "5821")], id="a national id before its name"),
        pytest.param(
            "4532 6852 8755 5293 that was my old card",
            [("card_number", "4532 6852 8755 5293")],
            id="card before its name",
        ),
        pytest.param(
            "ssn 6120 and card 8834", [("national_id", "6120"), ("card_number", "8834")], id="a card's end as proof"
        ),
        pytest.param(
            "Authorization: Bearer abcdefghijklmnop123", [("password", "abcdefghijklmnop123")], id="bearer token"
        ),
    ],
)
def test_a_secret_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    """A secret is found by its shape, by the word beside it, or by its key."""
    assert _found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "order #W5490111 cost $1023.16",
        "reservation FQ8APE, flight HAT214 on 2026-05-19",
        "order number 4539578763621486",
        "tracking number 5500000000000004",
        "Visa ending in 7285",
        "your PIN has been reset on 2026-05-01",
        "I forgot my password yesterday",
        "I forgot my password today",
        "User name works but the password field stays red",
        "my password is not working",
        "the pin was changed 3 times",
        "the amount is 4,500.00 dollars",
        "account 84318931431",
        '{"pin_attempts": 300, "password_reset": "sent"}',
        '{"pin": "correct", "password": true}',
        "postal pin code 560001",
        "gift_card_4111111111111111",
        "never tell anybody your PIN",
    ],
)
def test_ordinary_numbers_and_words_stay(text: str) -> None:
    """Order numbers, amounts, dates and talk about secrets are not secrets."""
    assert _found(text) == []
