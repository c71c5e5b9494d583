"""Language models that judge: never trusted by themselves, each measured in the run that uses it."""

from evals.judges.checker import ModelChecker
from evals.judges.preference import CRITERIA, score_preference

__all__ = ["CRITERIA", "ModelChecker", "score_preference"]
