"""Cutting an article into passages loses nothing, whatever it holds."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.articles import Article
from knowledge.chunking import chunk, length

LINES = st.sampled_from(
    [
        "# Refunds",
        "## After 30 days",
        "Setext heading\n===",
        "```\n# not a heading\n```",
        "> # quoted",
        "- a list item. Another sentence!",
        "| a | b |",
        "Money comes back in five days. It takes longer abroad? Yes.",
        "退款需要五天。请等待！",
        "x" * 400,
        "\r",
        "\x00",
        "",
    ]
)
BODIES = st.one_of(
    st.text(min_size=1, max_size=600),
    st.builds(
        lambda lines, end: end.join(lines),
        st.lists(LINES, min_size=1, max_size=30),
        st.sampled_from(["\n", "\r\n", "\n\n"]),
    ),
).filter(bool)
SIZES = st.tuples(st.integers(5, 200), st.integers(0, 60))


def an_article(body: str) -> Article:
    """Return an article with this body."""
    return Article(article_id="a", title="T", body=body)


@given(body=BODIES, sizes=SIZES)
def test_passages_join_to_the_body(body: str, sizes: tuple[int, int]) -> None:
    """The texts of the passages, one after another, are the body."""
    words, least = sizes
    assert "".join(piece.text for piece in chunk(an_article(body), words=words, least=least)) == body


@given(body=BODIES, sizes=SIZES)
def test_passages_say_where_they_stand(body: str, sizes: tuple[int, int]) -> None:
    """Offsets and ordinals name the very slice of the body."""
    words, least = sizes
    pieces = chunk(an_article(body), words=words, least=least)
    assert [piece.ordinal for piece in pieces] == list(range(len(pieces)))
    assert all(body[piece.start : piece.end] == piece.text for piece in pieces)


@given(body=BODIES, sizes=SIZES)
def test_no_passage_is_longer_than_asked(body: str, sizes: tuple[int, int]) -> None:
    """A passage has at most the words asked for, even where the text has no sentence to end at."""
    words, least = sizes
    assert all(length(piece.text) <= words for piece in chunk(an_article(body), words=words, least=least))


@given(body=BODIES)
def test_cutting_twice_gives_the_same(body: str) -> None:
    """The same article always has the same passages, so that loading again changes nothing."""
    assert chunk(an_article(body)) == chunk(an_article(body))
