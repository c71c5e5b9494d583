"""The page for QA, and the part of the API behind it."""

from evals.site.extension import extend

__all__ = ["extend"]
