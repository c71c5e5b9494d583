"""A language model beside the rules: what it is asked, which of its answers are believed, and how both become one reading."""

from assist.briefing.briefing import Briefing, Terms
from assist.briefing.gate import ExactGate, Gate, Judgement, Verdict

__all__ = ["Briefing", "ExactGate", "Gate", "Judgement", "Terms", "Verdict"]
