"""Verification and steps over whole dialogues with back-end calls."""

from evals.cases import Dataset
from evals.metrics import accuracy, f1, mean, recall
from evals.scorers import STATES, score_steps, score_verification
from evals.tasks.task import Aim, Measure, Task, analyse, using


def star_verification(dataset: Dataset) -> Task:
    """Return the task of saying what was proven in the dialogues of which that is labelled."""
    bank = dataset.holding((c for c in dataset.cases if c.labels.verification is not None), name="star bank")
    return Task(
        name="star-verification",
        dataset=bank,
        ask=analyse("intent", "facts", "verification"),
        scorers=using(score_verification),
        measures=(
            Measure("verification", "accuracy", "verification", accuracy, Aim(0.95)),
            Measure("verification", "false verified", "false_verified", mean, Aim(0.005, at_most=True)),
            Measure("verification", "failed attempt noticed", "failed_before", accuracy),
        ),
        confusion=("verification",),
        labels={"verification": STATES},
    )


def star_steps(dataset: Dataset) -> Task:
    """Return the task of listing the back-end calls with their outcome.

    Only calls whose result was told are labelled, so that recall counts here; F1 is shown for comparison.
    """
    return Task(
        name="star-steps",
        dataset=dataset.holding(case for case in dataset.cases if case.labels.steps_tried),
        ask=analyse("intent", "facts", "verification", "steps_tried"),
        scorers=using(score_steps),
        measures=(
            Measure("steps tried", "F1, calls and informs", "steps", f1, Aim(0.75), form="number"),
            Measure("steps tried", "recall, calls and informs", "steps", recall),
        ),
    )
