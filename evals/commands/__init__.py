"""Commands of the evaluations that stand in files of their own."""

from evals.commands.labels import agreement_command, import_command, label_command, merge_command
from evals.commands.sandbox import promote_command, promotions_command, rollback_command, sandbox_command

COMMANDS = (
    label_command,
    agreement_command,
    merge_command,
    import_command,
    sandbox_command,
    promote_command,
    rollback_command,
    promotions_command,
)
"""What `assist evals` offers beside its own commands."""

__all__ = ["COMMANDS"]
