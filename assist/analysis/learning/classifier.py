"""A small text classifier over sentence embeddings: few examples in, probabilities out, and a way to say "none of these".

Two judgements are kept apart. A logistic regression over the labels says which of them is the best. Whether any of them
fits at all is another question, on which such a regression is sure of itself even with texts of another world: it is
answered by the nearest example, held against the nearest example of what the labels do not cover, and by a second
regression that only tells the two sides apart.
Training uses scikit-learn once; answering is a few matrix products.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assist.analysis.learning.spelling import Spelling, spelled
from knowledge.ports import Embedder

Floats = NDArray[np.float32]

TALK = "#talk"
"""The class of turns that carry no wish: greetings, answers, thanks."""

_STRENGTH = 12.0  # inverse regularisation; flat between 10 and 100 on unit vectors with 2 to 20 examples a label
_RESEMBLES = 0.7  # a background text this near to an example belongs to the labels and would only blur them
_FREQUENCY = 0.5  # of the number of examples, this power counts
_IS_TALK = 0.8  # an example this near to talk tells nothing of its label
_TALK_LABEL = 0.3  # a label of which this share is talk is meant to be talk
_BACKGROUND_SHARE = 0.5
_INSIDE_SHARE = 0.5
_FIT_NEEDED = 0.42
_FIT_ENOUGH = 0.43
_MANY = 50  # examples a label; with some 30, letters brought nothing in conversations of several wishes
_TAKES = 0.2  # of the distance at which the machine is sure; some 5 % of other worlds' texts come so near
_FEWEST = 3  # classes, and examples of each, that a machine can be cross-validated on


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the classifier says of n texts.

    `probabilities` has shape (n, labels); a row sums to 1 less `talk`, the probability that a text carries no wish.
    `fit` is at least `FIT_NEEDED` where some label fits.
    """

    probabilities: Floats
    talk: Floats
    fit: Floats


@dataclass(frozen=True, slots=True)
class Plane:
    """A trained linear model: weights of shape (dimension, classes) and their bias."""

    weights: Floats
    bias: Floats

    def shares(self, vectors: Floats) -> Floats:
        """Return the probability of each class, one row per vector."""
        logits = vectors @ self.weights + self.bias
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares: Floats = odds / odds.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True, slots=True)
class Outside:
    """What the labels do not cover: examples of it, and the plane between the two sides (inside is class 1)."""

    examples: Floats
    plane: Plane


class TextClassifier:
    """Says which label texts have, from their unit vectors. Without `outside`, whatever is near an example fits."""

    FIT_NEEDED = _FIT_NEEDED

    def __init__(
        self,
        *,
        classes: Sequence[str],
        plane: Plane,
        exemplars: Floats,
        outside: Outside | None = None,
        spelling: Spelling | None = None,
    ) -> None:
        self.labels = tuple(name for name in classes if name != TALK)
        self._columns = [index for index, name in enumerate(classes) if name != TALK]
        self._talk = list(classes).index(TALK) if TALK in classes else None
        self._plane = plane
        self._exemplars = exemplars
        self._outside = outside
        self._spelling = spelling

    def judge(self, vectors: Floats, texts: Sequence[str] = ()) -> Judgement:
        """Return the judgement on unit rows; a zero row (no text) fits nothing.

        `texts`, one a row, adds what the spelling says where there were many examples.
        """
        margins = self._spelling.margins(vectors, texts) if self._spelling and texts else None
        shares = self._plane.shares(vectors)
        if self._spelling is not None and margins is not None:
            shares = self._spelling.shares(margins)
        talk = shares[:, self._talk] if self._talk is not None else np.zeros(len(vectors), np.float32)
        fit = _nearest(vectors, self._exemplars) + _INSIDE_SHARE
        if self._outside is not None:
            inside = self._outside.plane.shares(vectors)[:, 1]
            fit -= _INSIDE_SHARE * (1.0 - inside) + _BACKGROUND_SHARE * _nearest(vectors, self._outside.examples)
        if margins is not None:
            # Among many examples a label that clearly takes a text for its own is no stranger's.
            fit = np.where(margins[:, self._columns].max(axis=1) >= _TAKES, np.maximum(fit, _FIT_ENOUGH), fit)
        spoken = np.any(vectors != 0, axis=1)
        return Judgement(
            probabilities=np.where(spoken[:, None], shares[:, self._columns], 0.0).astype(np.float32),
            talk=np.where(spoken, talk, 1.0).astype(np.float32),
            fit=np.where(spoken, fit, -1.0).astype(np.float32),
        )


