"""Whether two orders agree."""

from collections.abc import Sequence

from evals.errors import NothingToScore, Undefined
from evals.metrics.records import Ranked


def rank_correlation(records: Sequence[Ranked]) -> float:
    """Return Spearman's rank correlation; Undefined where one side has a single value."""
    if not records:
        message = "there is nothing to measure; a correlation of no data is not 0"
        raise NothingToScore(message)
    truth = [record.truth for record in records]
    guess = [record.guess for record in records]
    if len(set(truth)) == 1 or len(set(guess)) == 1:
        message = "a correlation needs at least two different values on each side"
        raise Undefined(message)
    import numpy as np  # noqa: PLC0415 -- slow to import, and only this measure needs them
    from scipy.stats import rankdata  # noqa: PLC0415

    # Spearman's is Pearson's correlation of the ranks; spearmanr itself works out p-values that nobody asks for here
    return float(np.corrcoef(rankdata(truth), rankdata(guess))[0, 1])
