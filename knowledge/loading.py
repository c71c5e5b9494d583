"""Loads articles from files: a window at a time, so that ten thousand need no more memory than a hundred."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from knowledge.articles import Article, Status, Unreadable
from knowledge.following import Follower
from knowledge.indexing import IndexReport, Progress
from knowledge.orders import orders
from knowledge.ports import ArticleLoader, ArticleStore

_WINDOW = 128


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What to load and how.

    `domain` is for articles that name none, `domains` those that may be named (any where None), `encoding` that of text
    which is not UTF-8. `dry` changes nothing and says what would change; `prune` retires what is gone: articles of the
    loaded ones' domains that the files no longer hold.
    """

    paths: Sequence[Path]
    domain: str | None = None
    domains: Collection[str] | None = None
    encoding: str | None = None
    author: str | None = None
    dry: bool = False
    prune: bool = False


class Loading:
    """Reads, stores and indexes articles. What was done before an interruption stands; the same call goes on from there."""

    def __init__(self, articles: ArticleStore, follower: Follower, loader: ArticleLoader) -> None:
        self._articles = articles
        self._follower = follower
        self._loader = loader

    async def load(self, tenant: str, plan: LoadPlan, *, progress: Progress | None = None) -> IndexReport:
        """Load what the plan names; what cannot be read is in the report, the rest is loaded.

        In the report `removed` is what is gone: retired with `prune`, named only with `dry`. Where a file could not be
        read, nothing is retired, since its articles may be the ones that are missed.
        """
        report, seen, homes = IndexReport(), set[str](), set[str | None]()
        stream = self._loader.read(plan.paths, domain=plan.domain, encoding=plan.encoding)
        while window := await asyncio.to_thread(_take, stream):
            articles, failed = _parted(window, plan)
            seen |= {article.article_id for article in articles}
            homes |= {article.domain for article in articles}
            done = await (self._compare(tenant, articles) if plan.dry else self._store(tenant, articles))
            warned = await asyncio.to_thread(_warnings, articles, {*done.added, *done.changed})
            report += replace(done, failed=failed, warnings=warned)
            if progress is not None:
                progress(report.total)
        if plan.dry or (plan.prune and not report.failed):
            report += await self._gone(tenant, plan, seen=seen, homes=homes)
        return report

    async def _store(self, tenant: str, articles: Sequence[Article]) -> IndexReport:
        written = await self._articles.put_all(tenant, articles)
        # Unchanged ones too: an interrupted run may have stored them and not come to their vectors.
        await self._follower.follow(tenant, [article.article_id for article in articles])
        return IndexReport(
            added=tuple(each.article.article_id for each in written if each.is_new and each.article.version == 1),
            changed=tuple(each.article.article_id for each in written if each.is_new and each.article.version > 1),
            unchanged=tuple(each.article.article_id for each in written if not each.is_new),
        )

    async def _compare(self, tenant: str, articles: Sequence[Article]) -> IndexReport:
        there = await self._articles.newest(tenant, [article.article_id for article in articles])
        added = [article for article in articles if article.article_id not in there]
        known = [article for article in articles if article.article_id in there]
        same = [each for each in known if there[each.article_id].content_hash == each.content_hash]
        changed = [each for each in known if each not in same]
        return IndexReport(added=_ids(added), changed=_ids(changed), unchanged=_ids(same))

    async def _gone(
        self, tenant: str, plan: LoadPlan, *, seen: Collection[str], homes: Collection[str | None]
    ) -> IndexReport:
        gone: list[str] = []
        after: str | None = None
        while page := await self._articles.page(tenant, after=after, limit=_WINDOW):
            after = page[-1].article_id
            missed = [
                article.model_copy(update={"status": Status.RETIRED, "author": plan.author})
                for article in page
                if article.domain in homes and article.article_id not in seen and article.status is not Status.RETIRED
            ]
            gone += _ids(missed)
            if missed and not plan.dry:
                await self._articles.put_all(tenant, missed)
                await self._follower.follow(tenant, _ids(missed))
        return IndexReport(removed=tuple(gone))


def _parted(window: Sequence[Article | Unreadable], plan: LoadPlan) -> tuple[list[Article], tuple[Unreadable, ...]]:
    articles: list[Article] = []
    failed: list[Unreadable] = []
    for each in window:
        if isinstance(each, Unreadable):
            failed.append(each)
        elif plan.domains is not None and each.domain is not None and each.domain not in plan.domains:
            hint = f"configured are {', '.join(sorted(plan.domains))}"
            reason = f"its domain {each.domain!r} is not configured"
            failed.append(Unreadable(place=f"article {each.article_id!r}", reason=reason, hint=hint))
        else:
            articles.append(each.model_copy(update={"author": each.author or plan.author}))
    return articles, tuple(failed)


def _warnings(articles: Sequence[Article], new: Collection[str]) -> tuple[str, ...]:
    return tuple(
        f"{article.article_id}: {order}"
        for article in articles
        if article.article_id in new
        for order in orders(article.body)
    )


def _ids(articles: Sequence[Article]) -> tuple[str, ...]:
    return tuple(article.article_id for article in articles)


def _take(stream: Iterator[Article | Unreadable]) -> list[Article | Unreadable]:
    return list(islice(stream, _WINDOW))
