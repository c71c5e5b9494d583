"""Whether the action that was taken next was suggested."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from assist.domain.action import SuggestedAction
from evals.cases import LabelledCase, Labels, turn
from evals.metrics import Confidence
from evals.readers.next_actions import star_cut
from evals.scorers import score_next_action
from evals.tasks.actions import next_actions, remember
from tests.unit.evals.answers import an_answer
from tests.unit.evals.stub_production import StubAnalysis


def suggested(action: str, confidence: float, *, allowed: bool = True) -> SuggestedAction:
    """Return a suggestion."""
    return SuggestedAction(id=action, title=action, rationale="", confidence=confidence, allowed=allowed)


@pytest.mark.parametrize(("taken", "first", "few"), [("a", 1.0, 1.0), ("d", 0.0, 1.0), ("e", 0.0, 0.0)])
def test_the_likeliest_suggestions_count(taken: str, first: float, few: float) -> None:
    """By likelihood, blocked or not: what may be done is not what was done."""
    actions = (suggested("b", 0.5), suggested("a", 0.9, allowed=False), suggested("d", 0.4), suggested("e", 0.1))
    case = LabelledCase(case_id="c", turns=(turn("customer", "hi"),), labels=Labels(next_actions=(taken,)))
    scores = {
        score.measure: score.records[0].model_dump()["part"]
        for score in score_next_action(case, an_answer(*case.turns, actions=actions))
        if score.measure != "next_action_confidence"
    }
    assert scores == {"next_action": first, "next_action_top3": few}


def test_confidence_is_held_against_what_was_taken() -> None:
    """The likeliest suggestion's confidence, and whether it was the one."""
    case = LabelledCase(case_id="c", turns=(turn("customer", "hi"),), labels=Labels(next_actions=("a",)))
    (score, *_) = score_next_action(case, an_answer(*case.turns, actions=(suggested("b", 0.5), suggested("a", 0.75))))
    assert score.records == (Confidence(confidence=0.75, right=True),)


def test_a_case_without_a_label_is_not_scored() -> None:
    """That is not the same as wrong."""
    case = LabelledCase(case_id="c", turns=(turn("customer", "hi"),), labels=Labels())
    assert all(score.unscored for score in score_next_action(case, an_answer(*case.turns)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return dialogues that all go the same way, more than are tested."""
    flow = {"task": "t", "replies": {"ask_day": "Which day?", "done": "Booked."}, "graph": {"ask_day": "done"}}
    (tmp_path / "tasks.json").write_text(json.dumps({"book": flow}), "utf-8")
    lines = [
        {
            "id": f"d-{number}",
            "tasks": ["book"],
            "turns": [
                {"role": "customer", "text": f"Book table {chr(97 + number % 26)}{chr(97 + number // 26)} for me"},
                {"role": "bot", "text": "Which day?", "action": "ask_day"},
                {"role": "customer", "text": "Monday"},
                {"role": "bot", "text": "Sure!", "action": "custom"},
                {"role": "bot", "text": "Booked.", "action": "done"},
            ],
        }
        for number in range(130)
    ]
    with gzip.open(tmp_path / "dialogues.dev.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)
    return tmp_path


def test_dialogues_are_cut_before_each_labelled_turn_and_never_shared(folder: Path) -> None:
    """Free text is no action; what is remembered comes from other dialogues than what is tested."""
    cut = star_cut(folder)
    assert {case.labels.next_actions for case in cut.dataset.cases} == {("ask_day",), ("done",)}
    assert {len(case.turns) for case in cut.dataset.cases} == {1, 4}
    tested = {case.group for case in cut.dataset.cases}
    remembered = {each.handoff.rsplit("-", 1)[0] for each in cut.taken}
    assert remembered
    assert not tested & remembered


def test_the_memory_is_filled_before_the_first_case(folder: Path) -> None:
    """Then what was done at a like point can be found."""
    cut = star_cut(folder)
    analysis = StubAnalysis()
    task = next_actions(cut, first=0.5, few=0.5)
    task.ask(analysis, cut.dataset.cases[0])
    (point, *_) = [each for each in cut.taken if each.action == "done"]
    case = an_answer(*point.turns).having(vectors=np.zeros((len(point.turns), 8), dtype=np.float32))
    assert {each.action for each in analysis.precedents.near("default", "star", case, limit=3)} <= {"ask_day", "done"}
    remember(analysis, ())
