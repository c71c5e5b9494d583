"""Where a label has many examples, its texts are told apart by their letters too."""

from itertools import product

import numpy as np
import pytest

from assist.analysis.learning.classifier import TextClassifier, train
from knowledge.embedders.hashing import HashingEmbedder

_WORDS = HashingEmbedder(64)
_OPENINGS = ("please", "i want to", "can you", "i need to", "could you", "would you", "kindly", "help me to")
_ACTS = {
    "ticket": ("book ticket", "order ticket", "get ticket", "buy ticket", "reserve ticket", "pay ticket", "find ticket"),
    "voucher": ("use voucher", "apply voucher", "redeem voucher", "enter voucher", "add voucher", "spend voucher", "try voucher"),
    "luggage": ("add luggage", "bring luggage", "carry luggage", "check luggage", "take luggage", "ship luggage", "send luggage"),
}  # fmt: skip
_MANY = {label: [" ".join(pair) for pair in product(_OPENINGS, acts)] for label, acts in _ACTS.items()}


@pytest.fixture(scope="module")
def travel() -> TextClassifier:
    """Return a classifier of three labels with 56 examples each."""
    return train(_MANY, _WORDS, by_spelling=True)


@pytest.mark.parametrize(
    ("text", "label"), [("i bookd a tickett", "ticket"), ("my vouchr is", "voucher"), ("lugage", "luggage")]
)
def test_a_misspelt_word_still_tells_the_label(travel: TextClassifier, text: str, label: str) -> None:
    """A word that no example holds is known by its pieces."""
    judged = travel.judge(_WORDS.embed([text]), [text])
    assert travel.labels[int(judged.probabilities[0].argmax())] == label


def test_probabilities_are_shares(travel: TextClassifier) -> None:
    """They are positive and add up to one."""
    texts = ["book a ticket", "voucher please", "what about my bags"]
    shares = travel.judge(_WORDS.embed(texts), texts).probabilities
    assert (shares >= 0).all()
    assert np.allclose(shares.sum(axis=1), 1.0, atol=1e-5)


def test_what_a_label_clearly_takes_fits() -> None:
    """A misspelt wish that looks foreign by its words is no stranger's; what no label takes is judged as before."""
    foreign = ("bookin a shelf", "tickt to the moon", "the weather today", "who won the match")
    wary = train(_MANY, _WORDS, by_spelling=True, elsewhere=foreign)
    texts = ["bookin tickets tickt", "the weather today"]
    vectors = _WORDS.embed(texts)
    by_words, by_both = wary.judge(vectors).fit, wary.judge(vectors, texts).fit
    assert by_words[0] < wary.FIT_NEEDED <= by_both[0]
    assert by_words[1] == by_both[1] < wary.FIT_NEEDED


def test_few_examples_are_not_learnt_by_their_letters() -> None:
    """With few examples a label, the texts add nothing to what the vectors say."""
    few = train({label: texts[:5] for label, texts in _MANY.items()}, _WORDS, by_spelling=True)
    texts = ["book a ticket", "vouchr"]
    vectors = _WORDS.embed(texts)
    assert np.array_equal(few.judge(vectors, texts).probabilities, few.judge(vectors).probabilities)


def test_a_text_said_often_counts_often() -> None:
    """Where the same words stand under two labels, the one that has them more often wins."""
    both = {label: [*texts, *["yes please do"] * (9 if label == "ticket" else 1)] for label, texts in _MANY.items()}
    often = train(both, _WORDS, by_spelling=True)
    judged = often.judge(_WORDS.embed(["yes please do"]), ["yes please do"])
    assert often.labels[int(judged.probabilities[0].argmax())] == "ticket"
