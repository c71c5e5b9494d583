"""Pure measures. Each takes records and answers a number; of no data it raises, since 0 would be a lie."""

from evals.metrics.accuracy import accuracy, largest, mean, share, total
from evals.metrics.confusion import confusion
from evals.metrics.discrimination import auroc, cost_at, precision_at, recall_at
from evals.metrics.f1 import f1, f1_by_label, f1_of, macro_f1, precision, recall
from evals.metrics.interval import Interval, bootstrap
from evals.metrics.ranking import rank_correlation
from evals.metrics.records import Amount, Counts, Pair, Ranked, Record, Share

__all__ = [
    "Amount",
    "Counts",
    "Interval",
    "Pair",
    "Ranked",
    "Record",
    "Share",
    "accuracy",
    "auroc",
    "bootstrap",
    "confusion",
    "cost_at",
    "f1",
    "f1_by_label",
    "f1_of",
    "largest",
    "macro_f1",
    "mean",
    "precision",
    "precision_at",
    "rank_correlation",
    "recall",
    "recall_at",
    "share",
    "total",
]
