"""What the human could do next, and the one place that says whether it may be done."""

from assist.actions.faults import playbook_faults
from assist.actions.policies import Permission, permission
from assist.actions.situation import Situation
from assist.actions.suggest import ActionsStage

__all__ = ["ActionsStage", "Permission", "Situation", "permission", "playbook_faults"]
