"""Every measure by its name, so that a report made from a log alone can compute what the run computed."""

from collections.abc import Callable

from evals.errors import DataMissing
from evals.metrics.accuracy import accuracy, called_unknown, largest, mean, quantile, share, total
from evals.metrics.calibration import calibration_error
from evals.metrics.discrimination import auroc, cost_at, precision_at, recall_at
from evals.metrics.f1 import balanced_accuracy, f1, f1_of, macro_f1, precision, rate_of, recall
from evals.metrics.metric import Measuring
from evals.metrics.ranking import rank_correlation

_PLAIN: dict[str, Measuring] = {
    measure.name: measure
    for measure in (
        accuracy,
        auroc,
        balanced_accuracy,
        calibration_error,
        called_unknown,
        f1,
        largest,
        macro_f1,
        mean,
        precision,
        rank_correlation,
        recall,
        share,
        total,
    )
}
_MADE: dict[str, Callable[..., Measuring]] = {
    "f1_of": f1_of,
    "rate_of": rate_of,
    "quantile": lambda part: quantile(float(part)),
    "precision_at": lambda threshold: precision_at(float(threshold)),
    "recall_at": lambda threshold: recall_at(float(threshold)),
    "cost_at": lambda threshold, missed: cost_at(float(threshold), missed=float(missed)),
}


def named(name: str) -> Measuring:
    """Return the measure of this name, such as `accuracy` or `f1_of:true`; DataMissing where there is none."""
    kind, *given = name.split(":")
    if given and kind in _MADE:
        return _MADE[kind](*given)
    if name not in _PLAIN:
        message = f"{name!r} is not a measure; there are {', '.join([*_PLAIN, *(f'{kind}:…' for kind in _MADE)])}"
        raise DataMissing(message)
    return _PLAIN[name]
