"""How alike a summary and the reference are in meaning, word by word.

After BERTScore (Zhang et al. 2020): each word is matched greedily with the most similar word of the other text by cosine; the
mean over the reference's words is recall, over the summary's precision, F1 of both the score. Theirs embeds words in their
context, ours alone, with the packaged model, so that values cannot be compared with published ones, only with each other.
"""

import numpy as np

from evals.cases import LabelledCase
from evals.metrics import Amount
from evals.scorers.score import Score, unscored
from evals.scorers.words import WordVectors, words


def score_likeness(case: LabelledCase, summary: str, vectors: WordVectors) -> list[Score]:
    """Score the summary's text against the reference summary, from 0 to 1."""
    if not case.labels.reference_summary:
        return unscored("likeness", why="no reference summary")
    value = likeness(case.labels.reference_summary, summary, vectors)
    return [Score(measure="likeness", records=(Amount(value=value),))]


def likeness(wanted: str, said: str, vectors: WordVectors) -> float:
    """Return the F1 of greedy matching; 0 where one text has no word."""
    ours, theirs = words(said), words(wanted)
    if not ours or not theirs:
        return 0.0
    similar = np.clip(vectors.of(theirs) @ vectors.of(ours).T, 0.0, 1.0)
    recall, precision = float(similar.max(axis=1).mean()), float(similar.max(axis=0).mean())
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
