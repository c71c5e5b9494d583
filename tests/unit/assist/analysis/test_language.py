"""The language of the customer's turns, and the fallback where it cannot be told."""

import pytest

from assist.analysis.language import LanguageDetector
from tests.builders import bot, customer, masked


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    """Return a detector with the usual fallback."""
    return LanguageDetector()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I still have not received the parcel you sent last week", "en"),
        ("Wo bleibt meine Lieferung, ich warte seit Montag", "de"),
        ("Quiero cancelar la reserva que hice ayer", "es"),
        ("Je n'arrive plus à me connecter à mon compte", "fr"),
        ("Non riesco a trovare il mio ordine", "it"),
        ("Ik kan niet inloggen op mijn account", "nl"),
        ("Não consigo pagar a minha fatura", "pt"),
        ("Nie mogę zalogować się na swoje konto", "pl"),
        ("Где моя посылка", "ru"),
        ("注文をキャンセルしたいです", "ja"),
        ("我想退货", "zh"),
    ],
)
def test_a_sentence_is_enough(detector: LanguageDetector, text: str, language: str) -> None:
    """One short sentence of a common language is recognised."""
    assert detector(masked(customer(text))) == language


@pytest.mark.parametrize(
    "text",
    ["ok", "Jane", "thx", "4471 9920", "anna.huber@example.de", "[CARD_NUMBER_1]", "https://beispiel.de/hilfe", "?!"],
)
def test_what_says_nothing_falls_back(detector: LanguageDetector, text: str) -> None:
    """Names, numbers, addresses and placeholders have no language."""
    assert detector(masked(customer(text))) == "en"


def test_only_the_customer_is_heard(detector: LanguageDetector) -> None:
    """A bot that speaks English does not make the customer English."""
    spoken = masked(
        bot("Hello and welcome, how may I help you with your order today?"),
        customer("Ich möchte gern meine Bestellung ändern"),
        bot("I am sorry, I did not understand that. Could you say it in other words?"),
        customer("Die Lampe soll schwarz sein, nicht weiß"),
    )
    assert detector(spoken) == "de"


def test_the_fallback_can_be_another() -> None:
    """Where nothing can be told, the configured language stands."""
    assert LanguageDetector(fallback="fr")(masked(customer("ok"))) == "fr"
