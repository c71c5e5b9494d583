"""Phrase books say in words what patterns say in signs."""

import pytest

from assist.analysis.speech.phrases import phrase_book

BOOKS = ("bot_signs", "human_signs", "identity_signs", "result_signs", "customer_signs")


@pytest.mark.parametrize("name", BOOKS)
def test_every_shipped_book_can_be_read(name: str) -> None:
    """Each book gives at least one pattern, and none matches the empty text."""
    book = phrase_book(name)
    assert book
    assert not [label for label, pattern in book.items() if pattern.search("")]


@pytest.mark.parametrize(
    ("book", "label", "said"),
    [
        pytest.param("bot_signs", "refusal", "Unfortunately it cannot be modified.", id="a fixed word"),
        pytest.param("bot_signs", "refusal", "Sorry, I can’t do that.", id="a typographic apostrophe"),
        pytest.param("bot_signs", "will_do", "I'll now also send a form.", id="optional words"),
        pytest.param(
            "bot_signs", "offers_transfer", "Shall I put you through to our team member of staff?", id="a gap"
        ),
        pytest.param("identity_signs", "proof_wanted", "This is for authentication.", id="any ending"),
    ],
)
def test_the_notation_matches_what_people_write(book: str, label: str, said: str) -> None:
    """Gaps, endings, lists and groups that may be absent all match."""
    assert phrase_book(book)[label].search(said)


@pytest.mark.parametrize(
    ("book", "label", "said"),
    [
        pytest.param("bot_signs", "refusal", "I cannot find it.", id="what must not follow"),
        pytest.param(
            "bot_signs", "offers_transfer", "Can I help? Our agent is Bob.", id="a gap ends with the sentence"
        ),
        pytest.param("customer_signs", "accepts", "That is not right", id="the beginning of the sentence"),
    ],
)
def test_the_notation_holds_back(book: str, label: str, said: str) -> None:
    """A phrase does not match beyond its sentence, in the middle, or before a word that is ruled out."""
    assert not phrase_book(book)[label].search(said)
