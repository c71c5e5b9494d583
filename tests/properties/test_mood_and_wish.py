"""Whatever is said, the mood keeps its bounds and the classifier judges each text by itself."""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.analysis.feelings.sentiment import SentimentStage
from assist.analysis.learning.classifier import TextClassifier, train
from assist.domain.findings import SentimentLabel
from assist.domain.transcript import Role, Turn
from knowledge.embedders.hashing import HashingEmbedder
from tests.unit.assist.analysis.cases import a_case

_WORDS = HashingEmbedder(48)
_TEXTS = st.text(max_size=60)
_TURNS = st.lists(st.builds(Turn, role=st.sampled_from(list(Role)), text=_TEXTS), min_size=1, max_size=8)


@cache
def _classifier() -> TextClassifier:
    return train(
        {"bread": ("two loaves", "rye bread"), "cake": ("a birthday cake", "cheese cake")},
        _WORDS,
        talk=("hello", "thanks"),
        elsewhere=("the train is late", "my phone is broken"),
    )


@cache
def _stage() -> SentimentStage:
    return SentimentStage.taught(HashingEmbedder(384))


@settings(deadline=None)
@given(st.lists(_TEXTS, min_size=1, max_size=6))
def test_a_text_is_judged_by_itself(texts: list[str]) -> None:
    """Beside other texts or alone, the judgement is the same, and probabilities are probabilities."""
    rows = _WORDS.embed(texts)
    together = _classifier().judge(rows)
    alone = [_classifier().judge(rows[[index]]) for index in range(len(texts))]
    assert np.allclose(together.probabilities, np.vstack([one.probabilities for one in alone]), atol=1e-5)
    assert np.allclose(together.fit, np.concatenate([one.fit for one in alone]), atol=1e-5)
    assert (together.probabilities >= 0).all()
    assert (together.probabilities.sum(axis=1) <= 1 + 1e-5).all()


@settings(deadline=None)
@given(_TURNS)
def test_the_mood_keeps_its_bounds(turns: list[Turn]) -> None:
    """Scores are within -1 and 1, every named turn is the customer's, and frustration is never called anything but negative."""
    mood = _stage().by_rules(a_case(*turns))
    spoken = {index for index, turn in enumerate(turns) if turn.role is Role.CUSTOMER}
    assert -1.0 <= mood.score <= 1.0
    assert {one.turn for one in mood.by_turn} <= spoken
    assert set(mood.turns) <= spoken
    assert not mood.frustrated or mood.label is SentimentLabel.NEGATIVE
