"""Pure measures. Each takes records and answers a number; of no data it raises, since 0 would be a lie."""

from evals.metrics.accuracy import accuracy, called_unknown, largest, mean, quantile, share, total
from evals.metrics.calibration import Bin, calibration_error, curve
from evals.metrics.catalogue import named
from evals.metrics.columns import Columns, Filling
from evals.metrics.confusion import confusion
from evals.metrics.discrimination import auroc, cost_at, precision_at, recall_at
from evals.metrics.f1 import balanced_accuracy, f1, f1_by_label, f1_of, macro_f1, precision, rate_of, recall
from evals.metrics.interval import Interval, bootstrap, bounds, interval, resampled, wilson
from evals.metrics.metric import Measuring, Metric, WholeMetric
from evals.metrics.paired import Difference, difference, mcnemar
from evals.metrics.ranking import Ranking, rank_correlation, ranking
from evals.metrics.records import Amount, Confidence, Counts, Pair, Ranked, Record, Share

__all__ = [
    "Amount",
    "Bin",
    "Columns",
    "Confidence",
    "Counts",
    "Difference",
    "Filling",
    "Interval",
    "Measuring",
    "Metric",
    "Pair",
    "Ranked",
    "Ranking",
    "Record",
    "Share",
    "WholeMetric",
    "accuracy",
    "auroc",
    "balanced_accuracy",
    "bootstrap",
    "bounds",
    "calibration_error",
    "called_unknown",
    "confusion",
    "cost_at",
    "curve",
    "difference",
    "f1",
    "f1_by_label",
    "f1_of",
    "interval",
    "largest",
    "macro_f1",
    "mcnemar",
    "mean",
    "named",
    "precision",
    "precision_at",
    "quantile",
    "rank_correlation",
    "ranking",
    "rate_of",
    "recall",
    "recall_at",
    "resampled",
    "share",
    "total",
    "wilson",
]
