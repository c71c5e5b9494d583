"""The mood of customer turns.

Two readers score a text from -1 to 1. The lexicon (VADER) knows strong words, negation, capitals and smileys; it takes
polite words and the words of the trade ("please", "help", "refund", "cancel") for moods, which in a service conversation
they are not, so those are taken out. A regression on sentence embeddings, taught by the shipped examples, hears what has
no strong word in it ("I have explained it three times"). A classifier names the tone beside it: the same score can be
grief or anger at the service.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from assist.analysis.case import Vectors
from assist.analysis.learning.classifier import TextClassifier, train
from assist.analysis.learning.exemplars import shipped_examples
from knowledge.ports import Embedder

Numbers = NDArray[np.float32]

_STIFFNESS: Final = 2.0
_STRETCH: Final = 1.4  # a ridge regression shrinks its answers
_PLAIN_PRIOR: Final = 6.0  # how much commoner plain business is in conversations than among the examples
_DEMANDS: Final = 0.65
_INSISTS: Final = 0.25
_REFUSED: Final = 0.12  # each turn after a refusal adds this much, whatever it says
_STRONG_WORDS_FROM: Final = 0.4
_STRONG_WORDS: Final = 1.5
_ANGER_NEEDS: Final = 0.1  # how negative a text must at least score before an angry tone is believed
_ANGER_SURE: Final = 0.4
_NAMED_ANGER: Final = 0.4
_IMPATIENCE: Final = 0.3
_SHOUTING: Final = 0.25
_NAMED_GRIEF: Final = 0.5
_GLOOM: Final = 0.9
_BUSINESS: Final = 0.3  # a problem told plainly has dark words, too
_DISTRESS: Final = 0.8
_WARM: Final = 0.5
_WARM_WORDS: Final = re.compile(
    r"\b(?:great|perfect|awesome|wonderful|excellent|amazing|fantastic|lovely|wow|brilliant|super)\b[^.?]{0,12}\bthank"
    r"|\bthank(?:s| you)\b,? (?:so much|very much|a lot|a million|for )|\b(?:really |do )?appreciate (?:your|the|all)\b"
    r"|\bthat(?:'s| is| sounds) (?:great|perfect|wonderful|awesome|fantastic)\b",
    re.IGNORECASE,
)
_CAPITALS: Final = re.compile(r"(?<![\w#@-])[A-Z]{4,}(?![\w-])")
_LOUD_WORDS: Final = 2
_NAMED: Final = ("anger", "impatience", "grief", "delight", "scowl", "tears")
_RESERVE: Final = re.compile(
    r"\b(?:but|however|while|although|though|unfortunately|still|instead|rather)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Felt:
    """What each customer turn carries, in order: its score, and what it adds to anger, gloom and joy."""

    score: Numbers
    anger: Numbers
    gloom: Numbers
    joy: Numbers
    refused: Numbers
    tones: Mapping[str, Numbers]
    named: Mapping[str, Numbers]


@dataclass(frozen=True, slots=True)
class Mood:
    """The mood model."""

    weights: Vectors
    bias: float
    tones: TextClassifier
    course: TextClassifier

    def scores(self, texts: list[str], vectors: Vectors) -> Numbers:
        """Return one score per text, from -1 to 1."""
        heard = np.clip((vectors @ self.weights + self.bias) * _STRETCH, -1.0, 1.0)
        read = np.array([_lexicon().polarity_scores(text)["compound"] for text in texts], dtype=np.float32)
        spoken = np.any(vectors != 0, axis=1)
        mixed: Numbers = np.where(spoken, (heard + read) / 2, read).astype(np.float32)
        return mixed

    def refusing(self, vectors: Vectors) -> Numbers:
        """Return how much each of a bot's turns refuses, from 0 to 1."""
        refusing: Numbers = self.course.judge(vectors).probabilities[:, self.course.labels.index("refusing")]
        return refusing

    def feel(self, texts: list[str], vectors: Vectors, refused: Numbers) -> Felt:
        """Return what the turns carry; `refused` says how much the bot had just refused before each."""
        score = self.scores(texts, vectors)
        tone = self._tones(vectors)
        accepting = tone["accepting_human"]
        angry = np.clip((-score - _ANGER_NEEDS) / (_ANGER_SURE - _ANGER_NEEDS), 0.0, 1.0)
        strong = np.clip(-score - _STRONG_WORDS_FROM, 0.0, None) * _STRONG_WORDS
        anger = (
            tone["frustrated"] * angry
            + _DEMANDS * tone["demanding_human"]
            + _INSISTS * tone["insisting"]
            + _REFUSED * refused * (1.0 - accepting)
            + np.maximum(strong * (1.0 - tone["distressed"]), _NAMED_ANGER * _naming("anger", texts) * (score < 0))
            + (_IMPATIENCE * _naming("impatience", texts) + _SHOUTING * _shouting(texts)) * (score < _ANGER_NEEDS)
        )
        distress = np.maximum(
            _DISTRESS * tone["distressed"] * (score < _ANGER_NEEDS), _NAMED_GRIEF * _naming("grief", texts)
        )
        # Thanks for a refusal, or for being passed on, are manners.
        warm = np.array([bool(_WARM_WORDS.search(text)) and not _RESERVE.search(text) for text in texts])
        joy = np.maximum(score, _WARM * warm * (1.0 - refused)) * (accepting < _WARM)
        return Felt(
            score=score,
            anger=anger.astype(np.float32),
            gloom=np.maximum(-score * (_GLOOM - _BUSINESS * tone["plain"]), distress).astype(np.float32),
            joy=joy.astype(np.float32),
            refused=refused,
            tones=tone,
            named={feeling: _naming(feeling, texts) for feeling in _NAMED} | {"shouting": _shouting(texts)},
        )

    def _tones(self, vectors: Vectors) -> dict[str, Numbers]:
        labels = self.tones.labels
        shares = self.tones.judge(vectors).probabilities * np.array(
            [_PLAIN_PRIOR if label == "plain" else 1.0 for label in labels], dtype=np.float32
        )
        shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
        return {label: shares[:, column] for column, label in enumerate(labels)}


