"""The commands of the evaluation suite."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 140  # columns where the output is a file or a pipe


@click.group(name="evals", epilog="Example: assist evals run --suite verification")
def evals() -> None:
    """Measure the packet's fields on labelled conversations."""


@evals.command(name="run")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Your labelled conversations (.jsonl), or a folder with one subfolder a data set.",
)
@click.option("--suite", "suites", multiple=True, help="Only this suite; may be repeated.")
@click.option("--out", type=click.Path(path_type=Path), help="The log; var/evals/<time>.jsonl if absent.")
@click.option("--resume", type=click.Path(path_type=Path, exists=True), help="A log that was broken off, to finish.")
@click.option("--model", help="Language models to take part, as ASSIST_MODEL names them.")
@click.option("--no-model", is_flag=True, help="The rules alone; so it is too where no model is named.")
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True), help="Folder of recorded replies, in place of a model."
)
@click.option("--record", type=click.Path(path_type=Path), help="Folder to record the model's replies in.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Conversations at once.")
@click.option("--by-domain", is_flag=True, help="One more line for each domain.")
def run_command(
    data: Path | None,
    suites: tuple[str, ...],
    out: Path | None,
    resume: Path | None,
    model: str | None,
    replay: Path | None,
    record: Path | None,
    workers: int,
    *,
    no_model: bool,
    by_domain: bool,
) -> None:
    """Run the suites, print what they found and write a log, from which every report is made.

    Without --data, or where its sets are missing, the labelled conversations that ship with the project are used.

    \b
    Example:
      assist evals run --data our-handoffs.jsonl
      assist evals run --data ~/datasets --suite gold
      assist evals run --model openai/gpt-4o-mini --record var/replies
      assist evals run --replay var/replies
    """  # noqa: D301 -- click reads \b as "keep these lines"
    if (model is not None) + no_model + (replay is not None) > 1:
        message = "--model, --no-model and --replay exclude each other; give one"
        raise click.UsageError(message)
    from evals.session import Wanted, measure  # noqa: PLC0415 -- brings the analysis with it

    wanted = Wanted(
        data=data,
        suites=suites,
        out=out,
        resume=resume,
        by_domain=by_domain,
        workers=workers,
        model=model,
        replay=replay,
        record=record,
    )
    with _told():
        measure(wanted, wanted.production, _console())


def _console() -> "Console":
    from rich.console import Console  # noqa: PLC0415 -- help must be quick

    return Console() if sys.stdout.isatty() else Console(width=_WIDE)


@contextmanager
def _told() -> Iterator[None]:
    """Show an expected error as one sentence."""
    from evals.errors import EvalsError  # noqa: PLC0415 -- after help has answered

    try:
        yield
    except EvalsError as exc:
        raise click.ClickException(str(exc)) from exc
