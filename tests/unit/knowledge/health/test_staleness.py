"""Articles that may be out of date."""

from datetime import date

import pytest

from knowledge.articles import Article
from knowledge.health.report import Age
from knowledge.health.staleness import OFTEN, Showing, stale

TODAY = date(2026, 11, 20)


def look(
    showing: Showing | None = None, *, is_judged: bool = True, about: dict[str, object] | None = None
) -> tuple[Age, ...]:
    """Return why an article is stale."""
    article = Article.model_validate({"article_id": "a", "title": "A", "body": "A body.", **(about or {})})
    found = stale(article, TODAY, showing or Showing(), is_judged=is_judged)
    return found.kinds if found else ()


@pytest.mark.parametrize(
    ("dates", "kinds"),
    [
        ({"review_by": "2026-11-19"}, (Age.REVIEW,)),
        ({"review_by": "2026-11-20"}, ()),
        ({"valid_until": "2026-11-19"}, (Age.EXPIRED,)),
        ({"valid_until": "2026-11-20"}, ()),
        ({"valid_until": "2026-01-01", "review_by": "2026-01-01"}, (Age.EXPIRED, Age.REVIEW)),
        ({"review_by": "2026-01-01", "status": "retired"}, ()),
    ],
)
def test_dates_that_passed_are_told(dates: dict[str, object], kinds: tuple[Age, ...]) -> None:
    """The day itself has not passed; what is retired already needs no review."""
    assert look(about=dates) == kinds


@pytest.mark.parametrize(
    ("showing", "is_unused"),
    [
        (Showing(shown=OFTEN), True),
        (Showing(shown=OFTEN - 1), False),
        (Showing(shown=100, accepted=1), False),
        (Showing(shown=3, dismissed=2), True),
        (Showing(shown=3, dismissed=1), False),
    ],
)
def test_what_is_shown_in_vain_is_told(showing: Showing, is_unused: bool) -> None:  # noqa: FBT001
    """Shown often and never taken, or dismissed and never taken."""
    assert (look(showing) == (Age.UNUSED,)) is is_unused


def test_where_nobody_judges_nothing_is_unused() -> None:
    """That an article was never accepted means nothing where no article ever was."""
    assert look(Showing(shown=100), is_judged=False) == ()
