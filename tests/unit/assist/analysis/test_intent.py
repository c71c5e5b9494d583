"""The customer's main wish now: found across turns, with its proof, or honestly unknown."""

from typing import Final

import numpy as np
import pytest

from assist.analysis.intents.intent import IntentStage
from assist.analysis.intents.intent_model import teach
from assist.domain.business import Domain, IntentDefinition, Playbook, PlaybookAction
from assist.domain.findings import Intent
from assist.domain.transcript import Nlu, Turn
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import PLAIN, a_case, packaged

_GYM: Final = Domain(
    name="gym",
    title="Gym",
    intents=(
        IntentDefinition(
            label="cancel_membership",
            name="Cancel a membership",
            utterances=(
                "I want to end my membership",
                "Please cancel my contract with the gym",
                "I'm moving away and need to leave the club",
                "stop my membership at the end of the month",
            ),
        ),
        IntentDefinition(
            label="book_class",
            name="Book a class",
            utterances=(
                "I'd like to join the yoga class on Monday",
                "Put me down for spinning tomorrow evening",
                "Is there a free place in the pilates course?",
                "reserve a spot in the boxing lesson",
            ),
        ),
        IntentDefinition(
            label="lost_item",
            name="Lost property",
            utterances=(
                "I left my headphones in the changing room",
                "Has anyone found a blue towel?",
                "my watch is gone, I think it is in locker 14",
                "I forgot my water bottle at the gym",
            ),
        ),
    ),
    playbooks=(
        Playbook(
            intent="book_class",
            actions=(PlaybookAction(id="book", title="Book the place", done_by=("reserve_spot*",)),),
        ),
    ),
)


@pytest.fixture(scope="module")
def stage() -> IntentStage:
    """Return the stage, taught for the gym."""
    return IntentStage({"gym": teach(_GYM, packaged())})


def found(stage: IntentStage, *turns: Turn) -> Intent:
    """Return the wish of a conversation with the gym."""
    return stage.by_rules(a_case(*turns, domain=_GYM, embedded=True))


def test_small_talk_around_the_wish_does_not_matter(stage: IntentStage) -> None:
    """Greeting, answer, confirmation and thanks carry no wish; the proof is the turn that does."""
    intent = found(
        stage,
        customer("Hello!"),
        bot("Hello, how can I help?"),
        customer("I would like to quit the gym next month"),
        bot("May I have your name, please?"),
        customer("Ines Kolar"),
        bot("Shall I go ahead?"),
        customer("Yes, please"),
    )
    assert intent.label == "cancel_membership"
    assert intent.name == "Cancel a membership"
    assert intent.turns == (2,)
    assert intent.confidence > 0.5


def test_the_demand_for_a_human_is_not_the_wish(stage: IntentStage) -> None:
    """Who asks for a person still wants what they came for."""
    intent = found(
        stage,
        customer("I left my jacket in the changing room, or someone took it"),
        bot("I am sorry, I cannot help with that."),
        customer("Then let me talk to a human being, please!"),
    )
    assert intent.label == "lost_item"


@pytest.mark.parametrize(
    "text",
    [
        "What is the exchange rate of the dollar?",
        "My flight was cancelled, rebook me",
        "hello",
        "I need some help",
        "Tom Baker, 44120",
    ],
)
def test_what_the_domain_does_not_cover_is_unknown(stage: IntentStage, text: str) -> None:
    """Another trade's wish and a turn without any wish are both unknown, with no confidence."""
    intent = found(stage, customer(text))
    assert intent.label == "unknown"
    assert intent.confidence == 0.0
    assert intent.turns == ()


def test_a_settled_wish_gives_way_to_the_next(stage: IntentStage) -> None:
    """What was done is no longer wanted, however much was said about it."""
    intent = found(
        stage,
        customer("I'd like to take part in the yoga class"),
        bot("On which day?"),
        customer("Put me down for the class on Tuesday"),
        tool('{"ok": true}', name="reserve_spot"),
        bot("Your place in the yoga class on Tuesday is booked. Anything else?"),
        customer("Great, thanks! I also forgot my towel there last week, did somebody find it?"),
    )
    assert intent.label == "lost_item"
    assert 5 in intent.turns


def test_an_objection_to_a_refusal_does_not_change_the_wish(stage: IntentStage) -> None:
    """Arguing about a class that was not to one's liking is still about leaving."""
    intent = found(
        stage,
        customer("Please cancel my membership"),
        bot("Could you tell me your member number?"),
        customer("It is 20771"),
        bot("I'm sorry, your contract cannot be cancelled before March."),
        customer("But the spinning class that I joined for is never held any more"),
    )
    assert intent.label == "cancel_membership"


def test_a_back_end_call_speaks_where_words_do_not(stage: IntentStage) -> None:
    """A tool that one playbook names shows the wish; the customer's turns prove it as far as they do."""
    intent = found(stage, customer("the usual one at seven, for me and Petra"), tool("ok", name="reserve_spot_v2"))
    assert intent.label == "book_class"


def test_without_vectors_a_back_end_call_is_enough(stage: IntentStage) -> None:
    """Where the embedding model failed, the call alone is proof, and its turn is named."""
    intent = stage.by_rules(a_case(customer("xyz"), tool("ok", name="reserve_spot"), domain=_GYM))
    assert intent.label == "book_class"
    assert intent.turns == (1,)


