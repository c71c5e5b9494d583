"""Finds the articles that answer a question or a conversation."""

from knowledge.search.hybrid import HybridSearch

__all__ = ["HybridSearch"]
