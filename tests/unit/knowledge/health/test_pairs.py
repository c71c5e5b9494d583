"""What articles say twice, and what they say differently."""

import pytest

from knowledge.articles import Article
from knowledge.health.pairs import Bounds, Compared, compared
from knowledge.indexing import Indexer
from knowledge.ports import collection_name
from tests.fakes.embedder import CountingEmbedder
from tests.fakes.vector_store import FailingVectorStore

RETURNS = "Unused items can be returned within {days} days of delivery. Keep the receipt until then, and the box."


def look(*articles: tuple[str, str, str], bounds: Bounds | None = None) -> Compared:
    """Compare articles, each an id, a title and a body."""
    store, embedder = FailingVectorStore(), CountingEmbedder(256)
    made = [Article(article_id=name, title=title, body=body, domain="retail") for name, title, body in articles]
    Indexer(store, embedder).index("acme", made)
    return compared(store, collection_name("acme", "retail", embedder.name), embedder, bounds=bounds)


def test_both_sentences_are_shown_with_their_articles() -> None:
    """Side by side, with the version that says so."""
    found = look(("a", "Returns", RETURNS.format(days=30)), ("b", "Sending back", RETURNS.format(days=14)))
    [conflict] = found.conflicts
    assert (conflict.kind.value, conflict.one.article.article_id, conflict.one.article.version) == ("duration", "a", 1)
    assert "30 days" in conflict.one.text
    assert "14 days" in conflict.other.text


def test_articles_that_say_the_same_are_told() -> None:
    """With how much of the shorter one's text the other has."""
    [twice] = look(("a", "Returns", RETURNS.format(days=30)), ("b", "Going back", RETURNS.format(days=30))).duplicates
    assert (twice.one.article_id, twice.other.article_id, twice.shared) == ("a", "b", 1.0)


def test_a_series_of_products_is_no_contradiction() -> None:
    """Two cards have two fees."""
    text = "The annual fee for the card is ${fee}. It is taken in the first month of each year."
    found = look(
        ("gold", "Gold rewards card: fees", text.format(fee=90)),
        ("blue", "Blue rewards card: fees", text.format(fee=20)),
    )
    assert found.conflicts == []


@pytest.mark.parametrize(("title", "count"), [("Savings plus", 0), ("Basic account", 1)])
def test_a_bare_entry_is_of_the_thing_in_its_title(title: str, count: int) -> None:
    """A fee in the sheets of two accounts is two fees, in two sheets of one account a contradiction."""
    sheet = "Monthly maintenance fee: ${fee}\n\nThe account has a card, a statement a month, and no overdraft."
    found = look(("a", "Basic account", sheet.format(fee=20)), ("b", title, sheet.format(fee=75)))
    assert len(found.conflicts) == count


def test_the_same_title_but_for_a_year_is_the_same_matter() -> None:
    """A rule of last year that nobody retired is what managers look for."""
    found = look(
        ("old", "Return rules 2025", RETURNS.format(days=30)), ("new", "Return rules 2026", RETURNS.format(days=14))
    )
    assert len(found.conflicts) == 1


def test_one_article_does_not_contradict_itself() -> None:
    """Two rules in one article are two cases."""
    body = f"## Shop\n\n{RETURNS.format(days=30)}\n\n## Outlet\n\n{RETURNS.format(days=14)}"
    found = look(("a", "Returns", body), ("b", "Hours", "Open from nine to five on all days but Sunday."))
    assert (found.conflicts, found.duplicates) == ([], [])


def test_nothing_to_compare_is_nothing_found() -> None:
    """No article, and one article."""
    assert look(("a", "Returns", RETURNS)).conflicts == []
    assert compared(FailingVectorStore(), "none", CountingEmbedder(8)).duplicates == []


@pytest.mark.parametrize(("bounds", "said"), [(Bounds(passages=2), "pairs of like"), (Bounds(findings=1), "clearest")])
def test_a_bound_that_was_reached_is_said(bounds: Bounds, said: str) -> None:
    """What was left out is never passed over in silence."""
    titles = ("Returns", "Going back", "Sendings", "Boxes")
    found = look(*((str(at), title, RETURNS.format(days=10 + at)) for at, title in enumerate(titles)), bounds=bounds)
    assert any(said in note for note in found.notes)
    assert found.conflicts
