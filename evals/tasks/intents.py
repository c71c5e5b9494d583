"""What customers want, early in the conversation, and when nothing known is meant."""

from evals.cases import Dataset
from evals.metrics import accuracy, called_unknown
from evals.scorers import score_intent
from evals.tasks.task import Aim, Measure, Task, analyse, using


def star_intent(dataset: Dataset, *, customer_turns: int = 3) -> Task:
    """Return the task of naming the one wish of a dialogue after so many customer turns."""
    return Task(
        name=f"star-intent-{customer_turns}",
        dataset=dataset.holding(case.until(customer_turns=customer_turns) for case in dataset.cases),
        ask=analyse("intent"),
        scorers=using(score_intent),
        measures=(
            Measure("intent", f"accuracy after {customer_turns} customer turns", "intent", accuracy, Aim(0.97)),
            Measure("intent", "in-domain called unknown", "intent", called_unknown, Aim(0.05, at_most=True)),
        ),
    )


def plain_intent(dataset: Dataset, *, aim: Aim | None = None, name: str = "accuracy") -> Task:
    """Return the task of naming the wish of each case."""
    return Task(
        name=f"intent-{dataset.name}",
        dataset=dataset,
        ask=analyse("intent"),
        scorers=using(score_intent),
        measures=(
            Measure("intent", name, "intent", accuracy, aim),
            Measure("intent", "in the first three", "intent_top3", accuracy),
        ),
    )


def out_of_domain(dataset: Dataset) -> Task:
    """Return the task of calling utterances `unknown` that belong to other lines of business."""
    return Task(
        name="out-of-domain",
        dataset=dataset,
        ask=analyse("intent"),
        scorers=using(score_intent),
        measures=(Measure("intent", "out-of-domain called unknown", "intent", accuracy, Aim(0.85)),),
    )
