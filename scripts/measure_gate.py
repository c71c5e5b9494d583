"""How well the grounding gate tells true statements from false ones.

    python scripts/measure_gate.py --data FOLDER

`FOLDER/gold/handoffs.*.jsonl` holds labelled conversations with true statements (nuggets) and false ones (traps). Without
it, only the examples that ship are measured, by cross-validation over conversations.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assist.catalogue import read_domains, shipped_folder
from assist.domain.transcript import Transcript
from assist.grounding.claim import Claim
from assist.grounding.examples import shipped_examples
from assist.grounding.gate import LIMIT, Gate
from assist.grounding.judge import fitted, taught
from assist.grounding.signs import NAMES, measured
from assist.redaction import redact
from assist.wiring.analysis import build_embedders, build_pipeline

Floats = NDArray[np.float64]
_FOLDS = 8
_REJECTED_TRUE = (0.01, 0.02, 0.05, 0.10, 0.15, 0.20)


def cross_validated() -> tuple[Floats, Floats]:
    """Return doubt and falsehood of the shipped examples, each judged without its own conversation."""
    examples = shipped_examples()
    rows = np.stack([measured(Claim(e.text, e.turns, e.evidence)) for e in examples])
    false = np.array([float(not e.supported) for e in examples])
    names = sorted({e.conversation for e in examples})
    fold = np.array([names.index(e.conversation) % _FOLDS for e in examples])
    doubt = np.zeros(len(examples))
    for number in range(_FOLDS):
        judge = fitted(rows[fold != number], false[fold != number])
        doubt[fold == number] = [judge.doubt(row) for row in rows[fold == number]]
    return doubt, false


def labelled(files: list[Path]) -> tuple[Floats, Floats]:
    """Return doubt and falsehood of nuggets and traps, with verification and steps as the service itself finds them."""
    domains = {name: folder.domain for name, folder in read_domains(shipped_folder()).items()}
    pipeline = build_pipeline(domains, embedders=build_embedders("packaged:all-MiniLM-L6-v2", cache=None))
    gate, doubt, false = Gate.taught(), [], []
    for line in (line for file in files for line in file.read_text("utf-8").splitlines() if line.strip()):
        case = json.loads(line)
        found = pipeline.read(redact(Transcript(turns=case["turns"]))).case
        for key in ("nuggets", "traps"):
            for statement in case["labels"][key]:
                doubt.append(1 - gate.judge(found, statement["text"], statement["turns"]).score)
                false.append(float(key == "traps"))
    return np.array(doubt), np.array(false)


def report(title: str, doubt: Floats, false: Floats) -> None:
    """Print the curve, and the point at which the gate works."""
    true = false == 0
    area = float(
        (doubt[~true][:, None] > doubt[true][None, :]).mean()
        + 0.5 * (doubt[~true][:, None] == doubt[true][None, :]).mean()
    )
    print(f"\n{title}: {int(true.sum())} true, {int((~true).sum())} false statements, area under the curve {area:.3f}")
    print("  true rejected   false rejected   precision of a rejection   refused over a doubt of")
    for share in _REJECTED_TRUE:
        limit = float(np.quantile(doubt[true], 1 - share))
        _row(doubt, true, limit)
    print("  at the limit of the gate:")
    _row(doubt, true, 1 - LIMIT)


def _row(doubt: Floats, true: NDArray[np.bool_], limit: float) -> None:
    bad, good = doubt[~true] > limit, doubt[true] > limit
    precision = bad.sum() / max(1, bad.sum() + good.sum())
    print(f"  {good.mean():13.1%}   {bad.mean():14.1%}   {precision:24.1%}   {limit:10.3f}")


def main() -> None:
    """Measure, print, and name the heaviest signs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with gold/handoffs.*.jsonl")
    folder = parser.parse_args().data
    report("shipped examples, cross-validated", *cross_validated())
    files = sorted((folder / "gold").glob("handoffs.*.jsonl")) if folder else []
    if files:
        report("labelled conversations", *labelled(files))
    else:
        print("\nno labelled conversations: give --data FOLDER with gold/handoffs.*.jsonl")
    weights = sorted(zip(taught(shipped_examples()).weights, NAMES, strict=True), reverse=True)
    print("\nweights: " + ", ".join(f"{name} {weight:.1f}" for weight, name in weights if weight > 0))


if __name__ == "__main__":
    main()
