"""Commands for trying and promoting a candidate: sandbox, promote, rollback, promotions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evals.terminal import console, told

if TYPE_CHECKING:
    from evals.cases import LabelledCase
    from evals.promotion import Promotion
    from evals.sandbox import SandboxLog

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_PATH = click.Path(path_type=Path, dir_okay=False)
_SHORT = 12  # signs of a fingerprint that people read


@click.command(name="sandbox", epilog="Example: assist evals sandbox conversations.jsonl --candidate trial.yaml")
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--candidate", required=True, type=_FILE, help="In what the candidate differs, as YAML.")
@click.option("--stored", is_flag=True, help="Conversations from the service's database instead of FILES.")
@click.option("--tenant", help="Whose conversations, with --stored; the tenant of the local key if absent.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help="How many, newest first."
)
@click.option("--out", type=_PATH, help="The log; var/evals/sandbox-<time>.jsonl if absent.")
@click.option("--resume", is_flag=True, help="Go on with the log at --out that was broken off.")
@click.option("--page", "pages", type=_PATH, help="The report; beside the log if absent.")
@click.option("--no-model", is_flag=True, help="Leave language models out on both sides.")
@click.option(
    "--replay", type=click.Path(path_type=Path, exists=True), help="Folder of recorded replies, in place of models."
)
@click.option("--record", type=click.Path(path_type=Path), help="Folder to record the models' replies in.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Conversations at once.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON, one conversation a line.")
def sandbox_command(
    files: tuple[Path, ...],
    candidate: Path,
    tenant: str | None,
    limit: int,
    out: Path | None,
    pages: Path | None,
    replay: Path | None,
    record: Path | None,
    workers: int,
    *,
    stored: bool,
    resume: bool,
    no_model: bool,
    as_json: bool,
) -> None:
    """Run recorded conversations through the configuration in force and beside it a candidate, and show what would change.

    FILES hold transcripts (JSON, a JSON list or JSON lines), with labels or without; where there are labels, both are scored. Nothing
    is stored and what runs is not touched.

    \b
    Example of a candidate:
      name: shorter return window
      domains: trial/domains       # folders that stand over those of the same name
      articles: {retail: trial/articles}
      prompts: trial/catalogue.toml
      model: openai/gpt-4o-mini    # null: the rules alone
      settings: {model_window: 8000}
    """  # noqa: D301 -- click reads \b as "keep these lines"
    if stored == bool(files):
        message = "give FILES or --stored, one of them"
        raise click.UsageError(message)
    if resume and out is None:
        message = "--resume needs --out: the log to go on with"
        raise click.UsageError(message)
    if no_model + (replay is not None) + (record is not None) > 1:
        message = "--no-model, --replay and --record exclude each other; give one"
        raise click.UsageError(message)
    from evals.cases import Dataset  # noqa: PLC0415 -- after help has answered
    from evals.sandbox import Plan, page, sandbox  # noqa: PLC0415 -- likewise
    from evals.sandbox.arms import Models, arms  # noqa: PLC0415 -- likewise

    path = out or Path("var") / "evals" / f"sandbox-{datetime.now(UTC):%Y%m%d-%H%M%S}.jsonl"
    with told():
        if not resume and path.exists():
            message = f"{path} is there already; go on with it by --resume, or give another --out"
            raise click.UsageError(message)
        both = arms(candidate, Models(no_model, replay, record))
        cases = _stored(tenant, limit) if stored else _read(files)
        name = f"stored, {tenant or 'local'}" if stored else ", ".join(file.stem for file in files)
        plan = Plan(Dataset(name=name, cases=cases), both.live, both.candidate, models=not no_model, workers=workers)
        with _bar(len(cases)) as tick:
            log = sandbox(plan, path, tick=tick, resume=resume)
        report = pages or path.with_suffix(".html")
        report.write_text(page(log), encoding="utf-8")
    if as_json:
        for pair in log.pairs():
            click.echo(pair.model_dump_json(include={"case_id", "differences"}))
        return
    _show(log)
    click.echo(f"Log: {path}\nReport: {report}\nTo promote it: assist evals promote {path} --by NAME --note TEXT")


@contextmanager
def _bar(whole: int) -> Iterator[Callable[[str], None]]:
    from rich.console import Console  # noqa: PLC0415 -- after help has answered
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("loading models", total=whole)

        def tick(name: str) -> None:
            progress.update(bar, advance=1, description=name[:40])

        yield tick


def _read(files: tuple[Path, ...]) -> "tuple[LabelledCase, ...]":
    from evals.conversations import conversations  # noqa: PLC0415 -- after help has answered
    from evals.errors import DataMissing  # noqa: PLC0415 -- likewise

    found: dict[str, LabelledCase] = {}
    for file in files:
        for case in conversations(file):
            if case.case_id in found:
                message = (
                    f"{file}: {case.case_id!r} stands in an earlier file, too; give each conversation an id of its own"
                )
                raise DataMissing(message)
            found[case.case_id] = case
    return tuple(found.values())


def _stored(tenant: str | None, limit: int) -> "tuple[LabelledCase, ...]":
    from assist.wiring import stored_transcripts  # noqa: PLC0415 -- after help has answered
    from evals.cases import LabelledCase  # noqa: PLC0415 -- likewise
    from evals.errors import DataMissing  # noqa: PLC0415 -- likewise

    found = stored_transcripts(tenant=tenant, limit=limit)
    if not found:
        message = f"tenant {tenant or 'of the local key'!r} has no stored handoffs; give another --tenant, or files"
        raise DataMissing(message)
    return tuple(
        LabelledCase(
            case_id=each.conversation_id or "",
            domain=each.domain,
            channel=each.channel,
            language=each.language,
            turns=each.turns,
        )
        for each in found
    )


def _show(log: "SandboxLog") -> None:
    from evals.report import change_table  # noqa: PLC0415 -- after help has answered
    from evals.sandbox import answered_by_model, difference_table, example_table  # noqa: PLC0415 -- likewise
    from evals.sandbox.page import compared  # noqa: PLC0415 -- likewise

    paper = console()
    paper.print(f"Changed parts: {', '.join(log.header.changed)}", markup=False, highlight=False)
    if log.header.models and log.header.candidate.parts["model"] != "none":
        share = f"{answered_by_model(log)} of {log.header.dataset.cases} packets of the candidate"
        paper.print(f"Language models had a part in {share}.", markup=False, highlight=False)
    paper.print(difference_table(log))
    paper.print(example_table(log.pairs()))
    scores = compared(log)
    if scores is not None and any(change.verdict != "same" for change in scores.changes):
        paper.print(change_table(scores))
    broken = sum(bool(pair.candidate.failure) for pair in log.pairs())
    if broken:
        paper.print(f"The candidate broke on {broken} conversations.", style="bold red")
    for sentence, count in log.closing.candidate.failures.items():
        paper.print(f"{count} times: {sentence}", style="bold red", markup=False)


@click.command(
    name="promote", epilog="Example: assist evals promote sandbox.jsonl --by anna --note 'shorter window, as agreed'"
)
@click.argument("log", type=_FILE)
@click.option("--by", required=True, help="Who promotes.")
@click.option("--note", required=True, help="Why.")
@click.option("--gate", is_flag=True, help="Refuse for any failed gate, not only for errors that must not happen.")
@click.option("--thresholds", "limits", type=_FILE, help="Thresholds as YAML; those that ship if absent.")
@click.option("--candidate", type=_FILE, help="Where the candidate's file stands now, if it was moved.")
def promote_command(log: Path, by: str, note: str, limits: Path | None, candidate: Path | None, *, gate: bool) -> None:
    """Put the candidate of a sandbox run into force at the next start of the service, and record who did it and why.

    Refused, with exit code 1: an error that must not happen, a log that was broken off, a candidate or a live configuration that is
    not the one of the run, an environment variable that would win.
    """
    from evals.promoting import promote  # noqa: PLC0415 -- after help has answered

    with told():
        entry = promote(log, by=by, note=note, gate=gate, limits=limits, candidate=candidate)
    click.echo(f"Promotion {entry.number}: {entry.name} ({entry.after[:_SHORT]}) in place of {entry.before[:_SHORT]}.")
    click.echo("Restart the service to run it; `assist evals rollback` goes back.")


@click.command(name="rollback", epilog="Example: assist evals rollback --by anna --note 'more transfers than before'")
@click.option("--by", required=True, help="Who goes back.")
@click.option("--note", required=True, help="Why.")
def rollback_command(by: str, note: str) -> None:
    """Put what was in force before the newest promotion back into force at the next start, and record it."""
    from evals.promoting import roll_back  # noqa: PLC0415 -- after help has answered

    with told():
        entry = roll_back(by=by, note=note)
    click.echo(
        f"Promotion {entry.number}: back to {entry.name} ({entry.after[:_SHORT]}). Restart the service to run it."
    )


@click.command(name="promotions", epilog="Example: assist evals promotions --json")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one promotion a line.")
def promotions_command(*, as_json: bool) -> None:
    """List who put which configuration into force, when (UTC) and on which report; a record that was changed is refused."""
    from evals.promoting import record_file  # noqa: PLC0415 -- after help has answered
    from evals.promotion import promotions  # noqa: PLC0415 -- likewise

    with told():
        found = promotions(record_file())
    if as_json:
        for entry in found:
            click.echo(entry.model_dump_json())
        return
    if not found:
        click.echo("Nothing was promoted yet: the settings alone count.")
        return
    console().print(_table(found))


def _table(found: "tuple[Promotion, ...]") -> object:
    from rich.table import Table  # noqa: PLC0415 -- after help has answered
    from rich.text import Text  # noqa: PLC0415 -- likewise

    table = Table(title="Promotions", title_justify="left")
    for name in ("", "at (UTC)", "by", "what", "from", "to", "report", "note"):
        table.add_column(name, overflow="fold")
    for each in reversed(found):
        report = f"{Path(each.log).name} {(each.log_sha256 or '')[:_SHORT]}" if each.log else "-"
        cells = (
            str(each.number),
            f"{each.at:%Y-%m-%d %H:%M}",
            each.by,
            f"{each.action}: {each.name}",
            each.before[:_SHORT],
            each.after[:_SHORT],
            report,
            each.note,
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table
