"""Finds the articles that answer a question or a conversation."""

from knowledge.search.habits import Habits, Use
from knowledge.search.hybrid import HybridSearch

__all__ = ["Habits", "HybridSearch", "Use"]
