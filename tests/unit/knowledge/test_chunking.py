"""How an article is cut into passages."""

from knowledge.articles import Article
from knowledge.chunking import chunk, length


def cut(body: str, *, words: int = 120, least: int = 30) -> list[tuple[str, str]]:
    """Return (heading, stripped text) of each passage."""
    article = Article(article_id="a", version=4, title="T", body=body)
    return [(piece.heading, piece.text.strip()) for piece in chunk(article, words=words, least=least)]


def test_a_short_article_is_one_passage() -> None:
    """Nothing is cut without need."""
    assert cut("Five days.") == [("", "Five days.")]


def test_sections_are_passages_of_their_own() -> None:
    """Each heading begins a passage that knows the path of headings above it."""
    body = "# Refunds\nfirst words here\n\n## Late\nsecond words here\n\n# Fees\nthird words here\n"
    assert [heading for heading, _ in cut(body, least=2)] == ["Refunds", "Refunds > Late", "Fees"]


def test_small_sections_join_their_neighbour() -> None:
    """A heading with one line says too little to be found by; joined, the first heading stands."""
    body = "# Refunds\nfirst words here\n\n## Late\nsecond words here\n"
    assert cut(body, least=30) == [("Refunds", body.strip())]


def test_a_hash_in_code_is_no_heading() -> None:
    """Only what Markdown calls a heading is one."""
    body = "# Real\ntext\n\n```\n# comment\n```\n\n    # indented\n\n> # quoted\n"
    assert [heading for heading, _ in cut(body, least=0)] == ["Real"]


def test_an_underlined_heading_counts() -> None:
    """Headings may be written with a line below."""
    assert [heading for heading, _ in cut("Refunds\n=======\ntext\n\nFees\n----\nmore\n", least=0)] == [
        "Refunds",
        "Refunds > Fees",
    ]


def test_a_long_section_is_cut_at_sentences_into_even_parts() -> None:
    """Twelve sentences of five words at 40 words a passage: 60 words make two parts of 30, not 40 and 20."""
    body = " ".join(f"This is sentence number {place}." for place in range(12))
    parts = [text for _, text in cut(body, words=40)]
    assert [length(part) for part in parts] == [30, 30]
    assert all(part.endswith(".") for part in parts)


def test_a_text_without_sentences_is_cut_at_words() -> None:
    """Fifty words without a full stop, at most 20 a passage: three passages, no word broken."""
    body = " ".join(f"word{place}" for place in range(50))
    parts = [text for _, text in cut(body, words=20)]
    assert " ".join(parts) == body
    assert max(length(part) for part in parts) <= 20


def test_scripts_without_spaces_count_by_character() -> None:
    """A Chinese article is not one endless word."""
    assert length("退款需要五天") == 6
    assert len(cut("退款需要五天。" * 40, words=60)) > 3


def test_passages_carry_the_version() -> None:
    """A packet can cite the very version that it showed."""
    article = Article(article_id="a", version=4, title="T", body="Five days.")
    assert [piece.version for piece in chunk(article)] == [4]
