"""The customer's mood: turn by turn, at the end, and whether it is the service that angers them."""

import pytest

from assist.analysis.feelings.sentiment import SentimentStage
from assist.domain.findings import Sentiment, SentimentLabel, Trend
from assist.domain.transcript import Turn
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import a_case, packaged

NEGATIVE, NEUTRAL, POSITIVE = SentimentLabel.NEGATIVE, SentimentLabel.NEUTRAL, SentimentLabel.POSITIVE


@pytest.fixture(scope="module")
def stage() -> SentimentStage:
    """Return the stage, taught."""
    return SentimentStage.taught(packaged())


def felt(stage: SentimentStage, *turns: Turn) -> Sentiment:
    """Return the mood of a conversation."""
    return stage.by_rules(a_case(*turns, embedded=True))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("Thanks", NEUTRAL, id="bare thanks"),
        pytest.param("ok thank you", NEUTRAL, id="polite"),
        pytest.param("Please help me to cancel my order", NEUTRAL, id="trade words"),
        pytest.param("I lost my card, please block it", NEUTRAL, id="a plain problem"),
        pytest.param("Fantastic, that is exactly what I hoped for, thank you so much!", POSITIVE, id="satisfied"),
        pytest.param("You are useless, this is the worst shop I know!", NEGATIVE, id="abuse"),
        pytest.param("What a **bleep** mess, nobody here is able to read", NEGATIVE, id="masked profanity"),
        pytest.param("My grandfather has died and I must move my trip", NEGATIVE, id="grief"),
        pytest.param("The battery died after a week, can I exchange it?", NEUTRAL, id="things die without grief"),
    ],
)
def test_one_turn_shows_its_mood(stage: SentimentStage, text: str, label: SentimentLabel) -> None:
    """Manners and business are neutral; joy, anger and grief are not."""
    assert felt(stage, customer(text)).label is label


def test_anger_at_the_service_is_frustration(stage: SentimentStage) -> None:
    """A customer who blames the service is frustrated."""
    mood = felt(stage, customer("This is ridiculous, I have told you my number three times already!"))
    assert mood.frustrated
    assert mood.score < -0.3


def test_misfortune_is_not_frustration(stage: SentimentStage) -> None:
    """Who has lost somebody is sad, not angry at the service."""
    mood = felt(stage, customer("My father passed away on Sunday, so I have to cancel the trip"))
    assert mood.label is NEGATIVE
    assert not mood.frustrated


def test_politeness_at_the_end_does_not_cure_anger(stage: SentimentStage) -> None:
    """After a refusal and an angry turn, accepting a transfer politely leaves the mood negative."""
    mood = felt(
        stage,
        customer("I want my money back for the broken heater"),
        bot("Unfortunately that is not possible under our rules."),
        customer("That is outrageous, I am furious about how you treat your customers"),
        bot("I cannot change that. Shall I hand you over to a colleague?"),
        customer("Yes, please do that. Thank you."),
    )
    assert mood.label is NEGATIVE
    assert mood.frustrated
    assert 2 in mood.turns


def test_being_refused_again_and_again_frustrates(stage: SentimentStage) -> None:
    """Insisting after many refusals shows frustration even in polite words."""
    refusal = bot("I am sorry, but our policy does not allow any exception here.")
    mood = felt(
        stage,
        customer("Could you waive the fee?"),
        refusal,
        customer("There must be something that you can do for me, surely?"),
        refusal,
        customer("Would half of it be possible at least? I still think there should be an exception."),
        refusal,
        customer("Honestly, somebody must be able to make an exception for an old customer"),
        refusal,
        customer("Isn't there a manager who could decide on it?"),
    )
    assert mood.frustrated


def test_joy_after_trouble_clears_it(stage: SentimentStage) -> None:
    """Trouble that was solved to the customer's delight ends positive, and improving."""
    mood = felt(
        stage,
        customer("It's annoying, the form rejects my address again"),
        bot("I have entered it for you, it works now."),
        customer("Oh wow, perfect, thank you so much, you are wonderful!"),
    )
    assert mood.label is POSITIVE
    assert not mood.frustrated
    assert mood.trend is Trend.IMPROVING


def test_a_mood_that_sours_is_worsening(stage: SentimentStage) -> None:
    """From friendly to angry is a trend."""
    mood = felt(
        stage,
        customer("Hello, lovely to meet you!"),
        bot("Which order is it about?"),
        customer("The blue lamp"),
        bot("I did not understand that."),
        customer("THE LAMP! Are you stupid? This is hopeless!"),
    )
    assert mood.trend is Trend.WORSENING


def test_thanks_for_a_refusal_are_manners(stage: SentimentStage) -> None:
    """Warm words right after a no do not make a positive conversation."""
    mood = felt(
        stage,
        customer("Can I return the opened software?"),
        bot("I'm sorry, our policy does not allow that and there are no exceptions."),
        customer("Okay. Thank you for your time"),
    )
    assert mood.label is NEUTRAL


def test_every_customer_turn_has_a_score(stage: SentimentStage) -> None:
    """Scores carry the customer's turn numbers, in order, and nobody else's."""
    mood = felt(
        stage, bot("Hi"), customer("Hi"), tool("{}", name="x"), customer("I hate this"), bot("Sorry"), customer("")
    )
    assert [score.turn for score in mood.by_turn] == [1, 3]
    assert mood.by_turn[1].score < mood.by_turn[0].score


def test_a_silent_customer_is_neutral(stage: SentimentStage) -> None:
    """Without a word of the customer there is no mood and no proof."""
    assert felt(stage, bot("Hello?")) == Sentiment()


def test_without_vectors_the_words_still_speak(stage: SentimentStage) -> None:
    """Where the embedding model failed, the lexicon alone finds strong words."""
    mood = stage.by_rules(a_case(customer("I hate you, you horrible, terrible, awful liars!")))
    assert mood.label is NEGATIVE


def test_cold_anger_is_heard(stage: SentimentStage) -> None:
    """Without a strong word, repeating oneself to a bot that does not listen is frustration."""
    mood = felt(
        stage,
        customer("Hello, my heating has been off since Friday."),
        bot("Would you like to order a new heater?"),
        customer("No. I said that mine is off."),
        bot("Would you like to order a new heater?"),
        customer("I have told you twice now. Is anybody reading this?"),
        bot("Would you like to order a new heater?"),
        customer("Then give me somebody who can read."),
    )
    assert mood.label is NEGATIVE
    assert mood.frustrated
    assert mood.trend is Trend.WORSENING


def test_a_limit_taken_calmly_stays_neutral(stage: SentimentStage) -> None:
    """A refusal that the customer takes as it is leaves no bad mood."""
    mood = felt(
        stage,
        customer("I would like to transfer 7,000 to my sister"),
        bot("Your daily limit is 4,000, so I can't send that."),
        customer("Can somebody raise it for today?"),
        bot("A colleague can. I am connecting you."),
        customer("Thank you"),
    )
    assert mood.label is NEUTRAL
    assert not mood.frustrated
