"""A run from tasks to log."""

import tracemalloc
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import pytest

from assist.analysis.case import Case
from assist.domain.business import Domain
from assist.domain.transcript import Role, Transcript, Turn
from evals.cases import Dataset, LabelledCase, labelled_file
from evals.errors import DataMissing
from evals.log import EvalLog, cases_in, read
from evals.metrics import accuracy, total
from evals.runner import Run, run
from evals.scorers import score_intent, score_verification
from evals.tasks import Aim, Measure, Task
from evals.tasks.task import analyse, using
from tests.unit.evals.answers import a_case
from tests.unit.evals.stub_production import StubAnalysis, StubProduction


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
        labels={"verification": ("verified", "not_attempted")},
    )


CASES = (
    asked("I want a refund", "a", intent="refund"),
    asked("pin refund", "b", intent="parcel", verification={"status": "not_attempted"}),
    asked("break", "c", intent="refund"),
    asked("hello parcel", "d"),
)


def a_run(*cases: LabelledCase, by_domain: bool = False) -> Run:
    """Return what to run."""
    return Run(tasks=[a_task(*cases)], production=StubProduction(), configuration={}, by_domain=by_domain)


@pytest.fixture(name="a_log")
def _a_log(tmp_path: Path) -> Callable[..., EvalLog]:
    def made(*cases: LabelledCase, by_domain: bool = False) -> EvalLog:
        return run(a_run(*cases, by_domain=by_domain), tmp_path / "run.jsonl")

    return made


def test_rows_hold_value_interval_count_and_aim(a_log: Callable[..., EvalLog]) -> None:
    """By hand: one of two scored cases is right; the case that broke and the one without a label are not scored."""
    intent, false_verified = a_log(*CASES).rows
    assert (intent.value, intent.n, intent.aim, intent.met) == (0.5, 2, 0.5, True)
    assert (intent.low, intent.high) == (0.0, 1.0)
    assert (false_verified.value, false_verified.low, false_verified.met) == (1.0, None, False)


def test_a_broken_case_is_logged_and_the_run_goes_on(a_log: Callable[..., EvalLog]) -> None:
    """The failure stands in the log with its error, and the other cases are scored."""
    log = a_log(*CASES)
    assert {case.case_id: case.failure for case in log.cases() if case.failure} == {"c": "ValueError: asked to break"}
    assert log.closing.cases == 4


def test_the_worst_errors_come_first_by_weight(a_log: Callable[..., EvalLog]) -> None:
    """A false verified outweighs a wrong intent."""
    kinds = [kind.kind for kind in a_log(*CASES).closing.errors]
    assert kinds == ["verification: FALSE VERIFIED", "intent: parcel taken for refund"]


def test_the_matrix_has_all_states_asked_for(a_log: Callable[..., EvalLog]) -> None:
    """The states of the task stand in its order."""
    assert a_log(*CASES).closing.confusions == {
        "verification, small": {
            "verified": {"verified": 0, "not_attempted": 0},
            "not_attempted": {"verified": 1, "not_attempted": 0},
        }
    }


def test_nothing_scored_gives_no_value_and_no_verdict(a_log: Callable[..., EvalLog]) -> None:
    """A measure without data is not 0 and neither met nor missed."""
    row = a_log(CASES[3]).rows[0]
    assert (row.value, row.met, row.n) == (None, None, 0)
    assert row.why


def test_lines_by_domain_follow_the_whole(a_log: Callable[..., EvalLog]) -> None:
    """Each measure has one line for all and one for each domain."""
    assert [row.data for row in a_log(*CASES, by_domain=True).rows] == ["small", "small: shop"] * 2


def test_the_service_knows_the_domains_and_runs_only_what_is_needed(tmp_path: Path) -> None:
    """Domains of the dataset are given to the service, and only the stages asked for run, in the case's domain."""
    production = StubProduction()
    run(Run(tasks=[a_task(CASES[0])], production=production, configuration={}), tmp_path / "run.jsonl")
    assert list(production.built[0].domains) == ["shop"]
    assert production.built[0].asked == [("shop", frozenset({"intent", "verification"}))]


@pytest.mark.parametrize("name", ["run.jsonl", "deep/run.jsonl.gz"])
def test_a_log_is_one_file_with_header_cases_and_closing(tmp_path: Path, name: str) -> None:
    """The cases stand in the order of the data, plain or compressed."""
    log = run(a_run(*CASES), tmp_path / name)
    assert read(tmp_path / name) == log
    assert [case.case_id for case in log.cases()] == ["a", "b", "c", "d"]
    assert log.header.datasets[0].cases == 4
    assert log.header.packages["python"]


