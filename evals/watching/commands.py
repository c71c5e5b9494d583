"""The commands that watch quality while the service runs."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from assist.wiring import Assist
    from evals.watching.watch import Round, Watch

_WIDE = 150
_TENANT = click.option("--tenant", help="Whose packets; those of this machine's key if absent.")
_FROM = click.option("--from", "since", help="A date or time, UTC; 7 days before the end if absent.")
_TO = click.option("--to", "until", help="A date (that day included) or time, UTC; now if absent.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")


@click.command(name="watch")
@click.option("--once", is_flag=True, help="Look once and stop; else look again and again.")
@click.option(
    "--share", type=click.FloatRange(0, 1), help="Share of packets to check, in place of ASSIST_SAMPLE_SHARE."
)
@click.option("--since", help="A date or time, UTC: check packets made since then that were noted before, too.")
@click.option("--every", type=click.FloatRange(1), help="Seconds between two looks, in place of ASSIST_WATCH_SECONDS.")
@click.option("--tenant", help="Only this tenant's packets; everybody's if absent.")
def watch_command(once: bool, share: float | None, since: str | None, every: float | None, tenant: str | None) -> None:  # noqa: FBT001 -- click hands it over by name
    """Note every new packet, check a sample of them, and show operators what came of it.

    `assist serve` does this by itself; this is for a process of its own (set ASSIST_SAMPLE_SHARE=0 for the service then), and
    for checking what is there already. The sample is the same whoever takes it. No word of a conversation is kept.

    \b
    Example:
      assist evals watch --once --share 1 --since 2026-11-01
    """  # noqa: D301 -- click reads \b as "keep these lines"
    from assist.cli.session import with_assist  # noqa: PLC0415 -- after help has answered
    from evals.watching.windows import moment  # noqa: PLC0415 -- likewise

    with _told():
        begin = moment(since, "--since") if since else None
        try:
            with_assist(lambda assist: _watch(assist, once=once, share=share, since=begin, every=every, tenant=tenant))
        except KeyboardInterrupt:
            click.echo("Stopped; what was noted stays.", err=True)


async def _watch(
    assist: "Assist",
    *,
    once: bool,
    share: float | None,
    since: datetime | None,
    every: float | None,
    tenant: str | None,
) -> None:
    from evals.watching.watch import Watch  # noqa: PLC0415 -- after help has answered

    watch = Watch(assist, share=share)
    again = since is not None
    while True:
        for each in [tenant] if tenant else await assist.quality.tenants():
            found = await _noted(watch, each, since=since, again=again)
            await watch.refresh(each)
            if found.noted or once:
                click.echo(f"{each}: {found.noted} packets noted, {found.checked} of them checked.")
        if once:
            return
        again = False  # what was noted before has been checked now
        await asyncio.sleep(every or assist.watch_seconds)


@click.command(name="drift")
@_TENANT
@_FROM
@_TO
@click.option("--against", help="FROM..TO, or the log of a run; the 28 days before the window if absent.")
@_JSON
def drift_command(
    tenant: str | None, since: str | None, until: str | None, against: str | None, *, as_json: bool
) -> None:
    """Say what moved: intents, moods, escalations, articles found, statements dropped, agents' edits, checks that failed.

    \b
    Example:
      assist evals drift
      assist evals drift --from 2026-11-10 --to 2026-11-16 --against 2026-10-01..2026-10-28
      assist evals drift --against var/evals/before-release.jsonl
    """  # noqa: D301 -- click reads \b as "keep these lines"
    from assist.cli.session import with_assist  # noqa: PLC0415 -- after help has answered
    from evals.watching.drift import Drift  # noqa: PLC0415 -- likewise
    from evals.watching.tables import drift_table, drift_words  # noqa: PLC0415 -- likewise
    from evals.watching.watch import Watch, compared  # noqa: PLC0415 -- likewise
    from evals.watching.windows import windows  # noqa: PLC0415 -- likewise

    with _told():
        chosen = windows(datetime.now(UTC), since=since, until=until, against=against)

        async def work(assist: "Assist") -> Drift:
            whose = tenant or assist.tenant
            await _noted(Watch(assist), whose)
            return await compared(assist.quality, whose, chosen)

        found = with_assist(work)
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return
    console = _console()
    console.print(drift_table(found))
    console.print(drift_words(found))


@click.command(name="bias")
@_TENANT
@_FROM
@_TO
@click.option(
    "--least", type=click.IntRange(5), default=30, show_default=True, help="Packets a group needs to be judged."
)
@click.option("--all", "everything", is_flag=True, help="Show every comparison, not only those that differ.")
@_JSON
def bias_command(
    tenant: str | None, since: str | None, until: str | None, least: int, *, everything: bool, as_json: bool
) -> None:
    """Say whether quality differs between languages, channels and lines of business, and how surely.

    The last 35 days where no window is named.

    \b
    Example:
      assist evals bias
      assist evals bias --from 2026-10-01 --to 2026-10-31 --least 50
    """  # noqa: D301 -- click reads \b as "keep these lines"
    from assist.cli.session import with_assist  # noqa: PLC0415 -- after help has answered
    from evals.watching.bias import Audit  # noqa: PLC0415 -- likewise
    from evals.watching.tables import bias_table, bias_words  # noqa: PLC0415 -- likewise
    from evals.watching.watch import Watch, audited  # noqa: PLC0415 -- likewise
    from evals.watching.windows import windows  # noqa: PLC0415 -- likewise

    with _told():
        chosen = windows(datetime.now(UTC), since=since, until=until)
        window = chosen.now if since else chosen.whole

        async def work(assist: "Assist") -> Audit:
            whose = tenant or assist.tenant
            await _noted(Watch(assist), whose)
            return await audited(assist.quality, whose, window, least=least)

        found = with_assist(work)
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return
    console = _console()
    console.print(bias_table(found, everything=everything))
    console.print(bias_words(found))


async def _noted(watch: "Watch", tenant: str, *, since: datetime | None = None, again: bool = False) -> "Round":
    """Bring what is noted up to date, with a bar, so that no answer depends on when the watch looked last."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415 -- after help has answered

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}"), TimeElapsedColumn())
    with Progress(*columns, console=_console(stderr=True), transient=True) as bar:
        advance = partial(bar.advance, bar.add_task(f"packets of {tenant}", total=None))
        return await watch.round(tenant, since=since, again=again, tick=advance)


def _console(*, stderr: bool = False) -> "Console":
    from rich.console import Console  # noqa: PLC0415 -- help must be quick

    return (
        Console(stderr=stderr)
        if (sys.stderr if stderr else sys.stdout).isatty()
        else Console(width=_WIDE, stderr=stderr)
    )


@contextmanager
def _told() -> Iterator[None]:
    """Show an expected error as one sentence."""
    from evals.errors import EvalsError  # noqa: PLC0415 -- after help has answered

    try:
        yield
    except EvalsError as exc:
        raise click.ClickException(str(exc)) from exc
