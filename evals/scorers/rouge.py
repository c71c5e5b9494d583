"""Which words and word pairs of a reference summary stand in the summary, and in which order.

ROUGE-1, ROUGE-2 and ROUGE-L, F1 (Lin 2004, "ROUGE: A Package for Automatic Evaluation of Summaries"), on words in lower case
reduced to their Porter stem, as the package's own option -m does. Counted here, in thirty lines, since the library of that name
ships as source alone, is not kept any more, keeps no letters outside a to z, and brings nltk with it.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import lru_cache
from itertools import pairwise

from evals.cases import LabelledCase
from evals.metrics import Amount
from evals.scorers.score import Score, unscored
from evals.scorers.words import words

MEASURES = ("rouge_1", "rouge_2", "rouge_l")


def score_rouge(case: LabelledCase, summary: str) -> list[Score]:
    """Score the summary's text against the reference summary."""
    reference = case.labels.reference_summary
    if not reference:
        return unscored(*MEASURES, why="no reference summary")
    wanted, said = _stems(reference), _stems(summary)
    values = (overlap(wanted, said), overlap(_pairs(wanted), _pairs(said)), subsequence(wanted, said))
    return [Score(measure=name, records=(Amount(value=value),)) for name, value in zip(MEASURES, values, strict=True)]


def overlap(wanted: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """Return the F1 of what both hold, each thing as often as both hold it."""
    return _f1((Counter(wanted) & Counter(said)).total(), len(wanted), len(said))


def subsequence(wanted: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """Return the F1 of their longest common subsequence."""
    row = [0] * (len(said) + 1)
    for one in wanted:
        before = row
        row = [0]
        for at, other in enumerate(said):
            row.append(before[at] + 1 if one == other else max(before[at + 1], row[at]))
    return _f1(row[-1], len(wanted), len(said))


def _f1(both: int, wanted: int, said: int) -> float:
    return 2 * both / (wanted + said) if wanted + said else 0.0


def _pairs(stems: Sequence[str]) -> list[tuple[str, str]]:
    return list(pairwise(stems))


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in words(text)]


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    import snowballstemmer  # noqa: PLC0415 -- only where text is compared

    return str(snowballstemmer.stemmer("porter").stemWord(word))
