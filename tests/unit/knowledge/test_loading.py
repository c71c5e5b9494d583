"""Loading folders of articles, again and again."""

import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from knowledge.articles import Article, Status, Unreadable
from knowledge.errors import VectorStoreUnavailable
from knowledge.following import Follower
from knowledge.indexing import Indexer, IndexReport
from knowledge.loaders.files import FileLoader
from knowledge.loading import Loading, LoadPlan
from knowledge.ports import ArticleLoader
from tests.fakes.article_store import MemoryArticleStore
from tests.fakes.embedder import CountingEmbedder
from tests.fakes.vector_store import FailingVectorStore
from tests.unit.knowledge.test_library import Noon


class Desk:
    """A loader over stores in memory, and a folder to load."""

    def __init__(self, folder: Path, loader: ArticleLoader | None = None) -> None:
        self.folder = folder
        self.articles = MemoryArticleStore(clock=Noon())
        self.vectors = FailingVectorStore()
        self.embedder = CountingEmbedder(32)
        self.indexer = Indexer(self.vectors, self.embedder)
        follower = Follower(self.articles, self.articles, self.indexer)
        self.loading = Loading(self.articles, follower, loader or FileLoader())

    def write(self, *names: str, text: str = "text") -> None:
        """Write a file for each name."""
        for name in names:
            (self.folder / f"{name}.md").write_text(f"# {name}\n{text}", "utf-8")

    async def load(self, **options: object) -> IndexReport:
        """Load the folder."""
        return await self.loading.load("acme", LoadPlan([self.folder], domain="shop", **options))  # type: ignore[arg-type]  # as given

    async def status(self, name: str) -> tuple[int, Status]:
        """Return version and status of an article."""
        found = await self.articles.get("acme", name)
        assert found is not None
        return found.version, found.status


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return an empty one."""
    return Desk(tmp_path)


async def test_a_dry_run_says_what_would_change_and_changes_nothing(desk: Desk) -> None:
    """New, changed, unchanged and gone, each by id."""
    desk.write("kept", "changed", "gone")
    await desk.load()
    (desk.folder / "gone.md").unlink()
    desk.write("changed", text="other")
    desk.write("fresh")
    writes = desk.vectors.writes
    report = await desk.load(dry=True)
    assert (report.added, report.changed, report.unchanged) == (("fresh",), ("changed",), ("kept",))
    assert report.removed == ("gone",)
    assert (await desk.status("changed"), await desk.status("gone")) == ((1, Status.PUBLISHED), (1, Status.PUBLISHED))
    assert await desk.articles.get("acme", "fresh") is None
    assert desk.vectors.writes == writes


async def test_pruning_retires_what_is_gone(desk: Desk) -> None:
    """It is found no longer and can be restored; articles of other domains stay, and a second run changes nothing."""
    desk.write("kept", "gone")
    await desk.load()
    other = Article(article_id="bank", title="Bank", body="text", domain="bank")
    await desk.articles.put("acme", other)
    (desk.folder / "gone.md").unlink()
    assert (await desk.load(prune=True)).removed == ("gone",)
    assert await desk.status("gone") == (2, Status.RETIRED)
    assert desk.indexer.indexed("acme") == {"kept"}
    assert await desk.status("bank") == (1, Status.PUBLISHED)
    assert await desk.load(prune=True) == IndexReport(unchanged=("kept",))


async def test_nothing_is_retired_for_a_file_that_could_not_be_read(desk: Desk) -> None:
    """A broken file is no deleted article."""
    desk.write("kept", "broken")
    await desk.load()
    (desk.folder / "broken.md").write_text("---\nid: [\n---\n")
    report = await desk.load(prune=True)
    assert (report.removed, len(report.failed)) == ((), 1)
    assert await desk.status("broken") == (1, Status.PUBLISHED)


async def test_an_article_of_an_unknown_domain_is_reported(desk: Desk) -> None:
    """The rest is loaded."""
    desk.write("good")
    (desk.folder / "bad.md").write_text("---\ndomain: bakery\n---\ntext")
    report = await desk.load(domains={"shop"})
    assert report.added == ("good",)
    assert "'bakery' is not configured" in report.failed[0].reason


async def test_every_article_of_a_large_folder_is_loaded(desk: Desk) -> None:
    """Nothing is lost between two windows."""
    desk.write(*(f"a{number:03}" for number in range(300)))
    assert len((await desk.load()).added) == 300
    assert len(desk.indexer.indexed("acme")) == 300


async def test_an_interrupted_load_goes_on_where_it_stopped(desk: Desk) -> None:
    """What was stored without its vectors gets them, and nothing is embedded twice."""
    desk.write(*(f"a{number:03}" for number in range(300)))
    desk.vectors.fails_from = 2
    with pytest.raises(VectorStoreUnavailable):
        await desk.load()
    assert len(desk.indexer.indexed("acme")) == 128
    assert len(await desk.articles.pending("acme")) == 128
    desk.vectors.fails_from = 1_000_000
    report = await desk.load()
    assert (len(report.unchanged), len(report.added)) == (256, 44)
    assert len(desk.indexer.indexed("acme")) == 300
    assert await desk.articles.pending("acme") == []
    assert await desk.load() == IndexReport(unchanged=report.unchanged + report.added)


class Endless:
    """A loader of as many articles as wanted, each of 10 kB."""

    def __init__(self, count: int) -> None:
        self.count = count

    def read(
        self, paths: Sequence[Path], *, domain: str | None = None, encoding: str | None = None
    ) -> Iterator[Article | Unreadable]:
        """Yield them."""
        for number in range(self.count):
            yield Article(article_id=f"a{number}", title="Title", body=f"{number} " + "x" * 10_000, domain=domain)


async def test_ten_times_the_articles_need_no_more_memory(tmp_path: Path) -> None:
    """A dry run of 2,000 articles of 10 kB peaks no higher than one of 400, up to their ids."""
    peaks = []
    for count in (400, 2000):
        desk = Desk(tmp_path, Endless(count))
        tracemalloc.start()
        report = await desk.load(dry=True)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert len(report.added) == count
    assert peaks[1] < peaks[0] * 1.5