def teach_mood(embedder: Embedder) -> Mood:
    """Return the mood model, taught by the shipped examples."""
    from sklearn.linear_model import Ridge  # noqa: PLC0415 -- heavy, and only needed to train

    pairs = [(float(score), text) for score, texts in shipped_examples("sentiment").items() for text in texts]
    rows = embedder.embed([text for _, text in pairs])
    model = Ridge(alpha=_STIFFNESS).fit(rows, np.array([score for score, _ in pairs]))
    return Mood(
        weights=model.coef_.astype(np.float32),
        bias=float(model.intercept_),
        tones=train(shipped_examples("tone"), embedder),
        course=train(shipped_examples("bot_turns"), embedder),
    )


@cache
def _words(feeling: str) -> re.Pattern[str]:
    named = shipped_examples("feelings")
    words = "|".join(re.escape(word) for word in named[feeling])
    if feeling == "grief":
        words += rf"|(?:{'|'.join(named['kin'])}) (?:\w+ ){{0,2}}(?:died|dying|dead|killed)"
    return re.compile(rf"(?<!\w)(?<!not )(?:{words})(?!\w)", re.IGNORECASE)


def _naming(feeling: str, texts: list[str]) -> Numbers:
    return np.array([bool(_words(feeling).search(text)) for text in texts], dtype=np.float32)


def _shouting(texts: list[str]) -> Numbers:
    """Words in capitals among others in small letters, or more than one exclamation mark at once."""
    loud = [len(_CAPITALS.findall(text)) >= _LOUD_WORDS or "!!" in text or "?!" in text for text in texts]
    return np.array(loud, dtype=np.float32)


_LEXICON: dict[str, Any] = {}
_LOADING = threading.Lock()


def _lexicon() -> Any:  # noqa: ANN401 -- the library ships no types
    with _LOADING:
        if "analyzer" not in _LEXICON:
            from vaderSentiment.vaderSentiment import (  # noqa: PLC0415 -- reads its word lists
                SentimentIntensityAnalyzer,
            )

            analyzer = SentimentIntensityAnalyzer()
            for words in shipped_examples("not_a_mood").values():
                for word in words:
                    analyzer.lexicon.pop(word, None)
            _LEXICON["analyzer"] = analyzer
        return _LEXICON["analyzer"]
