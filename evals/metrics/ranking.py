"""Whether two orders agree, and how high the right things stand in a ranking."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from evals.errors import NothingToScore, Undefined
from evals.metrics.columns import Columns
from evals.metrics.metric import WholeMetric


def _spearman(columns: Columns) -> float:
    import numpy as np  # noqa: PLC0415 -- beside scipy, which only this measure needs
    from scipy.stats import rankdata  # noqa: PLC0415 -- slow to import

    truth, guess = columns.numbers[:, 0], columns.numbers[:, 1]
    if len(set(truth)) == 1 or len(set(guess)) == 1:
        message = "a correlation needs at least two different values on each side"
        raise Undefined(message)
    # Spearman's is Pearson's correlation of the ranks; spearmanr itself works out p-values that nobody asks for here
    return float(np.corrcoef(rankdata(truth), rankdata(guess))[0, 1])


rank_correlation = WholeMetric("rank_correlation", _spearman)
"""Spearman's rank correlation; Undefined where one side has a single value."""


class Ranking(NamedTuple):
    """How high the relevant things stand in one ranking, each from 0 to 1."""

    hit_at_1: float
    hit_at_3: float
    hit_at_5: float
    reciprocal_rank: float
    ndcg_at_10: float


def ranking(found: Sequence[str], relevant: Collection[str]) -> Ranking:
    """Return the measures of trec_eval for a ranking, best first; NothingToScore where nothing is relevant.

    nDCG after Järvelin and Kekäläinen (2002) with gains 0 and 1.
    """
    if not relevant:
        message = "no article is labelled as relevant; a rank of nothing is not 0"
        raise NothingToScore(message)
    from ir_measures import RR, Qrel, ScoredDoc, Success, iter_calc, nDCG  # noqa: PLC0415 -- only this needs it

    measures = (Success @ 1, Success @ 3, Success @ 5, RR, nDCG @ 10)
    wanted = [Qrel("q", each, 1) for each in sorted(relevant)]
    scored = [ScoredDoc("q", each, float(-place)) for place, each in enumerate(dict.fromkeys(found))]
    # trec_eval knows no query without an answer: an empty ranking stands for one that found something else
    values = {each.measure: each.value for each in iter_calc(measures, wanted, scored or [ScoredDoc("q", "", 0.0)])}
    return Ranking(*(float(values[measure]) for measure in measures))
