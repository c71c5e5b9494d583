"""Knowledge articles from the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from assist.cli.progress import progress_bar
from assist.cli.session import with_assist
from assist.wiring import Assist
from knowledge import Article, Audience, IndexReport, SearchResult


@click.group(epilog="Example: assist knowledge search 'charged twice' --domain retail")
def knowledge() -> None:
    """Load, list and search the articles that bots and agents answer from."""


@knowledge.command(epilog="Example: assist knowledge load articles/ --domain retail")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--domain", default=None, help="Domain of articles that name none themselves.")
def load(paths: tuple[Path, ...], domain: str | None) -> None:
    """Load Markdown articles from files and folders.

    An article that has not changed is left alone. One bad file is reported with its reason, and the rest is loaded.
    """

    async def work(assist: Assist) -> IndexReport:
        with progress_bar() as bar:
            task = bar.add_task("loading", total=None)
            return await assist.library.load(
                assist.tenant,
                list(paths),
                domain=domain,
                progress=lambda done: bar.update(task, completed=done),
            )

    report = with_assist(work)
    click.echo(
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.unchanged)} unchanged, {len(report.failed)} failed"
    )
    for failure in report.failed:
        click.echo(f"not loaded: {failure}", err=True)
    sys.exit(1 if report.failed else 0)


@knowledge.command("list", epilog="Example: assist knowledge list --domain airline --limit 20")
@click.option("--domain", default=None, help="Only this domain.")
@click.option("--after", default=None, help="Go on after this id: the last of the page before.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="Rows a page.")
def list_articles(domain: str | None, after: str | None, limit: int) -> None:
    """List articles by id."""

    async def work(assist: Assist) -> Sequence[Article]:
        return await assist.library.page(assist.tenant, domain=domain, after=after, limit=limit)

    for article in with_assist(work):
        click.echo(f"{article.article_id:<44} v{article.version:<3} {article.status.value:<10} {article.title}")


@knowledge.command(epilog="Example: assist knowledge search 'lost card abroad' --limit 3")
@click.argument("query")
@click.option("--domain", default=None, help="Only this domain.")
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="Hits at most.")
@click.option(
    "--audience", type=click.Choice([a.value for a in Audience]), default="agent", show_default=True, help="As whom."
)
def search(query: str, domain: str | None, limit: int, audience: str) -> None:
    """Find articles that answer QUERY, with the passage that matched."""

    async def work(assist: Assist) -> SearchResult:
        return await assist.enquiries.by_query(
            assist.tenant, query, domain=domain, limit=limit, audience=Audience(audience)
        )

    result = with_assist(work)
    if result.nothing_relevant:
        click.echo("Nothing relevant was found." + (" The nearest articles:" if result.hits else ""))
    for hit in result.hits:
        click.echo(f"{hit.score:.2f}  {hit.article_id}  {hit.title}\n      {' '.join(hit.passage.split())[:160]}")
