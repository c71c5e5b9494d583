"""What tells the next action: what was said, asked and answered; and weights that can be taught."""

from pathlib import Path

import numpy as np
import pytest

from assist.actions import ActionsStage
from assist.actions.candidates import UNKNOWN
from assist.actions.signs import SIGNS
from assist.actions.teaching import Point, point_of, taught
from assist.actions.weights import Weights, read_weights, write_weights
from assist.actions.wordings import Wordings, stems
from assist.domain.business import Domain, IntentDefinition, Playbook, PlaybookAction
from assist.domain.transcript import Turn
from assist.errors import ConfigurationError
from knowledge.embedders.hashing import HashingEmbedder
from tests.builders import bot, customer, tool
from tests.unit.assist.actions.situations import FixedSituation, a_situation

ASK_NAME = PlaybookAction(id="ask_name", title="Ask name", reply="May I have your name, please?")
ASK_DAY = PlaybookAction(id="ask_day", title="Ask day", reply="Which day would you like to come?")
BOOKED = PlaybookAction(id="tell_booked", title="Tell booked", reply="Your table is reserved.", guidance="Succeeded")
FULL = PlaybookAction(id="tell_full", title="Tell full", reply="There is no table left.", guidance="Unavailable")
FIND = PlaybookAction(id="find_guest", title="Find guest", guidance="Ask for the guest card number.\nOpen the card.")
CHECK = PlaybookAction(id="check_visit", title="Check visit", guidance="Ask for the day of the visit and the bill.")
BISTRO = Domain(
    name="bistro",
    title="Bistro",
    intents=(IntentDefinition(label="table", name="Table"), IntentDefinition(label="complaint", name="Complaint")),
    playbooks=(
        Playbook(intent="table", actions=(ASK_NAME, ASK_DAY, BOOKED, FULL)),
        Playbook(intent="complaint", actions=(FIND, CHECK)),
    ),
)


def sign(name: str, action: str, *turns: Turn, intent: str = "table") -> float:
    """Return a sign of an action at the end of these turns."""
    stage = ActionsStage(wordings=Wordings(HashingEmbedder()))
    considered = stage.considered(a_situation(*turns, intent=intent, domain=BISTRO))
    names = [candidate.action.id for candidate in considered.candidates]
    return float(considered.signs[names.index(action), SIGNS.index(name)])


def test_the_step_after_the_one_just_said_is_told_by_the_bots_words() -> None:
    """The bot has just asked for the name in the playbook's words: asking for the day follows."""
    said = bot("May I have your name, please?"), customer("Ada")
    assert sign("said_now", "ask_name", *said) > 0.9
    assert sign("said_before_it", "ask_day", *said) > 0.9
    assert sign("said_two_before", "tell_booked", *said) > 0.9
    assert sign("said_already", "ask_name", *said) == 1.0
    assert sign("said_before_it", "ask_day") == 0.0


def test_the_step_whose_guidance_speaks_of_what_was_asked_stands_out() -> None:
    """The bot asked for the bill: the step that asks for it, and not the one before."""
    said = bot("What is the day of the visit, and the sum of the bill?"), customer("Friday")
    assert sign("bot_words", "check_visit", *said, intent="complaint") > 0.0
    assert sign("bot_words", "find_guest", *said, intent="complaint") < 0.0


def test_a_back_ends_answer_speaks_for_the_step_that_waits_for_it() -> None:
    """The words of the answer are those of the step's guidance."""
    answered = bot("One moment."), tool('{"status": "unavailable"}', name="reserve")
    assert sign("answer_words", "tell_full", *answered) > sign("answer_words", "tell_booked", *answered)


def test_an_unknown_intent_brings_no_words_of_playbooks() -> None:
    """Nobody believes in any playbook."""
    stage = ActionsStage(wordings=Wordings(HashingEmbedder()))
    considered = stage.considered(a_situation(intent=UNKNOWN, confidence=0.0, domain=BISTRO))
    assert considered.signs[:, SIGNS.index("believed")] == pytest.approx(np.log(0.02))


def test_a_changed_playbook_is_read_anew() -> None:
    """The words follow the configuration that is in force."""
    wordings = Wordings(HashingEmbedder())
    assert len(wordings.of(BISTRO)["complaint"]) == 2
    shorter = BISTRO.model_copy(update={"playbooks": BISTRO.playbooks[:1]})
    assert set(wordings.of(shorter)) == {"table"}


