"""Whether a statement about a conversation is supported by the turns it cites. Pure code, without a model."""

from assist.grounding.gate import LIMIT, Gate, Verdict
from assist.grounding.instructions import speaks_to_a_machine

__all__ = ["LIMIT", "Gate", "Verdict", "speaks_to_a_machine"]
