"""Commands of the evaluations that stand in files of their own."""

from evals.commands.labels import agreement_command, import_command, label_command, merge_command

COMMANDS = (label_command, agreement_command, merge_command, import_command)
"""What `assist evals` offers beside its own commands."""

__all__ = ["COMMANDS"]
