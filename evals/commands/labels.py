"""Commands for those who label: label, agreement, merge, import."""

import socket
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evals.terminal import console, told

if TYPE_CHECKING:
    from evals.labelling import Book, Entry

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT = click.Path(path_type=Path, dir_okay=False)
_HOST = "127.0.0.1"


@click.command(
    name="label",
    epilog="Example: assist evals label transcripts.jsonl --out anna.jsonl --labeller anna",
)
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--out", type=_OUT, help="Your labels; labels-<labeller>.jsonl if absent.")
@click.option("--labeller", required=True, help="Who labels: your name, or a short sign of you.")
@click.option(
    "--prefill", is_flag=True, help="Begin from the service's own packet. Quicker, but it biases: rows say so."
)
@click.option("--adjudicate", is_flag=True, help="FILES are two people's labels: settle where they differ.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page; a free one if absent.")
@click.option("--no-browser", is_flag=True, help="Only say where the page is.")
def label_command(
    files: tuple[Path, ...],
    out: Path | None,
    labeller: str,
    port: int,
    *,
    prefill: bool,
    adjudicate: bool,
    no_browser: bool,
) -> None:
    """Label the conversations in FILES on a page in your browser; nothing leaves this machine.

    Every change is saved at once. Stop with Ctrl-C and go on later with the same command. Labels that stand in FILES already are not
    shown, so that two people can label the same file without seeing each other's answers; give each their own --out.

    \b
    Example:
      assist evals label transcripts.jsonl --out anna.jsonl --labeller anna
      assist evals label anna.jsonl ben.jsonl --adjudicate --out gold.jsonl --labeller carla
    """  # noqa: D301 -- click reads \b as "keep these lines"
    from assist.wiring import live_setup  # noqa: PLC0415 -- after help has answered
    from evals.labelling import Book, create_desk, prefilled  # noqa: PLC0415 -- likewise
    from evals.production import Configured  # noqa: PLC0415 -- likewise

    with told():
        path = out or Path(f"labels-{labeller}.jsonl")
        if any(path.resolve() == file.resolve() for file in files):
            message = f"{path} is both read and written; give another --out"
            raise click.UsageError(message)
        begin = prefilled(Configured()) if prefill and not adjudicate else None
        with _alone(path):
            entries = _to_settle(files, path) if adjudicate else _to_label(files)
            book = Book(entries, path, labeller=labeller, begin=begin)
            if not entries:
                click.echo(f"The two agree on everything: {path} is complete.")
                return
            app = create_desk(book, live_setup().domains)
            _serve(app, book, path, port, browser=not no_browser)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep a second page from writing the same file: each would undo what the other saved."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 -- after help has answered

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=0):
            yield
    except Timeout as exc:
        message = f"another labelling page writes {path}; close that one, or give another --out"
        raise click.ClickException(message) from exc


def _to_label(files: Sequence[Path]) -> "list[Entry]":
    from evals.conversations import conversations  # noqa: PLC0415 -- after help has answered
    from evals.errors import DataMissing  # noqa: PLC0415 -- likewise
    from evals.labelling import Entry  # noqa: PLC0415 -- likewise

    found: dict[str, Entry] = {}
    for file in files:
        for case in conversations(file, blind=True):
            if case.case_id in found:
                message = (
                    f"{file}: {case.case_id!r} stands in an earlier file, too; give each conversation an id of its own"
                )
                raise DataMissing(message)
            found[case.case_id] = Entry(case)
    return list(found.values())


def _to_settle(files: Sequence[Path], out: Path) -> "list[Entry]":
    from evals.labelling import merged, to_settle  # noqa: PLC0415 -- after help has answered
    from evals.labelling.book import write_cases  # noqa: PLC0415 -- likewise

    found = merged(files)
    if not out.exists():
        write_cases(out, [case for case, entry in zip(found.cases, found.entries, strict=True) if not entry.open])
    return list(to_settle(found))


def _serve(app: object, book: "Book", path: Path, port: int, *, browser: bool) -> None:
    import uvicorn  # noqa: PLC0415 -- only a server needs it

    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_HOST, port))
            listening.listen()  # a browser that is quicker than the server waits, instead of being refused
        except OSError as exc:
            message = f"port {port} cannot be used ({exc.strerror}); give another --port, or none for a free one"
            raise click.ClickException(message) from exc
        address = f"http://{_HOST}:{listening.getsockname()[1]}/"
        done, _, whole = book.progress
        click.echo(f"{done} of {whole} conversations are done. Label at {address} and stop with Ctrl-C.")
        if browser:
            webbrowser.open(address)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))  # type: ignore[arg-type]  # it is an application
        server.run(sockets=[listening])
    done, skipped, whole = book.progress
    click.echo(f"{done} of {whole} done, {skipped} skipped. Labels: {path}")


