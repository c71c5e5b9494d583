"""The gate fails on each of a dozen faults planted on purpose, and passes what is not broken."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from assist.analysis.pipeline import Reading
from assist.domain.transcript import Transcript
from assist.wiring import Assist
from evals.baseline import slim
from evals.cases import Dataset, LabelledCase
from evals.errors import DataMissing
from evals.gates import Finding, findings, shipped, thresholds
from evals.log import EvalLog
from evals.production import Analysis, Configured
from evals.runner import Run, run
from evals.scorers import Scorer
from evals.tasks import Task, handoffs, packet_scorers
from evals.tasks import shipped as shipped_tasks
from tests.unit.evals import planted
from tests.unit.evals.stub_production import StubAnalysis

CASES = 12
LIMITS = thresholds(shipped("gates.yaml"))


@dataclass
class Spoiled(StubAnalysis):
    """Gives the readings that the real service made, spoiled by a fault in every so-manieth conversation."""

    readings: dict[str, Reading] | None = None
    fault: planted.Fault | None = None
    every: int = 1

    def read(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Reading:
        """Return the reading of this conversation."""
        known = self.readings or {}
        reading = known[transcript.conversation_id or ""]
        chosen = list(known).index(transcript.conversation_id or "") % self.every == 0
        return replace(reading, case=self.fault(reading.case)) if self.fault and chosen else reading


@dataclass(frozen=True)
class Bench:
    """What all faults are tried on."""

    task: Task
    readings: dict[str, Reading]
    baseline: EvalLog
    folder: Path

    def log(self, name: str, fault: planted.Fault | None = None, *, every: int = 1) -> EvalLog:
        """Return the log of a run with this fault."""
        analysis = Spoiled(readings=self.readings, fault=fault, every=every)
        return run(
            Run(tasks=[self.task], production=lambda _: analysis, configuration={}), self.folder / f"{name}.jsonl"
        )

    def failed(self, name: str, fault: planted.Fault, *, every: int = 1) -> set[str]:
        """Return the gates that fail on this fault."""
        found = findings(self.log(name, fault, every=every), self.baseline, LIMITS)
        return {finding.gate for finding in found if not finding.passed}


def _remembered(scorers: tuple[Scorer, ...], _: Analysis) -> tuple[Scorer, ...]:
    return scorers


@pytest.fixture(scope="module", name="bench")
def _bench(tmp_path_factory: pytest.TempPathFactory, assist: Assist, data_dir: Path) -> Bench:
    """Return the real service's readings of shipped conversations, scored and slimmed to a baseline."""
    assert assist.domains  # its articles are embedded by now, and remembered in the same folder
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSIST_DATA_DIR", str(data_dir))
        analysis = Configured()({})
    (whole,) = shipped_tasks()
    cases: list[LabelledCase] = list(whole.dataset.cases[:: max(1, len(whole.dataset.cases) // CASES)])
    readings = {case.case_id: analysis.read(case.transcript, domain=case.domain) for case in cases}
    task = replace(
        handoffs(Dataset(name="shipped", cases=tuple(cases))), scorers=partial(_remembered, packet_scorers(analysis))
    )
    folder = tmp_path_factory.mktemp("logs")
    made = run(
        Run(tasks=[task], production=lambda _: Spoiled(readings=readings), configuration={}), folder / "good.jsonl"
    )
    return Bench(task, readings, slim(made, folder / "baseline.jsonl.gz"), folder)


@pytest.mark.model
def test_the_unbroken_service_passes_every_gate(bench: Bench) -> None:
    """Nothing fails where nothing changed."""
    found = findings(bench.log("unbroken"), bench.baseline, LIMITS)
    assert [finding for finding in found if not finding.passed] == []
    assert len(found) > 20


@pytest.mark.model
@pytest.mark.parametrize(
    ("fault", "gate", "every"),
    [
        pytest.param(planted.swapped_amount, "danger: invented amount", 3, id="an amount is swapped"),
        pytest.param(planted.dropped_negation, "summary: accepted by grounding gate", 1, id="negations are dropped"),
        pytest.param(planted.forged_citation, "danger: forged citation", CASES, id="a citation is forged"),
        pytest.param(planted.wrong_citation, "summary: accepted by grounding gate", 1, id="the greeting proves all"),
        pytest.param(planted.false_verified, "danger: false verified", 2, id="unverified is called verified"),
        pytest.param(planted.leaked_card, "danger: leaked secret", CASES, id="a card number leaks"),
        pytest.param(planted.invented_promise, "danger: invented promise", CASES, id="a promise is invented"),
        pytest.param(planted.missed_escalation, "danger: missed escalation", 2, id="an escalation is missed"),
        pytest.param(planted.wrong_intent, "intent: accuracy", 2, id="intents are wrong"),
        pytest.param(planted.lost_summary, "danger: lost summary", CASES, id="a summary is lost"),
        pytest.param(planted.swapped_name, "summary: names that were said", CASES, id="a name is swapped"),
        pytest.param(planted.swapped_outcome, "steps tried: F1, evidence and outcome", 2, id="outcomes are wrong"),
        pytest.param(planted.broken_stage, "broken cases", CASES, id="the service breaks on a case"),
    ],
)
def test_a_planted_fault_fails_its_gate(bench: Bench, fault: planted.Fault, gate: str, every: int) -> None:
    """Whatever the averages say, this error does not go live."""
    assert gate in bench.failed(fault.__name__, fault, every=every)


@pytest.mark.model
def test_other_data_than_the_baselines_fail(bench: Bench) -> None:
    """A suite that lost its hard cases would look better."""
    fewer = replace(bench.task, dataset=bench.task.dataset.holding(bench.task.dataset.cases[1:]))
    analysis = Spoiled(readings=bench.readings)
    log = run(Run(tasks=[fewer], production=lambda _: analysis, configuration={}), bench.folder / "fewer.jsonl")
    (data, *_) = findings(log, bench.baseline, LIMITS)
    assert data == Finding(gate="data", passed=False, said=data.said)
    assert "assist evals baseline" in data.said


@pytest.mark.parametrize("text", ["dangers: {x: {at_most: many}}\nmeasures: {}", "[", "measures: {}"])
def test_thresholds_that_cannot_be_used_are_named(tmp_path: Path, text: str) -> None:
    """A typo in a threshold must not open the gate."""
    (tmp_path / "gates.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataMissing, match=r"gates\.yaml"):
        thresholds(tmp_path / "gates.yaml")
