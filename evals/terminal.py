"""What every command of the evaluations needs of a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 140  # columns where the output is a file or a pipe


def console() -> "Console":
    """Return where tables go."""
    from rich.console import Console  # noqa: PLC0415 -- help must be quick

    return Console() if sys.stdout.isatty() else Console(width=_WIDE)


@contextmanager
def told() -> Iterator[None]:
    """Show an expected error as one sentence."""
    from evals.errors import EvalsError  # noqa: PLC0415 -- after help has answered

    try:
        yield
    except EvalsError as exc:
        raise click.ClickException(str(exc)) from exc
