"""Sense and letters together: what a label's texts mean, and the pieces of words that they are written with.

A sentence embedding blurs rare words, names of products and typing errors; runs of one to five letters keep them. Where a
label has many examples, a linear support vector machine over both (hinge loss, one label against the rest) errs less than a
logistic regression over the embedding alone; where it has few, the letters would only be learnt by heart.
The margins become probabilities by one temperature, chosen by cross-validation on the examples (Platt 1999; Guo et al. 2017).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_STRENGTH: Final = 0.3
_FOLDS: Final = 3
_TEMPERATURES: Final = np.geomspace(0.5, 12.0, 25)


@dataclass(frozen=True, slots=True)
class Spelling:
    """A trained model: weights for the embedding and for the letters, one column per class; `letters` is scikit-learn's."""

    letters: Any
    by_sense: Floats
    by_letters: Floats
    bias: Floats
    temperature: float

    def margins(self, vectors: Floats, texts: Sequence[str]) -> Floats:
        """Return how far each text is on each class's side, one row per text; above 0 the class takes it."""
        margins: Floats = vectors @ self.by_sense + self.letters.transform(texts) @ self.by_letters + self.bias
        return margins

    def shares(self, margins: Floats) -> Floats:
        """Return the probability of each class."""
        return _softmax(self.temperature * margins)


def spelled(vectors: Floats, texts: Sequence[str], owners: Sequence[str], classes: Sequence[str]) -> Spelling:
    """Return the model of these texts, a row of `vectors` each; columns in the order of `classes` (three or more)."""
    from scipy import sparse  # noqa: PLC0415 -- heavy, and only needed to train
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 -- the same
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: PLC0415 -- the same
    from sklearn.svm import LinearSVC  # noqa: PLC0415 -- the same

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), sublinear_tf=True, min_df=2, dtype=np.float32)
    rows = sparse.hstack([sparse.csr_matrix(vectors), letters.fit_transform(texts)]).tocsr()
    names = np.array(owners)
    machine = LinearSVC(C=_STRENGTH, random_state=0)
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    margins = cross_val_predict(machine, rows, names, cv=folds, method="decision_function")
    machine.fit(rows, names)
    order = [list(machine.classes_).index(name) for name in classes]
    weights = machine.coef_.T[:, order].astype(np.float32)
    right = np.searchsorted(machine.classes_, names)
    return Spelling(
        letters=letters,
        by_sense=weights[: vectors.shape[1]],
        by_letters=weights[vectors.shape[1] :],
        bias=machine.intercept_[order].astype(np.float32),
        temperature=_temperature(np.asarray(margins), right),
    )


def _temperature(margins: NDArray[np.float64], right: NDArray[np.intp]) -> float:
    """The factor under which the margins' log loss is least."""
    rows = np.arange(len(right))
    losses = [-np.log(_softmax(factor * margins)[rows, right] + 1e-9).mean() for factor in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _softmax(scores: NDArray[Any]) -> Floats:
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares
