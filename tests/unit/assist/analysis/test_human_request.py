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


@pytest.mark.parametrize(
    "text",
    [
        "put a colleague on, please",
        "get me somebody who is allowed to decide",
        "is anyone there who isn't a machine?",
        "live person, now",
        "hand me over to the people who do carpets",
        "Have somebody ring me about it.",
        "who do I complain to, then?",
        "Holen Sie mir bitte Ihren Vorgesetzten.",
        "¿Me puede comunicar con una persona?",
        "Je veux un vrai conseiller.",
        "Vorrei parlare con il responsabile.",
        "Há alguém que possa ver isto comigo?",
        "Mag ik met een medewerker praten?",
    ],
)
def test_it_is_heard_in_other_words(requests: HumanRequests, text: str) -> None:
    """Short, indirect and foreign wishes for a person are heard."""
    assert asks(requests, text)


def test_a_menus_number_means_what_stands_beside_it(requests: HumanRequests) -> None:
    """Who picks the entry with a human asks for one; who picks another entry does not."""
    menu = bot("Choose: 1 Opening hours, 2 Track a parcel, 3 Talk to an agent")
    assert requests.of(a_case(menu, customer("3"), embedded=True))
    assert not requests.of(a_case(menu, customer("2"), embedded=True))


def test_a_foreign_tongue_is_no_request(requests: HumanRequests) -> None:
    """What the model cannot read is judged by its words alone."""
    case = a_case(bot("Welche Größe?"), customer("Ich reise mit einer Person mehr."), embedded=True)
    assert not requests.of(case.having(language="de"))


def test_after_a_refusal_fewer_words_are_enough(requests: HumanRequests) -> None:
    """The same doubtful sentence counts once the bot has got no further."""
    case = a_case(bot("That can't be done."), customer("can somebody else sort it out?"), embedded=True)
    certainty = requests.certainties([case.turns[1].text], case.vectors[[1]])[0]
    assert 0.72 <= certainty < 0.85
    assert not requests.of(case)
    assert requests.of(case, troubled_from=0)
