"""A customer who wants a human is heard in any wording."""

import numpy as np
import pytest

from assist.analysis.human_request import HumanRequests
from tests.builders import bot, customer
from tests.unit.assist.analysis.cases import a_case, packaged


@pytest.fixture(scope="module")
def requests() -> HumanRequests:
    """Return the reader, taught."""
    return HumanRequests.taught(packaged())


def asks(requests: HumanRequests, text: str) -> bool:
    """Return whether the text asks for a human."""
    return bool(requests.of(a_case(customer(text), embedded=True)))


@pytest.mark.parametrize(
    "text",
    [
        "Can I speak to a real person?",
        "put me through to your billing department",
        "human please",
        "I'd rather discuss that with one of your colleagues than with a computer",
        "Is there anybody else there I could talk to?",
        "I want to talk to the front desk",
        "Escalate this to someone with authority!",
        "stop it and get me an agent",
        "Kann ich bitte mit einem Menschen sprechen?",
        "Quiero hablar con una persona de verdad",
        "Passez-moi un conseiller",
        "Vorrei parlare con un operatore",
        "Preciso falar com um atendente",
        "Ik wil met een medewerker praten",
    ],
)
def test_every_wording_is_heard(requests: HumanRequests, text: str) -> None:
    """Plain, indirect, angry and foreign requests all count."""
    assert asks(requests, text)


@pytest.mark.parametrize(
    "text",
    [
        "Please transfer 50 to my brother",
        "I already spoke to an agent last week",
        "No, I don't need a human, thanks",
        "Please don't transfer me",
        "Someone stole my card",
        "I want to add a person to the booking",
        "What does the agent fee cost?",
        "Hello",
        "8831190",
    ],
)
def test_what_only_sounds_like_it_is_not_heard(requests: HumanRequests, text: str) -> None:
    """People in a sentence are no request for one."""
    assert not asks(requests, text)


def test_taking_up_the_bots_offer_is_prompted(requests: HumanRequests) -> None:
    """Yes to an offered transfer is told apart from a demand out of the blue."""
    case = a_case(
        bot("Shall I connect you with an agent?"),
        customer("Yes, connect me with an agent."),
        bot("What is it about?"),
        customer("Just give me a human."),
        embedded=True,
    )
    assert [(r.turn, r.prompted) for r in requests.of(case, frozenset({0}))] == [(1, True), (3, False)]


def test_words_suffice_without_vectors(requests: HumanRequests) -> None:
    """When the embedding model is down, a plainly built request is still heard."""
    text = "Let me speak to a human."
    assert requests.certainties([text], np.zeros((1, 384), dtype=np.float32))[0] > 0.9
