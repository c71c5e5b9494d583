"""Teaches the grounding gate: from labelled statements to the weights in assist/grounding/weights.json.

    python scripts/teach_gate.py [--data FOLDER]

It learns from the examples that ship, from the English conversations of evals/datasets and, where given, from those of
`FOLDER/gold/handoffs.*.jsonl`, with verification and steps as the service finds them, and prints how well it tells statements of
conversations that it has not seen (cross-validation by conversation).
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from measure_gate import ROOT, SHIPPED, from_cases, from_examples, gold, report, together
from weighing import fitted, unseen

from assist.grounding.judge import WEIGHTS
from assist.grounding.signs import NAMES


def main() -> None:
    """Learn, report and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with gold/handoffs.*.jsonl, to learn from these too")
    parser.add_argument("--dry-run", action="store_true", help="report only; the weights stay as they are")
    options = parser.parse_args()
    sources = {"shipped examples": from_examples(), "shipped conversations": from_cases(SHIPPED)}
    if options.data:
        sources["labelled conversations of others"] = from_cases(gold(options.data))
    told = together(*sources.values())
    doubt = np.where(told.final, 1.0, unseen(told.rows, told.false, told.conversations))
    at = 0
    for title, source in sources.items():
        report(
            f"{title}, each judged by weights that have not seen it", doubt[at : at + len(source.false)], source.false
        )
        at += len(source.false)
    judge = fitted(told.rows, told.false)
    weights = {name: round(float(weight), 4) for name, weight in zip(NAMES, judge.weights, strict=True)}
    made = {"bias": round(judge.bias, 4), "statements": len(told.false), "weights": weights}
    if not options.dry_run:
        (ROOT / "assist" / "grounding" / WEIGHTS).write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
