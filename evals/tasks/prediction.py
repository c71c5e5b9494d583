"""Whether hand-overs are foreseen, and whether dialogues that go well are left alone."""

from evals.cases import Dataset
from evals.metrics import auroc, cost_at, precision_at, recall_at, share
from evals.scorers import score_false_alarm, score_risk
from evals.tasks.task import Aim, Measure, Task, analyse, using

_STAGES = ("intent", "facts", "verification", "steps_tried", "sentiment", "escalation")
_THRESHOLDS = (0.05, 0.1, 0.2, 0.3)
_MISSED = 5.0


def foreseen(dataset: Dataset, *, name: str, aim: Aim | None = None, curves: bool = False) -> Task:
    """Return the task of telling runs that end with a hand-over from others; `curves` adds precision, recall and cost."""
    return Task(
        name=name,
        dataset=dataset,
        ask=analyse(*_STAGES),
        scorers=using(score_risk),
        measures=(
            Measure("escalation", "hand-over foreseen, AUROC", "handover_risk", auroc, aim, form="number"),
            *(row for threshold in (_THRESHOLDS if curves else ()) for row in _curve(threshold)),
        ),
    )


def left_alone(dataset: Dataset) -> Task:
    """Return the task of raising no alarm where everything is solved."""
    return Task(
        name="star-solved",
        dataset=dataset,
        ask=analyse(*_STAGES),
        scorers=using(score_false_alarm),
        measures=(
            Measure("escalation", "false alarms on solved dialogues", "false_alarm", share, Aim(0.05, at_most=True)),
        ),
    )


def _curve(threshold: float) -> tuple[Measure, ...]:
    where = f"risk at least {threshold:.2f}"
    return (
        Measure("escalation", f"{where}: precision", "handover_risk", precision_at(threshold)),
        Measure("escalation", f"{where}: recall", "handover_risk", recall_at(threshold)),
        Measure(
            "escalation",
            f"{where}: cost a run (missed {_MISSED:g}, false alarm 1)",
            "handover_risk",
            cost_at(threshold, missed=_MISSED),
            form="number",
        ),
    )
