"""Escalation rules tried on conversations before anybody lives by them."""

from assist.policy.beginnings import Beginning, explained
from assist.policy.replay import Course, Moment, Reads, replay
from assist.policy.verdict import Change, Verdict, compared

__all__ = ["Beginning", "Change", "Course", "Moment", "Reads", "Verdict", "compared", "explained", "replay"]
