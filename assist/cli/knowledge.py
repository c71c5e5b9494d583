"""Knowledge articles from the command line: load, list and search them."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from assist.cli.health_report import report
from assist.cli.progress import progress_bar
from assist.cli.session import with_assist
from assist.cli.shelf import export, fsck, reindex, restore, versions
from assist.errors import InvalidInput
from assist.wiring import Assist
from knowledge import Article, Audience, ExplainedHit, IndexReport, LoadPlan, SearchResult

_SHOWN = 20


@click.group(epilog="Example: assist knowledge search 'charged twice' --domain retail")
def knowledge() -> None:
    """Load, list and search the articles that bots and agents answer from."""


for _command in (export, fsck, reindex, report, restore, versions):
    knowledge.add_command(_command)


@knowledge.command(epilog="Example: assist knowledge load articles/ handbook.zip --domain retail --dry-run")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--domain", default=None, help="Domain of articles that name none themselves.")
@click.option("--encoding", default=None, help="Encoding of text that is not UTF-8, such as cp1252.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--prune", is_flag=True, help="Retire articles of the same domains that the files no longer hold.")
def load(paths: tuple[Path, ...], domain: str | None, encoding: str | None, *, dry_run: bool, prune: bool) -> None:
    """Load articles from files, folders and zip archives.

    Formats: Markdown with front matter, HTML, text, CSV, JSON lines, Word (.docx), PDF, and a Zendesk Guide export
    (.json). An article that has not changed is left alone. One bad file is reported with its reason, and the rest is
    loaded. After an interruption the same command goes on where it stopped.
    """

    async def work(assist: Assist) -> IndexReport:
        if domain is not None and domain not in assist.domains:
            message = f"domain {domain!r} is not configured; configured are {', '.join(sorted(assist.domains))}"
            raise InvalidInput(message, field="domain")
        plan = LoadPlan(paths, encoding=encoding, domains=assist.domains, dry=dry_run, prune=prune)
        with progress_bar() as bar:
            task = bar.add_task("comparing" if dry_run else "loading", total=None)

            def moved(done: int) -> None:
                bar.update(task, completed=done)

            return await assist.library.load(assist.tenant, paths, domain=domain, plan=plan, progress=moved)

    try:
        report = with_assist(work)
    except KeyboardInterrupt:
        click.echo("stopped; what was loaded stays, and the same command goes on from there", err=True)
        sys.exit(130)
    _tell(report, dry=dry_run, prune=prune)
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
@click.option("--why", is_flag=True, help="Say of each hit why it came up.")
def search(query: str, domain: str | None, limit: int, audience: str, *, why: bool) -> None:
    """Find articles that answer QUERY, with the passage that matched."""

    async def work(assist: Assist) -> SearchResult:
        return await assist.enquiries.by_query(
            assist.tenant, query, domain=domain, limit=limit, audience=Audience(audience), explain=why
        )

    result = with_assist(work)
    if result.nothing_relevant:
        click.echo("Nothing relevant was found." + (" The nearest articles:" if result.hits else ""))
    for hit in result.hits:
        click.echo(f"{hit.score:.2f}  {hit.article_id}  {hit.title}\n      {' '.join(hit.passage.split())[:160]}")
        if isinstance(hit, ExplainedHit):
            words = ", ".join(f"{word} {share:.1f}" for word, share in list(hit.why.words.items())[:8]) or "none"
            click.echo(f"      because: meaning {hit.why.similarity:.2f}; words in common: {words}")


def _tell(report: IndexReport, *, dry: bool, prune: bool) -> None:
    """Print counts; of a dry run the ids too, those first that would change."""
    if dry:
        for word, ids in (("new", report.added), ("changed", report.changed), ("gone", report.removed)):
            for article_id in ids[:_SHOWN]:
                click.echo(f"{word:<9} {article_id}")
            if len(ids) > _SHOWN:
                click.echo(f"{word:<9} ... and {len(ids) - _SHOWN} more")
    counts = [(len(report.added), "added"), (len(report.changed), "changed"), (len(report.unchanged), "unchanged")]
    if dry or prune:
        counts.append((len(report.removed), "gone" if dry else "retired"))
    counts.append((len(report.failed), "failed"))
    click.echo(("would be: " if dry else "") + ", ".join(f"{count} {word}" for count, word in counts))
    for warning in report.warnings:
        click.echo(f"look at {warning}", err=True)
    for failure in report.failed:
        click.echo(f"not loaded: {failure}", err=True)
    if prune and report.failed and not dry:
        click.echo("nothing was retired, since a file could not be read; mend it and load again", err=True)