def test_words_are_compared_by_their_beginnings() -> None:
    """Endings, figures and short words say nothing of the thing."""
    assert stems("It is unavailable at 7") & stems("UNAVAILABILITY") == {"unavai"}


def test_confidences_are_shares() -> None:
    """Of all that could be done they sum to one, whatever else is known."""
    found = ActionsStage().by_rules(a_situation(domain=BISTRO, intent="table"))
    assert sum(action.confidence for action in found) == pytest.approx(1.0, abs=0.03)


def points(*, conversations: int) -> list[Point]:
    """Return points at which the second of two actions was taken; only the sign of the answer's words tells them apart."""
    signs = np.zeros((2, len(SIGNS)))
    signs[1, SIGNS.index("answer_words")] = 1.0
    return [Point(signs, 1, f"c-{number}") for number in range(conversations)]


def test_what_was_taken_becomes_likelier_with_each_conversation() -> None:
    """Few points change little, many change much."""
    start = Weights(signs={"likely": 1.0})
    few, many = taught(points(conversations=5), start=start), taught(points(conversations=400), start=start)
    assert 0.0 < few.signs["answer_words"] < many.signs["answer_words"]
    assert many.shares(points(conversations=1)[0].signs)[1] > 0.8
    assert (few.points, many.points) == (5, 400)


def test_nothing_to_learn_from_changes_nothing() -> None:
    """Without points the weights stay."""
    start = Weights(signs={"likely": 1.0})
    assert taught((), start=start) == start


def test_an_action_that_was_not_among_the_candidates_teaches_nothing() -> None:
    """There is no row for it."""
    considered = ActionsStage().considered(a_situation(domain=BISTRO, intent="table"))
    assert point_of(considered.candidates, considered.signs, "sing", "c") is None
    point = point_of(considered.candidates, considered.signs, "ask_day", "c")
    assert point is not None
    assert considered.candidates[point.taken].action.id == "ask_day"


def test_taught_weights_rank_their_domain_only() -> None:
    """What one domain was taught says nothing in another."""
    situation: FixedSituation = a_situation(domain=BISTRO, intent="table")
    stage = ActionsStage()
    before = [action.id for action in stage.by_rules(situation)]
    stage.adopt("elsewhere", Weights(signs={"place": 9.0}))
    assert [action.id for action in stage.by_rules(situation)] == before
    stage.adopt("bistro", Weights(signs={"place": 9.0}))
    assert stage.by_rules(situation)[0].id == "tell_full"


def test_weights_are_kept_and_read_again(tmp_path: Path) -> None:
    """What is written is what is read; no file is no weights."""
    file = tmp_path / "next_actions.json"
    assert read_weights(file) == {}
    kept = {"bistro": Weights(signs={"place": 0.5}, points=12)}
    write_weights(file, kept)
    assert read_weights(file) == kept


@pytest.mark.parametrize("content", ["", "[]", '{"bistro": {"points": -1}}', '{"bistro": 3}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    """The operator learns which file, and what to do."""
    file = tmp_path / "next_actions.json"
    file.write_text(content, "utf-8")
    with pytest.raises(ConfigurationError, match=r"next_actions\.json"):
        read_weights(file)


def test_the_shipped_weights_name_known_signs() -> None:
    """None of them has been renamed since."""
    assert set(Weights.shipped().signs) <= set(SIGNS)


def test_a_step_that_a_call_shows_is_not_done_by_speaking_of_it() -> None:
    """A bot that announces the look-up over and over has not looked anything up."""
    book = BISTRO.playbooks[0].model_copy(
        update={"actions": (ASK_NAME.model_copy(update={"done_by": ("find_*",)}), ASK_DAY)}
    )
    domain = BISTRO.model_copy(update={"playbooks": (book,)})
    stage = ActionsStage(wordings=Wordings(HashingEmbedder()))
    considered = stage.considered(a_situation(bot("May I have your name, please?"), domain=domain, intent="table"))
    columns = [SIGNS.index(name) for name in ("said_now", "said_before_it", "said_already")]
    assert considered.signs[:, columns] == pytest.approx(0.0, abs=0.05)
