"""Teaches the grounding gate: from labelled statements to the weights in assist/grounding/weights.json.

    python scripts/teach_gate.py

It learns from the examples that ship and from the English conversations of evals/datasets, with verification and steps as the service
finds them, and prints how well it tells statements of conversations that it has not seen (cross-validation).
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from measure_gate import Floats, Statements, from_cases, from_examples, report

from assist.grounding.judge import WEIGHTS, fitted
from assist.grounding.signs import NAMES

ROOT = Path(__file__).parents[1]
_FOLDS = 10


def cross_validated(told: Statements) -> Floats:
    """Return the doubt of each statement, judged without its own conversation."""
    fold = np.array([int(hashlib.sha256(name.encode()).hexdigest(), 16) % _FOLDS for name in told.conversations])
    doubt = np.zeros(len(fold))
    for number in range(_FOLDS):
        judge = fitted(told.rows[fold != number], told.false[fold != number])
        doubt[fold == number] = [judge.doubt(row) for row in told.rows[fold == number]]
    return np.where(told.final, 1.0, doubt)


def main() -> None:
    """Learn, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--cases", type=Path, default=ROOT / "evals" / "datasets", help="folder of labelled conversations"
    )
    folder = parser.parse_args().cases
    examples, cases = from_examples(), from_cases(sorted(folder.glob("*.jsonl")))
    told = examples.with_more(cases)
    doubt = cross_validated(told)
    at = len(examples.false)
    report("shipped examples, cross-validated", doubt[:at], told.false[:at])
    report("labelled conversations, cross-validated", doubt[at:], told.false[at:])
    judge = fitted(told.rows, told.false)
    weights = {name: round(float(weight), 4) for name, weight in zip(NAMES, judge.weights, strict=True)}
    made = {"bias": round(judge.bias, 4), "statements": len(told.false), "weights": weights}
    (ROOT / "assist" / "grounding" / WEIGHTS).write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
