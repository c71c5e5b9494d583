"""The conditions that escalation rules name with `when`, one function each, in one table."""

from assist.analysis.triggers.conditions import CONDITIONS, Condition, Reading
from assist.analysis.triggers.defaults import DEFAULT_RULES
from assist.analysis.triggers.scene import Scene, Scenes

__all__ = ["CONDITIONS", "DEFAULT_RULES", "Condition", "Reading", "Scene", "Scenes"]
