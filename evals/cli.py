"""The commands of the evaluation suite."""

import sys
from pathlib import Path

import click

_WIDE = 140  # columns where the output is a file or a pipe


@click.group(name="evals", epilog="Example: assist evals run --suite verification")
def evals() -> None:
    """Measure the packet's fields on labelled conversations."""


@evals.command(name="run")
@click.option("--data", type=click.Path(path_type=Path), help="Folder with one subfolder a data set.")
@click.option("--suite", "suites", multiple=True, help="Only this suite; may be repeated.")
@click.option("--out", type=click.Path(path_type=Path), help="The log; var/evals/<time>.json if absent.")
@click.option("--by-domain", is_flag=True, help="One more line for each domain.")
def run_command(data: Path | None, suites: tuple[str, ...], out: Path | None, *, by_domain: bool) -> None:
    """Run the suites and print what they found.

    Without --data, or where its sets are missing, the labelled conversations that ship with the project are used.

    \b
    Example:
      assist evals run --data ~/datasets --suite gold
    """  # noqa: D301 -- click reads \b as "keep these lines"
    from rich.console import Console  # noqa: PLC0415 -- help must be quick

    from evals.errors import EvalsError  # noqa: PLC0415 -- likewise
    from evals.production import production  # noqa: PLC0415 -- brings the analysis with it
    from evals.session import Wanted, measure  # noqa: PLC0415 -- likewise

    console = Console() if sys.stdout.isatty() else Console(width=_WIDE)
    try:
        measure(Wanted(data=data, suites=suites, out=out, by_domain=by_domain), production, console)
    except EvalsError as exc:
        raise click.ClickException(str(exc)) from exc
