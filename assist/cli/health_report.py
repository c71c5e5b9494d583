"""How the articles stand: the report for knowledge managers, from the command line."""

from pathlib import Path

import click
from rich.progress import TaskID

from assist.cli.progress import progress_bar
from assist.cli.session import with_assist
from assist.errors import InvalidInput
from assist.wiring import Assist
from knowledge.health import HealthReport, page


@click.command(epilog="Example: assist knowledge report --domain retail --out report.html")
@click.option("--domain", default=None, help="Only this domain.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the report there as a page (HTML).")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def report(domain: str | None, out: Path | None, *, as_json: bool) -> None:
    """Say what is missing, contradictory, stale, said twice, or meant for a machine.

    It compares the articles with each other and with the newest 2,000 handoffs. The page needs no network, opens in any
    browser and can be printed.
    """
    if out is not None and not out.parent.is_dir():
        message = f"--out {str(out)!r}: the folder {str(out.parent)!r} is not there; make it first"
        raise InvalidInput(message, field="out")

    async def work(assist: Assist) -> HealthReport:
        tasks: dict[str, TaskID] = {}
        with progress_bar() as bar:

            def told(part: str, done: int) -> None:
                if part not in tasks:
                    tasks[part] = bar.add_task(part, total=None)
                bar.update(tasks[part], completed=done)

            return await assist.stocktaking.report(assist.tenant, domain=domain, told=told)

    made = with_assist(work)
    if out is not None:
        out.write_text(page(made), "utf-8")
        click.echo(f"the report is in {out}", err=True)
    if as_json:
        click.echo(made.model_dump_json(indent=2))
    elif out is None:
        _tell(made)


def _tell(made: HealthReport) -> None:
    """Print what matters most, a line each."""
    for gap in made.gaps:
        click.echo(
            f"missing       {gap.title} ({gap.size} {'handoff' if gap.size == 1 else 'handoffs'}, such as {gap.examples[0].handoff_id})"
        )
    for conflict in made.conflicts:
        click.echo(f"contradiction {conflict.one.article.article_id}: {conflict.one.text}")
        click.echo(f"              {conflict.other.article.article_id}: {conflict.other.text}")
    for suspicion in made.suspicions:
        for order in suspicion.orders:
            click.echo(f"for a machine {suspicion.article.article_id}: {order}")
    for old in made.stale:
        click.echo(f"stale         {old.article.article_id}: {'; '.join(old.reasons)}")
    for twice in made.duplicates:
        click.echo(f"said twice    {twice.one.article_id} and {twice.other.article_id}")
    for each in made.coverage:
        if not each.articles:
            click.echo(f"no article    {each.domain}: {each.name}")
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    click.echo("the whole report as a page: assist knowledge report --out report.html", err=True)
