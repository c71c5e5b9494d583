"""From matches to hits, with numbers worked by hand."""

import math

import pytest

from knowledge.articles import SearchResult
from knowledge.ports import Metadata, Passage
from knowledge.search.ranking import ADVANCE, Match, ranked


def a_match(article_id: str, near: float, words: float, *, ordinal: int = 0) -> Match:
    """Return a match of a passage."""
    metadata: Metadata = {"article_id": article_id, "version": 2, "title": article_id, "url": ""}
    return Match(Passage(f"{article_id}#{ordinal}", f"text {ordinal}", metadata), near, words)


def order(*matches: Match, prefer: dict[str, float] | None = None) -> list[str]:
    """Return the ids of the hits."""
    return [hit.article_id for hit in ranked(matches, length=5, limit=9, prefer=prefer or {}).hits]


def test_meaning_and_words_are_added() -> None:
    """a: 0.50 + 0.25 * 10/20 = 0.625; b: 0.40 + 0.25 * 20/20 = 0.65; c: 0.60 + 0 = 0.60."""
    assert order(a_match("a", 0.50, 10.0), a_match("b", 0.40, 20.0), a_match("c", 0.60, 0.0)) == ["b", "a", "c"]


def test_an_advance_counts_like_similarity() -> None:
    """The third gains ADVANCE * 0.5 = 0.1 and passes b's 0.65."""
    matches = (a_match("b", 0.40, 20.0), a_match("c", 0.60, 0.0))
    assert ADVANCE == 0.2
    assert order(*matches, prefer={"c": 0.5}) == ["c", "b"]


def test_the_best_passage_speaks_for_its_article() -> None:
    """Two passages, one hit."""
    [hit] = ranked([a_match("a", 0.3, 0.0), a_match("a", 0.5, 0.0, ordinal=1)], length=5, limit=9, prefer={}).hits
    assert hit.passage == "text 1"


def test_a_score_is_a_probability() -> None:
    """18 * 0.5 + 1.9 * ln(1 + 10) - 2.4 * ln(1 + 5) - 4.3 = 9 + 4.556 - 4.300 - 4.3 = 4.956: 0.993."""
    [hit] = ranked([a_match("a", 0.5, 10.0)], length=5, limit=9, prefer={}).hits
    assert hit.score == pytest.approx(1 / (1 + math.exp(-4.956)), abs=1e-4)


def test_scores_fall_with_the_order() -> None:
    """The second hit is less likely by its distance: 18 * (0.75 - 0.65) = 1.8 in log odds."""
    result = ranked([a_match("a", 0.5, 10.0), a_match("b", 0.4, 10.0)], length=30, limit=9, prefer={})
    odds = [math.log(hit.score / (1 - hit.score)) for hit in result.hits]
    assert odds[0] - odds[1] == pytest.approx(1.8, abs=0.01)


@pytest.mark.parametrize(
    ("near", "words", "length", "nothing"),
    [
        pytest.param(0.6, 12.0, 6, False, id="near and in its words"),
        pytest.param(0.1, 0.0, 6, True, id="far and without a word"),
        pytest.param(0.3, 12.0, 60, True, id="a few words of a long conversation"),
    ],
)
def test_weak_evidence_is_called_nothing(near: float, words: float, length: int, nothing: bool) -> None:  # noqa: FBT001
    """Hits are still given; that none of them is good enough is said beside them."""
    result = ranked([a_match("a", near, words)], length=length, limit=9, prefer={})
    assert (len(result.hits), result.nothing_relevant) == (1, nothing)


def test_no_match_is_nothing_relevant() -> None:
    """Nothing found, nothing relevant."""
    assert ranked([], length=5, limit=9, prefer={}) == SearchResult(hits=(), nothing_relevant=True)


def test_no_more_hits_than_asked() -> None:
    """The limit counts articles."""
    matches = [a_match(name, 0.5, 1.0) for name in "abcdef"]
    assert len(ranked(matches, length=5, limit=4, prefer={}).hits) == 4


def test_extreme_numbers_stay_within_bounds() -> None:
    """A score is from 0 to 1, whatever comes in."""
    result = ranked([a_match("a", 1.0, 1e9), a_match("b", -1.0, 0.0)], length=0, limit=9, prefer={"a": 1.0})
    assert [0.0 <= hit.score <= 1.0 for hit in result.hits] == [True, True]
