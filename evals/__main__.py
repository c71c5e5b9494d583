"""`python -m evals`, the same as `assist evals`."""

from evals.cli import evals

if __name__ == "__main__":
    evals()
