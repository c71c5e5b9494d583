"""Datasets joined with production code and scorers: what a run measures."""

from evals.tasks.handoffs import handoffs, packet_scorers
from evals.tasks.suites import SHIPPED, SUITES, shipped, suite
from evals.tasks.task import Aim, Measure, Task

__all__ = ["SHIPPED", "SUITES", "Aim", "Measure", "Task", "handoffs", "packet_scorers", "shipped", "suite"]