@pytest.mark.parametrize("lines", [1, 2, 4], ids=["the closing", "a case", "all but one"])
def test_a_run_that_was_broken_off_is_taken_up_again(tmp_path: Path, lines: int) -> None:
    """What is whole in the log is kept and not asked again; the result is that of a run in one go."""
    whole = run(a_run(*CASES), tmp_path / "whole.jsonl")
    path = tmp_path / "broken.jsonl"
    written = (tmp_path / "whole.jsonl").read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(written[:-lines]) + written[-lines][:20])
    kept = len(list(cases_in(path)))
    with pytest.raises(DataMissing, match="--resume"):
        read(path)
    plan = a_run(*CASES)
    again = run(plan, path, resume=True)
    assert again.rows == whole.rows
    assert again.closing.errors == whole.closing.errors
    assert [case.case_id for case in again.cases()] == ["a", "b", "c", "d"]
    assert isinstance(plan.production, StubProduction)
    assert len(plan.production.built[0].asked) == 4 - kept


def test_a_log_of_other_data_is_not_taken_up(tmp_path: Path) -> None:
    """Two halves of different runs would look like one."""
    path = tmp_path / "run.jsonl"
    run(a_run(*CASES), path)
    with pytest.raises(DataMissing, match="datasets differ"):
        run(a_run(CASES[0]), path, resume=True)
    with pytest.raises(DataMissing, match="finished"):
        run(a_run(*CASES), path, resume=True)


def test_many_threads_give_the_same_log(tmp_path: Path) -> None:
    """How many conversations run at once changes nothing but the time."""
    cases = [asked(f"word {n} refund", str(n), intent="refund") for n in range(40)]
    one, many = (
        run(Run(tasks=[a_task(*cases)], production=StubProduction(), configuration={}, workers=n), tmp_path / str(n))
        for n in (1, 8)
    )
    assert one.rows == many.rows
    assert [case.case_id for case in one.cases()] == [case.case_id for case in many.cases()]


@pytest.mark.parametrize("text", ["{}", "", '{"kind":"header","schema_number":1,"started_at":"2026-01-01T00:00:00Z"}'])
def test_a_file_that_is_no_log_is_refused(tmp_path: Path, text: str) -> None:
    """The message says what to do."""
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataMissing, match="run"):
        read(tmp_path / "x.json")


def test_each_case_ticks(tmp_path: Path) -> None:
    """The progress bar hears of every case."""
    heard: list[str] = []
    run(a_run(*CASES), tmp_path / "run.jsonl", tick=heard.append)
    assert heard == ["wishes"] * 4


def peak_of(folder: Path, cases: int) -> int:
    """Return the most bytes held while so many cases of a file are run."""
    data = folder / f"{cases}.jsonl"
    with data.open("w", encoding="utf-8") as out:
        for number in range(cases):
            out.write(asked("word " * 300 + "refund", str(number), intent="refund").model_dump_json() + "\n")
    task = replace(a_task(CASES[0]), dataset=Dataset(name="file", cases=labelled_file(data)))
    tracemalloc.start()
    try:
        log = run(Run(tasks=[task], production=lambda _: Forgetful(), configuration={}), folder / f"log-{cases}.jsonl")
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        assert log.closing.cases == cases


class Forgetful(StubAnalysis):
    """A stub that keeps no list of what it was asked."""

    def analyse(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Case:
        """Return the answer, and forget."""
        self.asked.clear()
        return super().analyse(transcript, domain=domain, only=only)


def test_memory_does_not_grow_with_cases(tmp_path: Path) -> None:
    """Three times the cases, each of some kilobytes: what is held grows by less than a third of what they take on disk."""
    few, many = peak_of(tmp_path, 400), peak_of(tmp_path, 1200)
    size = (tmp_path / "log-1200.jsonl").stat().st_size - (tmp_path / "log-400.jsonl").stat().st_size
    assert many - few < size / 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "holds no case", id="empty"),
        pytest.param('{"case_id": "a", "turns": []}\n', "line 1", id="no turns"),
        pytest.param('{"case_id": "a", "turns": [{"role": "bot", "text": "x"}]}\n' * 2, "twice", id="an id twice"),
    ],
)
def test_a_file_of_cases_that_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    """Before anything is run, the message names what is wrong."""
    (tmp_path / "own.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(DataMissing, match=said):
        labelled_file(tmp_path / "own.jsonl")


def test_cases_of_a_file_are_found_by_place(tmp_path: Path) -> None:
    """Empty lines do not count, and a slice is a list."""
    lines = [case.model_dump_json() for case in CASES]
    (tmp_path / "own.jsonl").write_text("\n\n".join(lines), encoding="utf-8")
    cases = labelled_file(tmp_path / "own.jsonl")
    assert (len(cases), cases[2].case_id, [case.case_id for case in cases[1:3]]) == (4, "c", ["b", "c"])
