"""How well the grounding gate tells true statements from false ones.

    python scripts/measure_gate.py --data FOLDER

`FOLDER/gold/handoffs.*.jsonl` holds labelled conversations with true statements (nuggets) and false ones (traps). Without
it, the examples and conversations that ship are measured. A gate that was taught by what it is measured on flatters itself:
`scripts/teach_gate.py --dry-run` prints how it does on conversations that it has not seen.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assist.catalogue import read_domains, shipped_folder
from assist.cli.progress import progress_bar
from assist.domain.transcript import Transcript
from assist.grounding.claim import Claim
from assist.grounding.evidence import Evidence
from assist.grounding.examples import shipped_examples
from assist.grounding.gate import FINAL, LIMIT
from assist.grounding.judge import Judge
from assist.grounding.signs import NAMES, measured
from assist.redaction import redact
from assist.wiring.analysis import build_embedders, build_pipeline

ROOT = Path(__file__).parents[1]
SHIPPED = sorted((ROOT / "evals" / "datasets").glob("*.jsonl"))
Floats = NDArray[np.float64]
_REJECTED_TRUE = (0.01, 0.02, 0.03, 0.05, 0.07, 0.10, 0.15, 0.20)


@dataclass(frozen=True)
class Statements:
    """The signs of labelled statements, one row each, and whether each is false."""

    rows: Floats
    false: Floats
    conversations: tuple[str, ...]

    @property
    def final(self) -> NDArray[np.bool_]:
        """Whether a sign that nothing outweighs stands against it."""
        held: NDArray[np.bool_] = (self.rows[:, [NAMES.index(name) for name in FINAL]] >= 1).any(axis=1)
        return held


def together(*told: Statements) -> Statements:
    """Return all in one."""
    return Statements(
        np.concatenate([one.rows for one in told]),
        np.concatenate([one.false for one in told]),
        tuple(name for one in told for name in one.conversations),
    )


def gold(folder: Path) -> list[Path]:
    """Return the files of labelled conversations in a folder; ends the program where there are none."""
    files = sorted((folder / "gold").glob("handoffs.*.jsonl"))
    if not files:
        sys.exit(f"no gold/handoffs.*.jsonl in {folder}")
    return files


def from_examples() -> Statements:
    """Return the shipped examples."""
    told = shipped_examples()
    rows = np.stack([measured(Claim(e.text, e.turns, e.evidence)) for e in told])
    return Statements(rows, np.array([float(not e.supported) for e in told]), tuple(e.conversation for e in told))


def from_cases(files: Sequence[Path]) -> Statements:
    """Return nuggets and traps of the English conversations, with verification and steps as the service itself finds them."""
    domains = {name: folder.domain for name, folder in read_domains(shipped_folder()).items()}
    pipeline = build_pipeline(domains, embedders=build_embedders("packaged:all-MiniLM-L6-v2", cache=None))
    cases = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    rows, false, names = [], [], []
    with progress_bar() as bar:
        for case in bar.track(cases, description="reading conversations"):
            found = pipeline.read(redact(Transcript(turns=case["turns"]))).case
            if not found.language.startswith("en"):
                continue
            evidence = Evidence(found.turns, verification=found.verification, steps=found.steps_tried)
            labels = case["labels"]
            told = [
                *((one, 0.0) for one in labels.get("nuggets", ())),
                *((one, 1.0) for one in labels.get("traps", ())),
            ]
            for statement, is_false in told:
                cited = tuple(sorted({turn for turn in statement["turns"] if 0 <= turn < len(found.turns)}))
                rows.append(measured(Claim(statement["text"], cited, evidence)))
                false.append(is_false)
                names.append(str(case["case_id"]))
    return Statements(np.stack(rows), np.array(false), tuple(names))


def doubts(judge: Judge, told: Statements) -> Floats:
    """Return the gate's doubt of each statement."""
    return np.where(told.final, 1.0, np.array([judge.doubt(row) for row in told.rows]))


def report(title: str, doubt: Floats, false: Floats) -> None:
    """Print the curve as a table, and the point at which the gate works."""
    true = false == 0
    more, same = doubt[~true][:, None] > doubt[true][None, :], doubt[~true][:, None] == doubt[true][None, :]
    area = float(more.mean() + 0.5 * same.mean())
    print(
        f"\n{title}: {int(true.sum())} true, {int((~true).sum())} false statements, area under the curve {area:.3f}\n"
    )
    print("| refused over a doubt of | true refused | false refused | precision of a refusal |")
    print("|---|---|---|---|")
    for share in _REJECTED_TRUE:
        _row(doubt, true, float(np.quantile(doubt[true], 1 - share, method="higher")), "")
    _row(doubt, true, 1 - LIMIT, " (the gate's)")


def _row(doubt: Floats, true: NDArray[np.bool_], limit: float, note: str) -> None:
    bad, good = doubt[~true] > limit, doubt[true] > limit
    precision = bad.sum() / max(1, bad.sum() + good.sum())
    print(f"| {limit:.3f}{note} | {good.mean():.1%} | {bad.mean():.1%} | {precision:.1%} |")


def main() -> None:
    """Measure, print, and name the heaviest signs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with gold/handoffs.*.jsonl")
    folder = parser.parse_args().data
    judge = Judge.shipped()
    if folder:
        told = from_cases(gold(folder))
        report("labelled conversations of others", doubts(judge, told), told.false)
    else:
        print("no labelled conversations of others: give --data FOLDER with gold/handoffs.*.jsonl")
        for title, told in (
            ("shipped examples", from_examples()),
            ("shipped conversations", from_cases(SHIPPED)),
        ):
            report(title, doubts(judge, told), told.false)
    weights = sorted(zip(judge.weights, NAMES, strict=True), reverse=True)
    print("\nweights: " + ", ".join(f"{name} {weight:.1f}" for weight, name in weights if weight > 0))


if __name__ == "__main__":
    main()
