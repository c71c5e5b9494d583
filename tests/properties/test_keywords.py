"""An index that was revised is the index that would have been built."""

import bm25s
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.keywords import KeywordIndex, terms

_WORDS = st.sampled_from(["card", "refund", "parcel", "fee", "E-4012", "limit", "abroad", "the", "order_id"])
_TEXT = st.lists(_WORDS, max_size=8).map(" ".join)
_EDITS = st.lists(
    st.tuples(st.sampled_from(["add", "change", "remove"]), st.integers(0, 50), _TEXT), min_size=1, max_size=8
)


@settings(deadline=None)
@given(texts=st.lists(_TEXT, max_size=12), edits=_EDITS, query=_TEXT)
def test_revised_again_and_again_it_scores_as_one_built_afresh(
    texts: list[str], edits: list[tuple[str, int, str]], query: str
) -> None:
    """Additions, changes and removals, at any place, leave exactly the scores of a whole rebuild."""
    index, now = KeywordIndex(texts), list(texts)
    for kind, at, text in edits:
        places: list[int] = list(range(len(now)))
        place = at % (len(now) + 1)
        if kind == "add":
            places.insert(place, -1)
            now.insert(place, text)
            index = index.revised(places, [text])
        elif kind == "change" and now:
            places[at % len(now)] = -1
            now[at % len(now)] = text
            index = index.revised(places, [text])
        elif now:
            del places[at % len(now)], now[at % len(now)]
            index = index.revised(places, [])
    asked = terms(query)
    assert np.array_equal(index.scores(asked), KeywordIndex(now).scores(asked))


@settings(deadline=None)
@given(texts=st.lists(_TEXT, min_size=1, max_size=12), query=_TEXT)
def test_the_scores_are_those_of_bm25s(texts: list[str], query: str) -> None:
    """Built, it agrees with the library, to the precision of its 32-bit numbers."""
    corpus, asked = [terms(text) for text in texts], terms(query)
    if not any(corpus):
        return
    library = bm25s.BM25()
    library.index(corpus, show_progress=False)
    known = library.get_tokens_ids(asked)
    expected = library.get_scores_from_ids(known) if known else np.zeros(len(texts))
    assert np.allclose(KeywordIndex(texts).scores(asked), expected, rtol=1e-4, atol=1e-6)


@settings(deadline=None)
@given(texts=st.lists(_TEXT, min_size=1, max_size=8), query=_TEXT)
def test_what_each_term_adds_makes_up_the_score(texts: list[str], query: str) -> None:
    """The shares that explain a hit sum to its score."""
    index, asked = KeywordIndex(texts), terms(query)
    for place, score in enumerate(index.scores(asked)):
        assert np.isclose(sum(index.matched(asked, place).values()), score, rtol=1e-4)