@click.command(name="agreement", epilog="Example: assist evals agreement anna.jsonl ben.jsonl")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def agreement_command(files: tuple[Path, ...], *, as_json: bool) -> None:
    """Say how far people agree who labelled the same conversations in FILES, field by field, and where they differ.

    Cohen's kappa (two people), Krippendorff's alpha (any number, gaps allowed) and, for lists, F1; each with a 95 % interval by
    bootstrap over conversations. A score of the service above the people's own agreement means nothing.
    """
    from evals.agreement import agreement, agreement_table, disagreement_table, ratings  # noqa: PLC0415 -- after help

    with told():
        found = agreement(ratings(files))
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return
    paper = console()
    for remark in found.remarks:
        paper.print(remark, style="yellow", markup=False, highlight=False)
    paper.print(agreement_table(found))
    if found.differences:
        paper.print(disagreement_table(found))
    differ = len({each.case_id for each in found.differences})
    paper.print(f"They differ on {differ} of {found.conversations} conversations.", highlight=False)


@click.command(name="merge", epilog="Example: assist evals merge anna.jsonl ben.jsonl --out gold.jsonl")
@click.argument("one", type=_FILE)
@click.argument("other", type=_FILE)
@click.option("--out", required=True, type=_OUT, help="The labels both agree on, as one file.")
def merge_command(one: Path, other: Path, out: Path) -> None:
    """Make one file of two people's labels: what they agree on is taken, what they differ on is left open.

    What is open is not labelled, so that it is not scored. `assist evals label --adjudicate` lets a third person settle it.
    """
    from evals.labelling import merged, to_settle  # noqa: PLC0415 -- after help has answered
    from evals.labelling.book import write_cases  # noqa: PLC0415 -- likewise

    with told():
        if out.exists():
            message = f"{out} is there already; give another --out, or move it away"
            raise click.UsageError(message)
        found = merged((one, other))
        write_cases(out, found.cases)
    still = to_settle(found)
    click.echo(
        f"{len(found.entries)} conversations, {len(found.entries) - len(still)} of them agreed in every field: {out}"
    )
    if found.alone:
        click.echo(f"{len(found.alone)} conversations were labelled by one person only and are left out.")
    if still:
        fields = sum(len(entry.open) for entry in still)
        click.echo(f"{fields} fields of {len(still)} conversations are open. Settle them:")
        click.echo(f"  assist evals label {one} {other} --adjudicate --out settled.jsonl --labeller NAME")


@click.command(name="import", epilog="Example: assist evals import export.csv --out cases.jsonl")
@click.argument("file", type=_FILE)
@click.option("--out", required=True, type=_OUT, help="Where the conversations go, one a line.")
@click.option("--encoding", default="utf-8-sig", show_default=True, help="Encoding of FILE.")
def import_command(file: Path, out: Path, encoding: str) -> None:
    """Make labelled conversations of a table (.csv, .tsv: one row a turn) or of JSON lines (one conversation a line).

    Columns of a table: conversation_id, role, text; if wanted at, tool_name, tool_arguments, tool_ok, domain, channel, language, and
    labels such as intent or verification, as docs/evaluation.md lists them. What cannot be used is named by line and column and costs
    its own conversation alone; the exit code is then 1.
    """
    from evals.importing import imported  # noqa: PLC0415 -- after help has answered
    from evals.labelling.book import write_cases  # noqa: PLC0415 -- likewise

    with told():
        found = imported(file, encoding=encoding)
        if found.cases:
            write_cases(out, found.cases)
    for problem in found.problems:
        click.echo(f"{file.name} {problem}", err=True)
    labelled = sum(bool(case.labels.model_dump(exclude_defaults=True)) for case in found.cases)
    if found.cases:
        click.echo(f"{len(found.cases)} conversations, {labelled} with labels: {out}")
    else:
        click.echo(f"{file} holds no conversation that can be used; nothing was written.", err=True)
    if found.left_out:
        click.echo(f"Left out: {_some(found.left_out)}", err=True)
    sys.exit(bool(found.problems or not found.cases))


def _some(names: Sequence[str], *, most: int = 10) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
