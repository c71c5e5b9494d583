"""The commands of the evaluation suite."""

import sys
from pathlib import Path

import click

from evals.commands import COMMANDS
from evals.terminal import console as _console
from evals.terminal import told as _told

_LOG = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group(name="evals", epilog="Example: assist evals run --data our-handoffs.jsonl")
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


@evals.command(name="report", epilog="Example: assist evals report var/evals/run.jsonl --out report.html")
@click.argument("log", type=_LOG)
@click.option("--out", type=click.Path(path_type=Path), help="Where the page goes; beside the log if absent.")
@click.option("--json", "form", flag_value="json", help="Print the results as JSON instead.")
@click.option("--csv", "form", flag_value="csv", help="Print one line a measure and slice.")
@click.option("--junit", "form", flag_value="junit", help="Print JUnit XML for a CI server.")
@click.option(
    "--cases",
    type=click.IntRange(1, 5000),
    default=150,
    show_default=True,
    help="Conversations shown whole, worst first.",
)
def report_command(log: Path, out: Path | None, form: str | None, cases: int) -> None:
    """Make one page of a LOG that needs no network, for people who are no programmers."""
    from evals.log import read  # noqa: PLC0415 -- after help has answered
    from evals.report import as_csv, as_json, as_junit, page  # noqa: PLC0415 -- likewise

    with _told():
        run = read(log)
        if form is not None:
            _print({"json": as_json, "csv": as_csv, "junit": as_junit}[form](run), out)
            return
        path = out or log.with_name(log.name.removesuffix(".gz").removesuffix(".jsonl") + ".html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(run, most=cases), encoding="utf-8")
        click.echo(f"Report: {path}")


@evals.command(name="compare", epilog="Example: assist evals compare before.jsonl after.jsonl")
@click.argument("before", type=_LOG)
@click.argument("after", type=_LOG)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def compare_command(before: Path, after: Path, *, as_json: bool) -> None:
    """Say what the run AFTER does better or worse than the run BEFORE, how surely, and on which conversations."""
    from evals.comparison import compare  # noqa: PLC0415 -- after help has answered
    from evals.log import read  # noqa: PLC0415 -- likewise
    from evals.report import change_table, flip_table  # noqa: PLC0415 -- likewise

    with _told():
        found = compare(read(before), read(after))
    if as_json:
        click.echo(found.model_dump_json(indent=1))
        return
    console = _console()
    for remark in found.remarks:
        console.print(remark, style="yellow", markup=False, highlight=False)
    verdicts = [change.verdict for change in found.changes]
    counts = ", ".join(f"{verdicts.count(name)} {name}" for name in ("better", "worse", "not sure", "same"))
    console.print(change_table(found))
    for tally in found.tallies:
        text = f"{tally.score}: {tally.gained} gained, {tally.lost} lost, p = {tally.p:.3f} (McNemar)"
        console.print(text, highlight=False)
    console.print(flip_table(found.flips))
    console.print(f"Measures: {counts}.", highlight=False)


@evals.command(name="gate", epilog="Example: assist evals gate var/evals/run.jsonl")
@click.argument("log", type=_LOG)
@click.option("--against", type=_LOG, help="The baseline's log; the one that ships if absent.")
@click.option("--thresholds", "limits", type=_LOG, help="Thresholds as YAML; those that ship if absent.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write the findings as JUnit XML, too.")
def gate_command(log: Path, against: Path | None, limits: Path | None, junit: Path | None) -> None:
    """Exit with 1 where the run in LOG may not go live: worse than the baseline, or with an error that must not happen."""
    from evals.baseline import FILE  # noqa: PLC0415 -- after help has answered
    from evals.gates import findings, shipped, thresholds  # noqa: PLC0415 -- likewise
    from evals.log import read  # noqa: PLC0415 -- likewise
    from evals.report import as_junit, gate_table  # noqa: PLC0415 -- likewise

    with _told():
        run = read(log)
        found = findings(run, read(against or shipped(FILE)), thresholds(limits or shipped("gates.yaml")))
    if junit is not None:
        _print(as_junit(run, found), junit)
    _console().print(gate_table(found))
    failed = [finding for finding in found if not finding.passed]
    click.echo(f"{len(failed)} of {len(found)} gates failed." if failed else f"All {len(found)} gates passed.")
    sys.exit(bool(failed))


@evals.command(
    name="baseline", epilog="Example: assist evals baseline var/evals/run.jsonl --out evals/baseline.jsonl.gz"
)
@click.argument("log", type=_LOG)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where the small log goes, .jsonl.gz.")
def baseline_command(log: Path, out: Path) -> None:
    """Write a LOG without its conversations, small enough to be committed, for `gate --against` and `compare`."""
    from evals.baseline import slim  # noqa: PLC0415 -- after help has answered
    from evals.log import read  # noqa: PLC0415 -- likewise

    with _told():
        slim(read(log), out)
    click.echo(f"Baseline: {out}, {out.stat().st_size / 1000:.0f} kB")


def _print(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    click.echo(f"Written: {out}")


for _command in COMMANDS:
    evals.add_command(_command)
