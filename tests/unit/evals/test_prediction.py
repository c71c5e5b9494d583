"""Whether hand-overs are foreseen."""

import gzip
import json
from pathlib import Path

import pytest

from assist.domain.findings import Escalation, EscalationReason
from evals.errors import NothingToScore, Undefined
from evals.metrics import Ranked, auroc, cost_at, precision_at, recall_at
from evals.readers.prediction import at_each_turn, before_the_end
from evals.scorers import score_false_alarm, score_risk
from tests.unit.evals.answers import a_case, an_answer


def ranked(*pairs: tuple[int, float]) -> list[Ranked]:
    """Return records of truth and guess."""
    return [Ranked(truth=truth, guess=guess) for truth, guess in pairs]


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([(1, 0.9), (0, 0.1)], 1.0),
        ([(1, 0.1), (0, 0.9)], 0.0),
        ([(1, 0.5), (0, 0.5)], 0.5),
        ([(1, 0.9), (1, 0.3), (0, 0.5), (0, 0.1)], 0.75),
    ],
)
def test_auroc_is_the_share_of_pairs_in_order(pairs: list[tuple[int, float]], value: float) -> None:
    """Perfect, upside down, tied, and three of four pairs."""
    assert auroc(ranked(*pairs)) == value


def test_a_threshold_has_precision_recall_and_cost() -> None:
    """At 0.5: one hit, one false alarm, one missed."""
    records = ranked((1, 0.9), (1, 0.3), (0, 0.6), (0, 0.1))
    assert (precision_at(0.5)(records), recall_at(0.5)(records)) == (0.5, 0.5)
    assert cost_at(0.5, missed=5.0)(records) == (5.0 + 1.0) / 4


def test_what_cannot_be_measured_is_no_number() -> None:
    """One kind alone, nobody over the threshold, nothing at all."""
    for measure, records in (
        (auroc, ranked((1, 0.5))),
        (precision_at(0.9), ranked((1, 0.5))),
        (recall_at(0.1), ranked((0, 0.5))),
        (cost_at(0.1, missed=2.0), []),
    ):
        with pytest.raises((Undefined, NothingToScore)):
            measure(records)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return two runs of five turns of the customer, of which one ends with a transfer after the fourth."""
    talk = [{"role": role, "text": f"{role} {n}"} for n in range(5) for role in ("customer", "bot")]
    moved = {"role": "tool", "text": "ok", "tool": {"name": "transfer_to_human_agents", "arguments": {}, "ok": True}}
    runs = [
        {"id": "tau-1-0", "reward": 1.0, "turns": talk},
        {"id": "tau-2-0", "reward": 0.0, "turns": [*talk[:7], moved]},
    ]
    with gzip.open(tmp_path / "runs.dev.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(run) + "\n" for run in runs)
    return tmp_path


def test_runs_are_cut_two_customer_turns_before_their_end(folder: Path) -> None:
    """The bot's answer to the last visible turn is visible too."""
    calm, moved = before_the_end(folder).cases
    assert [turn.text for turn in calm.turns][-2:] == ["customer 2", "bot 2"]
    assert [turn.text for turn in moved.turns][-2:] == ["customer 1", "bot 1"]
    assert [(case.model_extra or {})["handed_over"] for case in (calm, moved)] == [False, True]


def test_every_turn_is_labelled_by_what_came_within_two(folder: Path) -> None:
    """Of the three cuts of the run that was handed over, the last two are."""
    cases = [case for case in at_each_turn(folder).cases if case.case_id.startswith("tau-2")]
    assert [(case.model_extra or {})["handed_over"] for case in cases] == [False, True, True]
    assert {case.group for case in cases} == {"tau-2"}


def test_an_alarm_on_a_solved_dialogue_counts() -> None:
    """Any reason is one."""
    calm = score_false_alarm(a_case(), an_answer())[0]
    loud = score_false_alarm(a_case(), an_answer(escalation=Escalation(reason=EscalationReason.NO_PROGRESS)))[0]
    assert [score.records[0].model_dump()["part"] for score in (calm, loud)] == [0.0, 1.0]
    assert loud.mistakes[0].kind == "false alarm: no_progress"
    assert score_risk(a_case(), an_answer())[0].unscored