def test_the_bots_own_understanding_counts(stage: IntentStage) -> None:
    """A sure intent of the bot's language understanding is evidence; an unsure one is not decisive."""
    vague = "it is about what I told you yesterday at the gym"
    sure = found(stage, customer(vague, nlu=Nlu(intent="lost_item", confidence=0.97)))
    assert [sure.label, *(guess.label for guess in sure.alternatives)][0] in {"lost_item", "unknown"}
    clear = found(stage, customer("Cancel my membership please", nlu=Nlu(intent="lost_item", confidence=0.1)))
    assert clear.label == "cancel_membership"


def test_alternatives_are_ordered_and_leave_the_wish_out(stage: IntentStage) -> None:
    """Other intents that may be meant are named, likeliest first."""
    intent = found(stage, customer("I want to leave the club, and I also left my gloves in the changing room"))
    confidences = [guess.confidence for guess in intent.alternatives]
    assert intent.alternatives
    assert intent.label not in {guess.label for guess in intent.alternatives}
    assert confidences == sorted(confidences, reverse=True)
    assert intent.confidence >= confidences[0]


def test_a_domain_without_intents_has_no_wish() -> None:
    """Nothing to choose from is unknown, not an error."""
    assert teach(PLAIN, packaged()) is None
    assert IntentStage({"plain": None}).by_rules(a_case(customer("Hi"))) == Intent()


def test_utterances_learnt_from_use_teach_too() -> None:
    """What an organisation's own transcripts add is understood afterwards."""
    slang = "yeet me outta here for good"
    learnt = teach(_GYM, packaged(), learnt={"cancel_membership": (slang, "yeet my contract")})
    assert learnt is not None
    vector = packaged().embed(["yeet me out please"])
    before = teach(_GYM, packaged())
    assert before is not None
    column = learnt.wishes.labels.index("cancel_membership")
    gain = learnt.wishes.judge(vector).probabilities[0, column] - before.wishes.judge(vector).probabilities[0, column]
    assert gain > 0.2


def test_tool_and_silent_turns_alone_are_unknown(stage: IntentStage) -> None:
    """A conversation in which the customer says nothing has no wish."""
    intent = stage.by_rules(a_case(bot("Hello, how can I help?"), tool("{}", name="ping"), domain=_GYM))
    assert intent.label == "unknown"
    assert np.isclose(intent.confidence, 0.0)


def test_a_twin_of_the_domain_is_no_sign_against_it() -> None:
    """Two branches that offer the same may be configured side by side: neither makes the other's wishes unknown."""
    wish = "Please end my contract with the club next week"
    twin = _GYM.model_copy(
        update={
            "name": "gym_north",
            "intents": tuple(
                intent.model_copy(update={"utterances": (*intent.utterances, wish)}) for intent in _GYM.intents[:1]
            )
            + _GYM.intents[1:],
        }
    )
    beside = IntentStage({"gym": teach(_GYM, packaged(), beside=[_GYM, twin])})
    assert found(beside, customer(wish)).label == "cancel_membership"


def test_words_that_fit_nothing_do_not_replace_a_wish(stage: IntentStage) -> None:
    """A long explanation from another world, whatever intent it is nearest to, counts for little."""
    intent = found(
        stage,
        customer("Please cancel my membership"),
        bot("I see. Is there a reason?"),
        customer("My neighbour keeps bees in Tuscany and the harvest of olives was ruined by the rain this autumn"),
    )
    assert intent.label == "cancel_membership"
    assert intent.turns == (0,)


_ABROAD: Final = {
    "cancel_membership": ("Ich möchte meine Mitgliedschaft kündigen", "Bitte den Vertrag zum Monatsende beenden"),
    "book_class": ("Ich möchte am Montag beim Yogakurs mitmachen", "Ist im Pilateskurs noch ein Platz frei?"),
    "lost_item": ("Ich habe meine Kopfhörer in der Umkleide vergessen", "Hat jemand ein blaues Handtuch gefunden?"),
}


def test_lessons_in_another_language_teach_conversations_in_it() -> None:
    """German lessons make German wishes known, and an English conversation is judged as if there were none."""
    plain, taught = teach(_GYM, packaged()), teach(_GYM, packaged(), learnt=_ABROAD)
    assert plain is not None
    assert taught is not None
    german = packaged().embed(["Meine Mitgliedschaft möchte ich bitte kündigen"])
    column = plain.wishes.labels.index("cancel_membership")
    abroad = taught.of_language("de-AT").wishes.judge(german)
    assert abroad.probabilities[0].argmax() == column
    assert abroad.probabilities[0, column] > plain.wishes.judge(german).probabilities[0, column] + 0.2
    english = packaged().embed(["I'd like to leave the club"])
    at_home = taught.of_language("en-GB").wishes.judge(english)
    assert np.allclose(at_home.probabilities, plain.wishes.judge(english).probabilities)


def test_another_language_alone_is_no_sign_for_a_domain() -> None:
    """What other domains learnt in that language shows what is not meant."""
    bakery = Domain(
        name="bakery", title="Bakery", intents=(IntentDefinition(label="order", name="Order", utterances=("a loaf",)),)
    )
    learnt_beside = {"bakery": {"order": ("Ich hätte gern zwei Roggenbrote", "Haben Sie noch Brötchen mit Mohn?")}}
    wish = packaged().embed(["Ich hätte gern drei Roggenbrote und Brötchen mit Mohn"])
    alone = teach(_GYM, packaged(), beside=[bakery], learnt=_ABROAD)
    warned = teach(_GYM, packaged(), beside=[bakery], learnt=_ABROAD, learnt_beside=learnt_beside)
    assert alone is not None
    assert warned is not None
    assert warned.of_language("de").wishes.judge(wish).fit < alone.of_language("de").wishes.judge(wish).fit
    assert warned.of_language("de").wishes.judge(wish).fit < 0.42
