"""What an article is."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from knowledge.articles import Article, Audience, Chunk, Status, Unreadable


def an_article(**more: object) -> Article:
    """Return a short article."""
    fields: dict[str, object] = {"article_id": "refunds", "title": "Refunds", "body": "Five days."}
    return Article.model_validate(fields | more)


def test_an_article_is_published_for_everybody_where_nothing_else_is_said() -> None:
    """Title and body are enough."""
    made = an_article()
    assert (made.status, made.audience, made.version, made.language) == (Status.PUBLISHED, Audience.BOTH, 1, "en")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"title": "Money back"}, id="title"),
        pytest.param({"body": "Six days."}, id="body"),
        pytest.param({"audience": "agent"}, id="audience"),
        pytest.param({"status": "retired"}, id="status"),
        pytest.param({"valid_until": "2027-01-01"}, id="validity"),
        pytest.param({"tags": ["money"]}, id="tags"),
    ],
)
def test_a_change_of_content_changes_the_hash(change: dict[str, object]) -> None:
    """Whatever makes a new version makes a new hash."""
    assert an_article(**change).content_hash != an_article().content_hash


def test_who_changed_it_when_is_not_content() -> None:
    """Version, author and time of a change do not change the hash."""
    stamped = an_article(version=7, author="Ada", updated_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert stamped.content_hash == an_article().content_hash


@pytest.mark.parametrize("article_id", ["", "with space", "-starts", "a/b", "x" * 201])
def test_an_id_is_plain(article_id: str) -> None:
    """An id fits into a path and into every store."""
    with pytest.raises(ValidationError):
        an_article(article_id=article_id)


def test_validity_is_read_from_text() -> None:
    """Dates may be written as ISO text."""
    assert an_article(valid_from="2026-02-03").valid_from == date(2026, 2, 3)


def test_a_passage_is_named_by_article_and_place() -> None:
    """The id of a passage stays while its place does."""
    assert Chunk(article_id="refunds", version=2, ordinal=3, text="x", start=0, end=1).passage_id == "refunds#3"


def test_what_cannot_be_read_says_where_why_and_what_to_do() -> None:
    """One sentence for a knowledge manager."""
    assert str(Unreadable(place="a.md", reason="is empty", hint="write it")) == "a.md: is empty (write it)"
    assert str(Unreadable(place="a.md", reason="is empty")) == "a.md: is empty"
