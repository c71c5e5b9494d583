"""Each condition holds where it should, says why, and holds back where it should not."""

from typing import Any

import pytest
from pydantic import ValidationError

from assist.analysis.steps.bot_moves import Move
from assist.analysis.triggers import CONDITIONS, DEFAULT_RULES, Reading, Scene
from assist.domain.business import Domain, EscalationRule, IntentDefinition, TakenRisk
from assist.domain.findings import EscalationReason, Intent, Sentiment, SentimentLabel, TurnSentiment
from assist.domain.transcript import Customer, Nlu, Turn
from tests.builders import bot, customer, tool
from tests.unit.assist.analysis.cases import PLAIN, a_case, read_through, scenes


def rule(when: str, *words: str) -> EscalationRule:
    """Return a rule on a condition."""
    return EscalationRule(name=when, when=when, reason=EscalationReason.NO_PROGRESS, words=words)


def reads(when: str, *turns: Turn, words: tuple[str, ...] = (), **head: Any) -> Reading:  # noqa: ANN401 -- any field of a transcript
    """Return what a condition reads in these turns."""
    return CONDITIONS[when](scenes().of(read_through(a_case(*turns, **head))), rule(when, *words))


REFUSED = (customer("I want my deposit back."), bot("Sorry, the deposit is non-refundable."))
STUCK = bot("There are no rooms available for those days.")

HOLDS = {
    "amount_over": ([customer("I want a refund of $620.50 now.")], ()),
    "asks_for_human": ([customer("Let me talk to a human.")], ()),
    "bot_handoff": ([customer("x"), bot("I will transfer you to an agent now.")], ()),
    "handover_risk": (list(REFUSED), ()),
    "high_risk_topic": ([customer("My battery pack caught fire!")], ("caught fire",)),
    "keywords": ([customer("I will call the ombudsman.")], ("ombudsman",)),
    "long_interaction": ([customer("one"), bot("ok"), customer("two")], ()),
    "loop": ([customer("a"), bot("Please use the app."), customer("b"), bot("Please use the app."), customer("c")], ()),
    "low_confidence": ([customer("a", nlu=Nlu(confidence=0.2)), customer("b", nlu=Nlu(confidence=0.1))], ()),
    "missing_information": ([bot("What is your order number?"), customer("I don't know.")], ()),
    "no_progress": ([customer("May 3?"), STUCK, customer("May 4?"), STUCK, customer("May 5?"), STUCK], ()),
    "not_understood": ([customer("zzz"), bot("Sorry, I did not understand that."), customer("zzz?")], ()),
    "nothing_found": ([customer("Do you sell kites?"), bot("I have no information about that.")], ()),
    "out_of_scope": ([customer("Call me a cab."), bot("I can only help with orders.")], ()),
    "payment_dispute": ([customer("I was charged twice!")], ()),
    "policy_refusal": (list(REFUSED), ()),
    "repeated_prompt": ([bot("Your size?"), customer("blue"), bot("Your size?"), customer("blue!")], ()),
    "tool_failed": ([customer("x"), tool("Error: timeout", name="get_order", ok=False)], ()),
    "verification_failed": (
        [bot("Your PIN, please?"), customer("[PIN_1]"), bot("I am sorry, I cannot verify you with that.")],
        (),
    ),
}


@pytest.mark.parametrize("when", sorted(HOLDS))
def test_a_condition_holds_with_turns_and_a_sentence(when: str) -> None:
    """It measures at least one, on turns of the transcript, and says why in a sentence."""
    turns, words = HOLDS[when]
    reading = reads(when, *turns, words=words)
    assert reading.level > 0
    assert reading.turns
    assert reading.detail.endswith(".")


@pytest.mark.parametrize("when", sorted(set(CONDITIONS) - {"long_interaction", "sentiment_below"}))
def test_no_condition_holds_on_small_talk(when: str) -> None:
    """A greeting sets nothing off."""
    assert not reads(when, customer("Hello"), bot("Hello, how can I help?"), customer("What time do you open?")).turns


