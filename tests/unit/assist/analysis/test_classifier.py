"""A classifier taught by a few examples names labels, and knows when none fits."""

import numpy as np
import pytest

from assist.analysis.learning.classifier import TextClassifier, train
from knowledge.embedders.hashing import HashingEmbedder
from tests.unit.assist.analysis.cases import packaged

_SHOP = {
    "return": ("return the jacket", "send the jacket back", "return these shoes"),
    "track": ("where is the parcel", "track the parcel", "parcel not arrived"),
    "price": ("price of the lamp", "how expensive is the lamp", "lamp price please"),
}
_WORDS = HashingEmbedder(128)


@pytest.fixture(scope="module")
def shop() -> TextClassifier:
    """Return a classifier that knows words only."""
    return train(_SHOP, _WORDS, talk=("hello", "thank you", "yes please"))


@pytest.mark.parametrize(
    ("text", "label"),
    [("return jacket", "return"), ("my parcel", "track"), ("lamp", "price")],
)
def test_the_likest_label_wins(shop: TextClassifier, text: str, label: str) -> None:
    """A new text gets the label whose examples share its words."""
    judged = shop.judge(_WORDS.embed([text]))
    assert shop.labels[int(judged.probabilities[0].argmax())] == label


def test_talk_takes_what_the_labels_leave(shop: TextClassifier) -> None:
    """The labels' probabilities and talk's add up to one."""
    judged = shop.judge(_WORDS.embed(["return the lamp", "hello", "parcel price"]))
    assert np.allclose(judged.probabilities.sum(axis=1) + judged.talk, 1.0, atol=1e-5)


def test_a_greeting_is_talk(shop: TextClassifier) -> None:
    """A turn that carries no wish goes to talk rather than to a label."""
    judged = shop.judge(_WORDS.embed(["hello"]))
    assert judged.talk[0] > judged.probabilities[0].max()


def test_no_text_fits_nothing(shop: TextClassifier) -> None:
    """A row of zeros, as tool turns have it, has no label and does not fit."""
    judged = shop.judge(np.zeros((1, 128), dtype=np.float32))
    assert not judged.probabilities.any()
    assert judged.fit[0] < shop.FIT_NEEDED


@pytest.mark.parametrize("count", [1, 2, 3])
def test_any_number_of_labels_will_do(count: int) -> None:
    """One label, two and three are all told apart from each other."""
    texts = dict(list(_SHOP.items())[:count])
    made = train(texts, _WORDS)
    judged = made.judge(_WORDS.embed([group[0] for group in texts.values()]))
    assert judged.probabilities.argmax(axis=1).tolist() == list(range(count))


def test_the_same_examples_teach_the_same() -> None:
    """Two classifiers of the same examples agree to the last digit."""
    rows = _WORDS.embed(["return it", "lamp"])
    first, second = train(_SHOP, _WORDS).judge(rows), train(_SHOP, _WORDS).judge(rows)
    assert np.array_equal(first.probabilities, second.probabilities)
    assert np.array_equal(first.fit, second.fit)


def test_no_example_at_all_is_an_error() -> None:
    """Labels without any text cannot be taught, and the message says what to give."""
    with pytest.raises(ValueError, match="give each label a name"):
        train({"empty": ("", " ")}, _WORDS)


def test_a_hello_among_the_examples_teaches_nothing() -> None:
    """A greeting that slipped in among a label's utterances does not draw greetings to the label."""
    spoilt = {**_SHOP, "price": (*_SHOP["price"], "hello")}
    judged = train(spoilt, _WORDS, talk=("hello", "thank you", "yes please")).judge(_WORDS.embed(["hello"]))
    assert judged.talk[0] > judged.probabilities[0].max()


def test_a_label_that_is_talk_keeps_its_examples() -> None:
    """Where a label is meant for greetings, greetings get it."""
    greeting = {**_SHOP, "greeting": ("hello", "good morning", "hello there")}
    made = train(greeting, _WORDS, talk=("hello", "thank you", "yes please"))
    judged = made.judge(_WORDS.embed(["hello there"]))
    assert made.labels[int(judged.probabilities[0].argmax())] == "greeting"


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param("I'd like to give the coat back", True, id="own wish, other words"),
        pytest.param("has my package left the warehouse?", True, id="own wish, no shared word"),
        pytest.param("Will there be snow in Oslo on Friday?", False, id="weather"),
        pytest.param("I need to see a dentist", False, id="health"),
        pytest.param("transfer 300 euros to my landlord", False, id="bank"),
    ],
)
def test_only_wishes_of_the_trade_fit(text: str, *, fits: bool) -> None:
    """A wish that no label covers does not fit, however sure the regression is of its best label."""
    others = (
        "What is the forecast for tomorrow?",
        "Book a doctor's appointment",
        "Send money to my sister",
        "Play a song",
    )
    made = train(_SHOP, packaged(), elsewhere=others)
    assert bool(made.judge(packaged().embed([text])).fit[0] >= made.FIT_NEEDED) is fits
