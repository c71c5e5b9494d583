"""A run from tasks to log."""

from pathlib import Path

import pytest

from assist.domain.business import Domain
from assist.domain.transcript import Role, Turn
from evals.cases import Dataset, LabelledCase
from evals.errors import DataMissing
from evals.log import EvalLog, read, write
from evals.metrics import accuracy, total
from evals.runner import Run, run
from evals.scorers import score_intent, score_verification
from evals.tasks import Aim, Measure, Task
from evals.tasks.task import analyse, using
from tests.unit.evals.answers import a_case
from tests.unit.evals.stub_production import StubProduction


def asked(text: str, case_id: str, **labels: object) -> LabelledCase:
    """Return a case of one customer turn."""
    return a_case(Turn(role=Role.CUSTOMER, text=text), case_id=case_id, **labels)


def a_task(*cases: LabelledCase) -> Task:
    """Return a task on intent and verification."""
    dataset = Dataset(name="small", cases=cases, domains=(Domain(name="shop", title="Shop"),))
    return Task(
        name="wishes",
        dataset=dataset,
        ask=analyse("intent", "verification"),
        scorers=using(score_intent, score_verification),
        measures=(
            Measure("intent", "accuracy", "intent", accuracy, Aim(0.5)),
            Measure("verification", "false verified", "false_verified", total, Aim(0, at_most=True), form="count"),
        ),
        confusion=("verification",),
        labels=("verified", "not_attempted"),
    )


CASES = (
    asked("I want a refund", "a", intent="refund"),
    asked("pin refund", "b", intent="parcel", verification={"status": "not_attempted"}),
    asked("break", "c", intent="refund"),
    asked("hello parcel", "d"),
)


def a_log(*cases: LabelledCase, by_domain: bool = False) -> EvalLog:
    """Return the log of a run over these cases."""
    return run(Run(tasks=[a_task(*cases)], production=StubProduction(), configuration={}, by_domain=by_domain))


def test_rows_hold_value_interval_count_and_aim() -> None:
    """By hand: one of two scored cases is right; the case that broke and the one without a label are not scored."""
    intent, false_verified = a_log(*CASES).rows
    assert (intent.value, intent.n, intent.aim, intent.met) == (0.5, 2, 0.5, True)
    assert (intent.low, intent.high) == (0.0, 1.0)
    assert (false_verified.value, false_verified.low, false_verified.met) == (1.0, None, False)


def test_a_broken_case_is_logged_and_the_run_goes_on() -> None:
    """The failure stands in the log with its error, and the other cases are scored."""
    log = a_log(*CASES)
    assert {case.case_id: case.failure for case in log.cases if case.failure} == {"c": "ValueError: asked to break"}
    assert len(log.cases) == 4


def test_the_worst_errors_come_first_by_weight() -> None:
    """A false verified outweighs a wrong intent."""
    kinds = [kind.kind for kind in a_log(*CASES).errors]
    assert kinds == ["verification: FALSE VERIFIED", "intent: parcel taken for refund"]


def test_the_matrix_has_all_states_asked_for() -> None:
    """The states of the task stand in its order."""
    assert a_log(*CASES).confusions == {
        "verification, small": {
            "verified": {"verified": 0, "not_attempted": 0},
            "not_attempted": {"verified": 1, "not_attempted": 0},
        }
    }


def test_nothing_scored_gives_no_value_and_no_verdict() -> None:
    """A measure without data is not 0 and neither met nor missed."""
    row = a_log(CASES[3]).rows[0]
    assert (row.value, row.met, row.n) == (None, None, 0)
    assert row.why


def test_lines_by_domain_follow_the_whole() -> None:
    """Each measure has one line for all and one for each domain."""
    assert [row.data for row in a_log(*CASES, by_domain=True).rows] == ["small", "small: shop"] * 2


def test_the_service_knows_the_domains_and_runs_only_what_is_needed() -> None:
    """Domains of the dataset are given to the service, and only the stages asked for run, in the case's domain."""
    production = StubProduction()
    run(Run(tasks=[a_task(CASES[0])], production=production, configuration={}))
    assert list(production.built[0].domains) == ["shop"]
    assert production.built[0].asked == [("shop", frozenset({"intent", "verification"}))]


def test_a_log_is_read_as_it_was_written(tmp_path: Path) -> None:
    """The file holds the whole run."""
    log = a_log(*CASES)
    write(log, tmp_path / "deep" / "run.json")
    assert read(tmp_path / "deep" / "run.json") == log


def test_a_file_that_is_no_log_is_refused(tmp_path: Path) -> None:
    """The message says how to make one."""
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    with pytest.raises(DataMissing, match="assist evals run"):
        read(tmp_path / "x.json")


def test_each_case_ticks() -> None:
    """The progress bar hears of every case."""
    heard: list[str] = []
    run(Run(tasks=[a_task(*CASES)], production=StubProduction(), configuration={}), tick=heard.append)
    assert heard == ["wishes"] * 4
