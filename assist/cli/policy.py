"""Escalation rules, tried before anybody lives by them."""

import json
import sys
from pathlib import Path

import click


@click.group(epilog="Example: assist policy test conversations.jsonl --rules candidate.yaml")
def policy() -> None:
    """Try escalation rules on conversations."""


@policy.command(name="test", epilog="Example: assist policy test conversations.jsonl --rules candidate.yaml --turns")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--rules", type=click.Path(path_type=Path), help="Candidate rules: a YAML file with `escalation:`.")
@click.option("--domain", default=None, help="Line of business; found from each conversation if absent.")
@click.option("--tenant", default="default", help="Whose version of the rules holds now.")
@click.option("--turns", "by_turn", is_flag=True, help="Show every turn at which a rule fires or warns.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a conversation.")
def test_command(
    files: tuple[Path, ...], rules: Path | None, domain: str | None, tenant: str, *, by_turn: bool, as_json: bool
) -> None:
    """Replay the conversations in FILES turn by turn and show what the candidate rules would change.

    Nothing is stored and the running policy is not touched. FILES hold transcripts as JSON, a JSON list or JSON lines. Without
    --rules the rules that hold now are explained.
    """
    from assist.cli.policy_tables import as_document, show  # noqa: PLC0415 -- brings the analysis with it
    from assist.cli.progress import progress_bar  # noqa: PLC0415 -- likewise
    from assist.cli.transcripts import read_transcripts  # noqa: PLC0415 -- likewise
    from assist.policy import compared, replay  # noqa: PLC0415 -- likewise
    from assist.wiring import build_analysis, read_rules  # noqa: PLC0415 -- likewise

    candidate = read_rules(rules) if rules else None
    transcripts = [named for file in files for named in read_transcripts(file)]
    analysis = build_analysis(extra={})
    verdicts = []
    with progress_bar() as bar:
        for name, transcript in bar.track(transcripts, description="replaying"):
            placed = transcript.model_copy(update={"domain": domain}) if domain else transcript
            before, after = replay(analysis, placed, (None, candidate), tenant=tenant)
            verdicts.append(compared(name, before, after))
    if as_json:
        for verdict in verdicts:
            json.dump(as_document(verdict), sys.stdout)
            click.echo()
    else:
        show(verdicts, by_turn=by_turn, with_candidate=candidate is not None)


@policy.command(name="explain", epilog="Example: assist policy explain assist/domains/*/samples/*.json > moments.md")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--tenant", default="default", help="Whose version of the rules holds.")
def explain_command(files: tuple[Path, ...], tenant: str) -> None:
    """Print, as Markdown, the moment at which each rule first fired in the conversations in FILES, and what was suggested then.

    Suggestions come from playbooks alone: articles and precedents are the running service's.
    """
    from assist.cli.policy_tables import as_markdown  # noqa: PLC0415 -- brings the analysis with it
    from assist.cli.progress import progress_bar  # noqa: PLC0415 -- likewise
    from assist.cli.transcripts import read_transcripts  # noqa: PLC0415 -- likewise
    from assist.policy import explained  # noqa: PLC0415 -- likewise
    from assist.wiring import build_analysis  # noqa: PLC0415 -- likewise

    transcripts = [named for file in files for named in read_transcripts(file)]
    analysis = build_analysis(extra={})
    with progress_bar() as bar:
        for name, transcript in bar.track(transcripts, description="explaining"):
            click.echo(as_markdown(name, explained(analysis, transcript, tenant=tenant)))
