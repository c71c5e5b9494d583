"""How well a number tells two kinds of cases apart, and what a threshold on it brings."""

from typing import Final

import numpy as np

from evals.errors import Undefined
from evals.metrics.columns import Columns, Floats
from evals.metrics.metric import Metric, WholeMetric, divided, stacked

_TRUTH, _GUESS = 0, 1
_NONE_OVER: Final = "no case is at or over the threshold"
_NONE_SOUGHT: Final = "no case is of the kind sought"


def _auroc(columns: Columns) -> float:
    from scipy.stats import rankdata  # noqa: PLC0415 -- slow to import, and only this measure needs it

    sought = columns.numbers[:, _TRUTH] > 0
    yes, no = int(sought.sum()), int((~sought).sum())
    if not yes or not no:
        message = "telling two kinds apart needs at least one case of each"
        raise Undefined(message)
    ranks = rankdata(columns.numbers[:, _GUESS])[sought]
    return float((ranks.sum() - yes * (yes + 1) / 2) / (yes * no))


auroc = WholeMetric("auroc", _auroc)
"""The chance that a case of the one kind (truth 1) has the higher number than one of the other; ties count half."""


def _ratio(sums: Floats) -> Floats:
    return divided(sums[..., 0], sums[..., 1])


def _marked(columns: Columns, threshold: float) -> tuple[Floats, Floats]:
    """Whether each case is of the kind sought, and whether it is at or over the threshold, as 0 and 1."""
    return (columns.numbers[:, _TRUTH] > 0).astype(float), (columns.numbers[:, _GUESS] >= threshold).astype(float)


def precision_at(threshold: float) -> Metric:
    """Return the measure: of the cases at or over the threshold, how many are of the kind sought."""

    def parts(columns: Columns) -> Floats:
        sought, over = _marked(columns, threshold)
        return stacked(sought * over, over)

    return Metric(f"precision_at:{threshold:g}", parts, _ratio, undefined=_NONE_OVER)


def recall_at(threshold: float) -> Metric:
    """Return the measure: of the cases of the kind sought, how many are at or over the threshold."""

    def parts(columns: Columns) -> Floats:
        sought, over = _marked(columns, threshold)
        return stacked(sought * over, sought)

    return Metric(f"recall_at:{threshold:g}", parts, _ratio, undefined=_NONE_SOUGHT)


def cost_at(threshold: float, *, missed: float) -> Metric:
    """Return the measure: the cost a case, where a false alarm costs 1 and a case missed costs `missed`."""

    def parts(columns: Columns) -> Floats:
        sought, over = _marked(columns, threshold)
        return stacked(missed * sought * (1 - over) + (1 - sought) * over, np.ones(len(columns)))

    return Metric(f"cost_at:{threshold:g}:{missed:g}", parts, _ratio)