def test_every_condition_is_tested() -> None:
    """The table above knows all of them but the three that read more than turns."""
    assert set(CONDITIONS) - set(HOLDS) == {"customer_flag", "negative_turns", "sentiment_below"}
    assert {rule.when for rule in DEFAULT_RULES} <= set(CONDITIONS)


def test_a_refusal_is_settled_by_what_works_later() -> None:
    """What was refused and then done another way is no open refusal."""
    later = [customer("Then change the date."), tool('{"id": 1}', name="change_date"), bot("Your date is changed.")]
    assert not reads("policy_refusal", *REFUSED, *later).turns


def test_asking_for_an_exception_is_a_policy_matter() -> None:
    """A customer who asks to bend a rule needs someone who may."""
    assert reads(
        "policy_refusal", bot("Was it bought on sale?"), customer("Yes, but could you make an exception?")
    ).turns


def test_a_demand_is_told_apart_from_a_yes() -> None:
    """The sentence says whether the bot had offered it."""
    offered = bot("Would you like me to transfer you to an agent?")
    assert "took up" in reads("asks_for_human", customer("x"), offered, customer("Yes, connect me to an agent.")).detail
    assert "without being offered" in reads("asks_for_human", customer("Connect me to an agent.")).detail


def test_a_flagged_customer_is_known_by_the_platforms_mark() -> None:
    """A flag may be a key that is true, or a value in a list."""
    for attributes in ({"vip": True}, {"tier": "VIP"}, {"labels": ["new", "vip"]}):
        head = {"customer": Customer(attributes=attributes)}
        assert reads("customer_flag", customer("hi"), words=("vip",), **head).level == 1.0
    head = {"customer": Customer(attributes={"vip": False})}
    assert not reads("customer_flag", customer("hi"), words=("vip",), **head).turns


def test_anger_counts_where_the_service_gave_cause() -> None:
    """A bad mood over a refusal counts, a bad mood alone does not."""
    mood = Sentiment(label=SentimentLabel.NEGATIVE, score=-0.8, frustrated=True, turns=(2,))
    angry = customer("This is a joke, I am furious.")
    with_cause = a_case(*REFUSED, angry).having(sentiment=mood)
    without = a_case(customer("My flight is late."), bot("Which one?"), angry).having(sentiment=mood)
    assert CONDITIONS["sentiment_below"](scenes().of(with_cause), rule("sentiment_below")).turns == (2,)
    assert not CONDITIONS["sentiment_below"](scenes().of(without), rule("sentiment_below")).turns


def test_negative_turns_are_counted() -> None:
    """Two clearly negative turns are two."""
    moods = (TurnSentiment(turn=0, score=-0.7), TurnSentiment(turn=2, score=-0.5), TurnSentiment(turn=4, score=0.2))
    sad = Sentiment(label=SentimentLabel.NEGATIVE, score=-0.5, by_turn=moods)
    case = a_case(customer("bad"), bot("ok"), customer("bad"), bot("ok"), customer("so?")).having(sentiment=sad)
    reading = CONDITIONS["negative_turns"](scenes().of(case), rule("negative_turns"))
    assert (reading.level, reading.turns) == (2.0, (0, 2))


def test_a_high_risk_intent_is_enough() -> None:
    """What the domain marks as high risk needs no further words."""
    bank = Domain(name="bank", title="Bank", intents=(IntentDefinition(label="stop", name="Stop", high_risk=True),))
    case = a_case(customer("hm"), domain=bank).having(intent=Intent(label="stop", name="Stop", turns=(0,)))
    assert CONDITIONS["high_risk_topic"](scenes().of(case), rule("high_risk_topic")).turns == (0,)


@pytest.mark.parametrize(
    ("text", "level"),
    [("refund 1.250,00 EUR", 1250.0), ("refund $1,250.00", 1250.0), ("refund 30 dollars", 30.0), ("it cost $900", 0.0)],
)
def test_amounts_are_read_as_people_write_them(text: str, level: float) -> None:
    """Points and commas both ways; a price that nobody asks back does not count."""
    assert reads("amount_over", customer(text)).level == level


def test_a_closed_conversation_goes_nowhere_on_purpose() -> None:
    """A customer who says thanks and goodbye is not stuck."""
    turns = HOLDS["no_progress"][0]
    assert not reads("no_progress", *turns, customer("Ok, thanks anyway, bye!")).turns


