"""Fit the weights by which the course of a conversation tells the customer's mood at its end.

    python scripts/fit_mood.py FILE.jsonl ... [--gold FOLDER]

Each file holds labelled conversations, one a line; `FOLDER` is a data folder with `gold/` and the sets it was taken from.
The conversations of `assist/analysis/examples/mood_talks.yaml` are always among them.
What cross-validation makes of them is printed, and the weights, fitted to all of them, are written to
`assist/analysis/examples/mood_ending.yaml`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold

from assist.analysis.feelings.course import features
from assist.analysis.feelings.ending import BIAS
from assist.analysis.feelings.sentiment import SentimentStage, residue
from assist.domain.transcript import Role
from evals.cases import LabelledCase, labelled
from evals.production import production
from evals.tasks.suites import suite

_FILE = Path(__file__).parent.parent / "assist" / "analysis" / "examples" / "mood_ending.yaml"
_STRENGTH = {"label": 2.0, "frustrated": 2.0, "trend": 1.0}
_FOLDS = 8
_SPEAKERS = {"c": "customer", "b": "bot"}

Rows = NDArray[np.float64]


def cases(files: list[Path], gold: Path | None) -> Iterator[LabelledCase]:
    """Yield the labelled conversations in which the customer says more than one thing."""
    given = [*_talks(), *(case for file in files for case in labelled(file))]
    if gold:
        given += [case for task in suite("gold", gold) for case in task.dataset.cases]
    for case in given:
        spoken = [turn for turn in case.turns if turn.role is Role.CUSTOMER and turn.text.strip()]
        mood = case.labels.sentiment
        if len(spoken) > 1 and mood and mood.label and mood.trend and mood.frustrated is not None:
            yield case


def _talks() -> Iterator[LabelledCase]:
    told = yaml.safe_load((_FILE.parent / "mood_talks.yaml").read_text(encoding="utf-8"))
    for number, talk in enumerate(told):
        turns = [{"role": _SPEAKERS[line[0]], "text": line[3:]} for line in talk.pop("talk")]
        labels = {"sentiment": talk}
        yield LabelledCase.model_validate({"case_id": f"talk-{number}", "turns": turns, "labels": labels})


def rows(found: list[LabelledCase]) -> tuple[list[str], Rows]:
    """Return the names of the features, and one row of them a conversation."""
    analysis = production({})
    stage = SentimentStage.taught(analysis.embedder)
    shown = []
    for case in found:
        read = analysis.analyse(case.transcript, only={"sentiment"})
        spoken = [i for i, turn in enumerate(read.turns) if turn.role is Role.CUSTOMER and turn.text.strip()]
        felt = stage.felt(read, spoken)
        shown.append(features(read, felt, spoken, residue(felt)))
    return list(shown[0]), np.array([list(row.values()) for row in shown])


def regression(name: str) -> LogisticRegression:
    """Return the model of one label; the classes weigh alike, however common they are."""
    return LogisticRegression(C=_STRENGTH[name], class_weight="balanced", max_iter=5000)


def cross_validated(name: str, shown: Rows, truth: NDArray[np.str_]) -> str:
    """Return how well each conversation is judged without itself."""
    guess = np.empty_like(truth)
    for learn, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(shown, truth):
        guess[test] = regression(name).fit(shown[learn], truth[learn]).predict(shown[test])
    macro = f1_score(truth, guess, average="macro")
    return f"{name}: macro-F1 {macro:.2f}, accuracy {accuracy_score(truth, guess):.2f} over {len(truth)} conversations"


def weights(name: str, features_: list[str], shown: Rows, truth: NDArray[np.str_]) -> dict[str, dict[str, float]]:
    """Return the weights by class; of two classes the first is the yardstick, at nought."""
    model = regression(name).fit(shown, truth)
    coefficients, biases = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients, biases = np.vstack([0 * coefficients, coefficients]), np.concatenate([0 * biases, biases])
    return {
        str(label): {BIAS: round(float(bias), 3)}
        | {feature: round(float(value), 3) for feature, value in zip(features_, row, strict=True)}
        for label, row, bias in zip(model.classes_, coefficients, biases, strict=True)
    }


def main() -> None:
    """Fit, say how good it is, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--gold", type=Path)
    given = parser.parse_args()
    found = list(cases(given.files, given.gold))
    if not found:
        parser.error("no labelled conversation with a mood in it; name files of labelled conversations")
    names, shown = rows(found)
    moods = [case.labels.sentiment for case in found]
    truths = {
        "label": np.array([mood.label for mood in moods if mood]),
        "frustrated": np.array([str(mood.frustrated).lower() for mood in moods if mood]),
        "trend": np.array([mood.trend for mood in moods if mood]),
    }
    for name, truth in truths.items():
        print(cross_validated(name, shown, truth))
    fitted = {name: weights(name, names, shown, truth) for name, truth in truths.items()}
    head = "# The weights of the mood at the end, by class and feature: fitted by scripts/fit_mood.py, not written by hand.\n"
    _FILE.write_text(head + yaml.safe_dump(fitted, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
