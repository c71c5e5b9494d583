"""Logs made by hand, for everything that is made from a log alone."""

from pathlib import Path
from typing import Any

from evals.cases import Dataset, LabelledCase
from evals.log import EvalLog
from evals.metrics import accuracy, f1_of, total
from evals.runner import Run, run
from evals.scorers import score_intent, score_verification
from evals.tasks import Aim, Measure, Task
from evals.tasks.task import analyse, using
from tests.unit.evals.answers import a_case
from tests.unit.evals.stub_production import StubProduction


def asked(text: str, case_id: str, **labels: Any) -> LabelledCase:  # noqa: ANN401 -- any label
    """Return a case of one customer turn; the stub takes its last word for the intent."""
    from assist.domain.transcript import Role, Turn

    return a_case(Turn(role=Role.CUSTOMER, text=text), case_id=case_id, **labels)


def a_log(path: Path, *cases: LabelledCase, **configuration: Any) -> EvalLog:  # noqa: ANN401 -- any setting
    """Return the log of a run of the stub over these cases."""
    task = Task(
        name="small",
        dataset=Dataset(name="small", cases=cases),
        ask=analyse(),
        scorers=using(score_intent, score_verification),
        measures=(
            Measure("intent", "accuracy", "intent", accuracy, Aim(0.5)),
            Measure("intent", "F1 of refund", "intent", f1_of("refund"), form="number"),
            Measure("verification", "accuracy", "verification", accuracy, Aim(0.5)),
            Measure("dangers", "false verified", "false_verified", total, Aim(0, at_most=True), form="count"),
        ),
        confusion=("intent",),
    )
    return run(Run(tasks=[task], production=StubProduction(), configuration=configuration), path)
