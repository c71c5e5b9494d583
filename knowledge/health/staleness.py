"""Articles that may be out of date: by their dates, and by what agents did with them. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from knowledge.articles import Article, Status
from knowledge.health.report import Age, Reference, Stale

OFTEN: Final = 10
"""Handoffs that showed an article, from which on it says something that nobody took it."""

_REFUSED: Final = 2


@dataclass(frozen=True, slots=True)
class Showing:
    """In how many handoffs an article was shown, and what agents said of it there."""

    shown: int = 0
    accepted: int = 0
    dismissed: int = 0


def stale(article: Article, today: date, showing: Showing, *, is_judged: bool) -> Stale | None:
    """Return why somebody should look at a published article, None where there is no reason.

    `is_judged` says that agents judge articles at all: where nobody does, that an article was not taken means nothing.
    """
    if article.status is not Status.PUBLISHED:
        return None
    found: dict[Age, str] = {}
    if article.valid_until and article.valid_until < today:
        found[Age.EXPIRED] = f"its validity ended on {article.valid_until}; nobody finds it since"
    if article.review_by and article.review_by < today:
        found[Age.REVIEW] = f"it was to be reviewed by {article.review_by}, {(today - article.review_by).days} days ago"
    if showing.accepted == 0 and showing.dismissed >= _REFUSED:
        found[Age.UNUSED] = f"agents dismissed it {showing.dismissed} times and never accepted it"
    elif showing.accepted == 0 and showing.shown >= OFTEN and is_judged:
        found[Age.UNUSED] = f"it was shown in {showing.shown} handoffs and never accepted"
    if not found:
        return None
    return Stale(
        article=reference(article),
        kinds=tuple(found),
        reasons=tuple(found.values()),
        shown=showing.shown,
        accepted=showing.accepted,
        dismissed=showing.dismissed,
    )


def reference(article: Article) -> Reference:
    """Return what a finding names an article by."""
    return Reference(article_id=article.article_id, version=article.version, title=article.title)
