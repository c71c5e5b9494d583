"""Knowledge articles from the command line: their history, their export, and whether their vectors are in step."""

import sys
from collections.abc import Sequence

import click

from assist.cli.progress import progress_bar
from assist.cli.session import with_assist
from assist.errors import NotFound
from assist.wiring import Assist
from knowledge import Article, IndexReport


@click.command(epilog="Example: assist knowledge versions retail-refund-timing")
@click.argument("article_id")
def versions(article_id: str) -> None:
    """List the versions of an article, newest first."""

    async def work(assist: Assist) -> Sequence[Article]:
        found = await assist.library.versions(assist.tenant, article_id)
        if not found:
            raise _absent(article_id)
        return found

    for each in reversed(with_assist(work)):
        at = f"{each.updated_at:%Y-%m-%d %H:%M}" if each.updated_at else ""
        click.echo(f"v{each.version:<4} {at}  {each.status.value:<10} {each.author or '-':<20} {each.title}")


@click.command(epilog="Example: assist knowledge restore retail-refund-timing 3")
@click.argument("article_id")
@click.argument("version", type=click.IntRange(1))
def restore(article_id: str, version: int) -> None:
    """Bring VERSION of an article back, as a new version."""

    async def work(assist: Assist) -> Article:
        stored = await assist.library.restore(assist.tenant, article_id, version)
        if stored is None:
            raise _absent(article_id, version)
        return stored

    stored = with_assist(work)
    click.echo(f"{article_id} is at version {stored.version}, with the content of version {version}")


@click.command(epilog="Example: assist knowledge export --domain retail > articles.jsonl")
@click.option("--domain", default=None, help="Only this domain.")
def export(domain: str | None) -> None:
    """Print every article's newest version as JSON lines; `assist knowledge load` takes the file."""

    async def work(assist: Assist) -> None:
        async for article in assist.library.everything(assist.tenant, domain=domain):
            click.echo(article.model_dump_json())

    with_assist(work)


@click.command(epilog="Example: assist knowledge fsck --mend")
@click.option("--mend", is_flag=True, help="Put right what differs.")
def fsck(*, mend: bool) -> None:
    """Compare the vectors with the articles in the database, and say what differs.

    Exits with 1 where something does and was not mended.
    """

    async def work(assist: Assist) -> IndexReport:
        with progress_bar() as bar:
            task = bar.add_task("comparing", total=None)
            return await assist.library.align(
                assist.tenant, mend=mend, progress=lambda done: bar.update(task, completed=done)
            )

    report = with_assist(work)
    kinds = (("without vectors", report.added), ("with old vectors", report.changed), ("only vectors", report.removed))
    for kind, ids in kinds:
        for article_id in ids:
            click.echo(f"{kind}: {article_id}")
    differing = sum(len(ids) for _, ids in kinds)
    click.echo(f"{report.total} compared, {differing} differing{', mended' if mend and differing else ''}")
    if differing and not mend:
        click.echo("mend them with: assist knowledge fsck --mend", err=True)
        sys.exit(1)


@click.command(epilog="Example: ASSIST_EMBEDDING_MODEL=/models/larger assist knowledge reindex")
def reindex() -> None:
    """Build the index of a new embedding model beside the one in use, and switch when it is complete.

    A running server does so by itself; until then the earlier index answers.
    """

    async def work(assist: Assist) -> IndexReport | None:
        with progress_bar() as bar:
            task = bar.add_task("indexing", total=None)
            return await assist.library.renew(assist.tenant, progress=lambda done: bar.update(task, completed=done))

    report = with_assist(work)
    if report is None:
        click.echo("the index in use is of the configured embedding model; there is nothing to build")
    else:
        click.echo(f"{len(report.added)} indexed anew; searches use the new index from now on")


def _absent(article_id: str, version: int | None = None) -> NotFound:
    which = f"version {version} of article {article_id!r}" if version else f"article {article_id!r}"
    return NotFound(f"{which} does not exist; see: assist knowledge list")
