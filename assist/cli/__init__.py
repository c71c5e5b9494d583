"""The command line. Commands are imported when they are called, so that `--help` answers at once."""

import sys
from importlib import import_module

import click

_COMMANDS = {
    # name -> (module:attribute, one line of help)
    "serve": ("assist.cli.serve:serve", "Start the service."),
    "packet": ("assist.cli.packet:packet", "Print the handoff packet of a transcript."),
    "doctor": ("assist.cli.doctor:doctor", "Check database, vector store, model, disk and configuration."),
    "knowledge": ("assist.cli.knowledge:knowledge", "Load, list and search knowledge articles."),
    "mcp": ("assist.cli.mcp:mcp", "Offer knowledge and packets to agent frameworks (Model Context Protocol)."),
    "keys": ("assist.cli.keys:keys", "Make, list and revoke API keys."),
    "model": ("assist.cli.model:model", "Try the language model, or serve a scripted one."),
    "playbook": ("assist.cli.playbook:playbook", "Begin playbooks from articles."),
    "policy": ("assist.cli.policy:policy", "Try escalation rules on conversations."),
    "redact": ("assist.cli.redact:redact", "Show what is personal in a text, and mask it."),
    "train": ("assist.cli.train:train", "Teach intents from your own labelled transcripts."),
    "evals": ("evals.cli:evals", "Measure packets against labelled transcripts."),
}


class _Commands(click.Group):
    """A group whose commands are found by name and imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: assist packet transcript.json",
)
def _assist() -> None:
    """Hand a conversation from a bot to a person without losing its context."""


def main() -> None:
    """Run the command line; an expected error is one sentence on standard error and exit code 1."""
    from assist.errors import AssistError  # noqa: PLC0415 -- after --help has answered

    try:
        _assist(prog_name="assist")
    except AssistError as exc:
        click.echo(f"assist: {exc}", err=True)
        sys.exit(1)
    except Exception as exc:
        if type(exc).__module__.split(".")[0] != "knowledge":
            raise
        click.echo(f"assist: {exc}", err=True)
        sys.exit(1)
