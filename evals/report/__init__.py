"""What people read of a run: made from its log alone."""

from evals.report.table import confusion_tables, error_table, quality_table, written, yardstick_table

__all__ = ["confusion_tables", "error_table", "quality_table", "written", "yardstick_table"]
