"""How well a number tells two kinds of cases apart, and what a threshold on it brings."""

from collections.abc import Callable, Sequence

from evals.errors import Undefined
from evals.metrics.records import Ranked


def auroc(records: Sequence[Ranked]) -> float:
    """Return the chance that a case of the one kind (truth 1) has the higher number than one of the other; ties count half."""
    yes = [record.guess for record in records if record.truth > 0]
    no = [record.guess for record in records if record.truth <= 0]
    if not yes or not no:
        message = "telling two kinds apart needs at least one case of each"
        raise Undefined(message)
    from scipy.stats import rankdata  # noqa: PLC0415 -- slow to import, and only this measure needs it

    ranks = rankdata([*yes, *no])[: len(yes)]
    return float((ranks.sum() - len(yes) * (len(yes) + 1) / 2) / (len(yes) * len(no)))


def precision_at(threshold: float) -> Callable[[Sequence[Ranked]], float]:
    """Return the measure: of the cases at or over the threshold, how many are of the kind sought."""

    def measure(records: Sequence[Ranked]) -> float:
        over = [record for record in records if record.guess >= threshold]
        if not over:
            message = f"no case is at or over {threshold:g}"
            raise Undefined(message)
        return sum(record.truth > 0 for record in over) / len(over)

    return measure


def recall_at(threshold: float) -> Callable[[Sequence[Ranked]], float]:
    """Return the measure: of the cases of the kind sought, how many are at or over the threshold."""

    def measure(records: Sequence[Ranked]) -> float:
        sought = [record for record in records if record.truth > 0]
        if not sought:
            message = "no case is of the kind sought"
            raise Undefined(message)
        return sum(record.guess >= threshold for record in sought) / len(sought)

    return measure


def cost_at(threshold: float, *, missed: float) -> Callable[[Sequence[Ranked]], float]:
    """Return the measure: the cost a case, where a false alarm costs 1 and a case missed costs `missed`."""

    def measure(records: Sequence[Ranked]) -> float:
        if not records:
            message = "there is nothing to measure; a cost of no data is not 0"
            raise Undefined(message)
        costs = [
            missed * (record.guess < threshold) if record.truth > 0 else float(record.guess >= threshold)
            for record in records
        ]
        return sum(costs) / len(records)

    return measure
