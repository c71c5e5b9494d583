"""What people read of a run: made from its log alone."""

from evals.report.comparing import change_table, flip_table, gate_table
from evals.report.exports import as_csv, as_json, as_junit
from evals.report.page import page
from evals.report.table import confusion_tables, error_table, quality_table, written, yardstick_table

__all__ = [
    "as_csv",
    "as_json",
    "as_junit",
    "change_table",
    "confusion_tables",
    "error_table",
    "flip_table",
    "gate_table",
    "page",
    "quality_table",
    "written",
    "yardstick_table",
]
