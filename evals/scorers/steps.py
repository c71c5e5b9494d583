"""Are the steps tried the right ones, with the right outcome?

A step matches a labelled one when their evidence turns overlap and their outcomes agree. Matching is one to one and
greedy: the pairs with the largest overlap (intersection over union) are taken first.
"""

from collections.abc import Sequence

from assist.analysis.case import Case
from assist.domain.findings import Step
from evals.cases import LabelledCase, StepLabel
from evals.metrics import Counts
from evals.scorers.score import Mistake, Score, unscored


def score_steps(case: LabelledCase, answer: Case) -> list[Score]:
    """Score steps with outcome, and without it."""
    labels = case.labels.steps_tried
    if labels is None:
        return unscored("steps", "steps_without_outcome")
    found = answer.steps_tried
    strict = matched(labels, found, outcome=True)
    loose = matched(labels, found, outcome=False)
    wrong = [
        Mistake(
            kind=f"steps: outcome {labels[i].outcome} taken for {found[j].outcome.value}",
            detail=f"{labels[i].action!r} {list(labels[i].turns)} answered {found[j].action!r} {list(found[j].turns)}",
        )
        for i, j in loose
        if labels[i].outcome != found[j].outcome.value
    ]
    missed = set(range(len(labels))) - {i for i, _ in loose}
    extra = set(range(len(found))) - {j for _, j in loose}
    wrong += [
        Mistake(kind=f"steps: missed, by {labels[i].by}", detail=f"{labels[i].action!r} {list(labels[i].turns)}")
        for i in sorted(missed)
    ]
    wrong += [
        Mistake(kind="steps: not a labelled step", detail=f"{found[j].action!r} {list(found[j].turns)}")
        for j in sorted(extra)
    ]
    return [
        Score(measure="steps", records=(_counts(len(strict), labels, found),), mistakes=tuple(wrong)),
        Score(measure="steps_without_outcome", records=(_counts(len(loose), labels, found),)),
    ]


def matched(labels: Sequence[StepLabel], found: Sequence[Step], *, outcome: bool) -> list[tuple[int, int]]:
    """Return index pairs (label, found), greedily by overlap; ties go to the earlier ones."""
    candidates = []
    for i, label in enumerate(labels):
        for j, step in enumerate(found):
            both = set(label.turns) & set(step.turns)
            if both and (not outcome or label.outcome == step.outcome.value):
                candidates.append((-len(both) / len(set(label.turns) | set(step.turns)), i, j))
    taken: list[tuple[int, int]] = []
    for _, i, j in sorted(candidates):
        if all(i != a and j != b for a, b in taken):
            taken.append((i, j))
    return sorted(taken)


def _counts(hits: int, labels: Sequence[StepLabel], found: Sequence[Step]) -> Counts:
    return Counts(hits=hits, false=len(found) - hits, missed=len(labels) - hits)
