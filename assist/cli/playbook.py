"""Playbooks, begun by the machine and finished by a person."""

from pathlib import Path

import click


@click.group(epilog="Example: assist playbook draft articles/refunds.md --intent refund")
def playbook() -> None:
    """Begin playbooks from articles."""


@playbook.command(
    name="draft", epilog="Example: assist playbook draft articles/refunds.md --intent refund > draft.yaml"
)
@click.argument("article", type=click.Path(path_type=Path))
@click.option("--intent", required=True, help="The label of the intent that the playbook is for.")
def draft_command(article: Path, intent: str) -> None:
    """Print a playbook drafted from the procedural sentences of ARTICLE, a Markdown file, as YAML for `domain.yaml`.

    Each step names the line it comes from. Read it before you use it: order, preconditions and `done_by` are yours to say.
    """
    import yaml  # noqa: PLC0415 -- help must be quick
    from pydantic import ValidationError  # noqa: PLC0415 -- likewise

    from assist.actions.drafting import drafted  # noqa: PLC0415 -- likewise
    from assist.errors import InvalidInput  # noqa: PLC0415 -- likewise
    from assist.wiring import read_article  # noqa: PLC0415 -- likewise

    read = read_article(article)
    try:
        draft = drafted(intent=intent, article_id=read.article_id, title=read.title, body=read.body)
    except ValidationError as exc:
        message = f"{intent!r} cannot be an intent's label: {exc.errors()[0]['msg']}; use small letters, digits and _"
        raise InvalidInput(message) from exc
    if draft is None:
        message = (
            f"{article} has no sentence that tells an agent what to do, such as “Check the order first.”; write one"
        )
        raise InvalidInput(message)
    content = draft.playbook.model_dump(mode="json", exclude_defaults=True)
    click.echo("playbooks:")
    click.echo(yaml.safe_dump([content], sort_keys=False, allow_unicode=True, width=120), nl=False)
