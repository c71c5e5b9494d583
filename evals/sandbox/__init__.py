"""Recorded conversations under the configuration in force and beside it under a candidate, before anybody lives by it."""

from evals.sandbox.differences import Difference, differences
from evals.sandbox.log import Configuration, Pair, SandboxHeader, SandboxLog, Side, read, read_header
from evals.sandbox.page import page
from evals.sandbox.running import Arm, Plan, sandbox
from evals.sandbox.table import answered_by_model, difference_table, example_table

__all__ = [
    "Arm",
    "Configuration",
    "Difference",
    "Pair",
    "Plan",
    "SandboxHeader",
    "SandboxLog",
    "Side",
    "answered_by_model",
    "difference_table",
    "differences",
    "example_table",
    "page",
    "read",
    "read_header",
    "sandbox",
]