def test_the_risk_of_a_hand_over_rises_with_its_signs_and_falls_with_age() -> None:
    """A refusal makes it likelier, a demand likelier still; the same refusal late in a long talk says less."""
    refused = reads("handover_risk", *REFUSED).level
    demanded = reads("handover_risk", *REFUSED, customer("Let me talk to a human.")).level
    talk = [customer("And the pool?"), bot("It is open until ten.")] * 6
    late = reads("handover_risk", *talk, *REFUSED)
    assert 0.0 < late.level < refused < demanded < 1.0
    assert "the bot has just refused" in late.detail


FRAUD = customer("Somebody has taken 300 out of my account!")
TAKES = Domain(
    name="bank",
    title="Bank",
    intents=(IntentDefinition(label="report_fraud", name="Report a fraud", bot_takes=(TakenRisk.FRAUD,)),),
)


def risky(*turns: Turn, confidence: float = 0.9, domain: Domain = TAKES) -> Reading:
    """Return what the rule on risks reads where the customer wants to report a fraud, words of the rule included."""
    case = a_case(*turns, domain=domain).having(intent=Intent(label="report_fraud", confidence=confidence, turns=(0,)))
    return CONDITIONS["high_risk_topic"](scenes().of(case), rule("high_risk_topic", "fraud", "caught fire"))


def test_what_the_bot_is_there_to_take_in_is_no_risk_while_it_gets_on() -> None:
    """A bot that takes reports of fraud is not interrupted by one."""
    asked = bot("Could you tell me what happened, please?")
    assert not risky(FRAUD, asked).turns
    assert risky(FRAUD, asked, domain=PLAIN).turns == (0,)


def test_it_is_a_risk_again_once_the_bot_fails_or_is_not_meant() -> None:
    """A call that fails, an intent that nobody is sure of: then the topic needs a human as ever."""
    assert risky(FRAUD, tool("Error: timeout", name="submit_report", ok=False)).turns == (0,)
    assert risky(FRAUD, confidence=0.3).turns == (0,)
    mended = tool('{"id": 7}', name="submit_report")
    assert not risky(FRAUD, tool("Error: timeout", name="submit_report", ok=False), mended).turns


def test_another_risk_is_one_whatever_the_bot_takes() -> None:
    """A fire is no fraud."""
    assert risky(FRAUD, customer("And my battery pack caught fire!")).turns == (1,)


def test_danger_to_life_can_be_left_to_no_bot() -> None:
    """The configuration refuses it."""
    with pytest.raises(ValidationError, match="fraud"):
        IntentDefinition.model_validate({"label": "help", "name": "Help", "bot_takes": ["self_harm"]})


def test_an_old_question_behind_something_new_is_no_loop() -> None:
    """Each leg of a route ends with the same question; where nothing new comes before it, it is one."""
    legs = ("Turn right on Elm Street.", "Take the 28X to Forbes.", "Walk past the football field.")
    ask = "Can I proceed or do you require more detailed instructions?"
    route = [turn for leg in legs for turn in (bot(f"{leg} {ask}"), customer("Go on"))]
    assert not reads("loop", *route).turns
    assert not reads("repeated_prompt", *route).turns
    assert reads("repeated_prompt", *[turn for _ in legs for turn in (bot(ask), customer("Where to?"))]).level == 3.0


def test_somebody_who_comes_to_the_room_is_no_hand_over() -> None:
    """What the bot tells right after a call that worked is its result, though it speaks of a colleague."""
    told = bot("Your request is submitted. A member of the service team will come at ten.")
    moves = frozenset({Move.REPORTS_SUCCESS, Move.TRANSFERS})
    called = a_case(customer("Towels, please."), tool('{"ok": 1}', name="request_towels"), told)
    uncalled = a_case(customer("Towels, please."), customer("Ten o'clock"), told)
    assert Scene(case=called, moves={2: moves}, requests=(), risks={}).handed_over == []
    assert Scene(case=uncalled, moves={2: moves}, requests=(), risks={}).handed_over == [2]
