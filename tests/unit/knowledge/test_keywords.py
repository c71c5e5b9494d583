"""The lexical leg."""

import logging

import pytest

from knowledge.keywords import KeywordIndex, query_terms, terms, word_count


def test_an_error_code_stays_whole() -> None:
    """A code is found as it is written, and by its parts."""
    assert set(terms("Error E-4012!")) >= {"e-4012", "4012", "error"}


def test_a_tool_name_stays_whole() -> None:
    """Names of fields and tools are terms too."""
    assert "order_id" in terms("enter the order_id")


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("refunds", "refund"),
        ("policies", "policy"),
        ("status", "status"),
        ("address", "address"),
        ("addresses", "address"),
    ],
)
def test_plain_plurals_are_folded(plural: str, singular: str) -> None:
    """A question in the plural finds an article in the singular."""
    assert terms(plural) == [singular]


def test_words_without_meaning_are_left_out() -> None:
    """Articles, pronouns and the like say nothing of the matter."""
    assert terms("what is the refund") == ["refund"]


def test_neighbours_make_a_pair() -> None:
    """Pairs tell a refund's status from the status of an order; small words between do not part them."""
    assert terms("status of the refund") == ["status", "refund", "status refund"]


def test_case_does_not_matter() -> None:
    """Capitals are folded, in every script."""
    assert terms("REFUND Straße") == terms("refund STRASSE")


def test_a_word_said_often_counts_more_but_less_and_less() -> None:
    """Once counts 1, twice 2, four times 3."""
    assert [query_terms(" the ".join(["fee"] * times)).count("fee") for times in (1, 2, 4)] == [1, 2, 3]


def test_words_are_counted_once_and_pairs_not() -> None:
    """Two different words are two, however often they are said."""
    assert word_count(query_terms("late fee late fee")) == 2


def test_the_text_with_the_rare_word_wins() -> None:
    """A word that few texts have weighs more than one that all have."""
    index = KeywordIndex(["card lost", "card blocked", "card limit"])
    scores = index.scores(terms("blocked card"))
    assert list(scores).index(max(scores)) == 1


def test_unknown_words_score_nothing() -> None:
    """Words that no text has are no error."""
    assert list(KeywordIndex(["card lost"]).scores(["penguin"])) == [0.0]


@pytest.mark.parametrize("texts", [[], [""], ["the of and", "..."]], ids=["none", "empty", "no meaning"])
def test_an_index_without_words_finds_nothing(texts: list[str]) -> None:
    """No text, or none with words, is no error."""
    index = KeywordIndex(texts)
    assert (len(index), list(index.scores(["card"]))) == (len(texts), [0.0] * len(texts))


def test_an_empty_question_finds_nothing() -> None:
    """No terms, no scores."""
    assert list(KeywordIndex(["card lost"]).scores([])) == [0.0]


def test_building_an_index_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """The library behind it sets itself to DEBUG on import; that must not reach our logs."""
    with caplog.at_level(logging.DEBUG):
        KeywordIndex(["card lost", "card found"])
    assert caplog.records == []