def train(
    texts: Mapping[str, Sequence[str]],
    embedder: Embedder,
    *,
    talk: Sequence[str] = (),
    elsewhere: Sequence[str] = (),
    by_spelling: bool = False,
) -> TextClassifier:
    """Return a classifier for the labels of `texts`; labels without a text are left out.

    `talk` are texts that carry no wish, `elsewhere` wishes that the labels may not cover: those of them that resemble
    an example are dropped. With `by_spelling`, labels of many examples are told apart by their letters too; a text that
    stands there repeatedly counts so often. The same input gives the same classifier.
    """
    said = Counter((label, text) for label, group in texts.items() for text in group if text.strip())
    pairs = list(said)
    if not pairs:
        message = "no label has an example text; give each label a name, a description or an utterance"
        raise ValueError(message)
    exemplars = embedder.embed([text for _, text in pairs])
    chat = embedder.embed(list(talk)) if talk else exemplars[:0]
    chat = _unless_covered(chat, [label for label, _ in pairs], exemplars)
    telling = _telling([label for label, _ in pairs], exemplars, chat)
    pairs = [pair for pair, kept in zip(pairs, telling, strict=True) if kept]
    exemplars = exemplars[telling]
    owners = [label for label, _ in pairs]
    labels = list(dict.fromkeys(owners))
    classes = [*labels, TALK] if len(chat) else labels
    rows, owned = np.vstack([exemplars, chat]), [*owners, *[TALK] * len(chat)]
    spelling = None
    if by_spelling and _can_spell(owners, classes):
        often = np.repeat(np.arange(len(rows)), [*(said[pair] for pair in pairs), *[1] * len(chat)])
        written = [*(text for _, text in pairs), *talk][: len(rows)]
        spelling = spelled(rows[often], [written[at] for at in often], [owned[at] for at in often], classes)
    return TextClassifier(
        classes=classes,
        plane=_plane(rows, owned, classes),
        exemplars=exemplars,
        spelling=spelling,
        outside=_outside(exemplars, embedder.embed(list(elsewhere))) if elsewhere else None,
    )


def _can_spell(owners: Sequence[str], classes: Sequence[str]) -> bool:
    counts = Counter(owners)
    usual = len(owners) / len(counts)
    return len(classes) >= _FEWEST and usual >= _MANY and min(counts.values()) >= _FEWEST


def _outside(exemplars: Floats, elsewhere: Floats) -> Outside | None:
    others = elsewhere[_nearest(elsewhere, exemplars) < _RESEMBLES]
    if not len(others):
        return None
    sides = ["outside"] * len(others) + ["inside"] * len(exemplars)
    return Outside(others, _plane(np.vstack([others, exemplars]), sides, ["outside", "inside"]))


def _plane(rows: Floats, owners: Sequence[str], classes: Sequence[str]) -> Plane:
    """The regression over the classes, columns in their order.

    A class with many examples is believed to be commoner, but less so than by their number: the examples were chosen.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 -- heavy, and only needed to train

    if len(classes) == 1:
        return Plane(np.zeros((rows.shape[1], 1), np.float32), np.zeros(1, np.float32))
    model = LogisticRegression(C=_STRENGTH, max_iter=2000, class_weight=_weights(owners)).fit(rows, owners)
    weights, bias = model.coef_.T, model.intercept_
    if len(classes) == 2:  # noqa: PLR2004 -- of two classes scikit-learn keeps only the second one's row
        weights, bias = np.hstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    order = [list(model.classes_).index(name) for name in classes]
    return Plane(weights[:, order].astype(np.float32), bias[order].astype(np.float32))


def _weights(owners: Sequence[str]) -> dict[str, float]:
    counts = Counter(owners)
    usual = float(np.mean([count**_FREQUENCY for name, count in counts.items() if name != TALK] or [1.0]))
    shares = {name: usual if name == TALK else count**_FREQUENCY for name, count in counts.items()}
    scale = len(owners) / sum(shares.values())
    return {name: scale * shares[name] / count for name, count in counts.items()}


def _telling(owners: Sequence[str], exemplars: Floats, talk: Floats) -> NDArray[np.bool_]:
    """Which examples tell something: a "hello" among a label's utterances would draw every greeting to that label."""
    if not len(talk):
        return np.ones(len(owners), dtype=np.bool_)
    telling = _nearest(exemplars, talk) < _IS_TALK
    spoken_for = {owner for owner, tells in zip(owners, telling, strict=True) if tells}
    kept: NDArray[np.bool_] = telling | np.array([owner not in spoken_for for owner in owners])
    return kept


def _unless_covered(talk: Floats, owners: Sequence[str], exemplars: Floats) -> Floats:
    """The talk, or none of it where some labels are talk themselves, such as `greeting` or `confirmation`."""
    if not len(talk):
        return talk
    chatty: dict[str, list[bool]] = {}
    for owner, near in zip(owners, _nearest(exemplars, talk) >= _IS_TALK, strict=True):
        chatty.setdefault(owner, []).append(bool(near))
    covered = any(sum(own) / len(own) >= _TALK_LABEL for own in chatty.values())
    return talk[:0] if covered else talk


def _nearest(vectors: Floats, examples: Floats) -> Floats:
    nearest: Floats = (vectors @ examples.T).max(axis=1, initial=-1.0)
    return nearest
