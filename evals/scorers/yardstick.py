"""How often each automatic checker is right, on labelled true statements (nuggets) and false ones (traps).

Also the matcher of nuggets: the reference summary, written by the one who labelled, should state every vital nugget and no trap.
"""

from collections.abc import Sequence
from typing import Final

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Pair, Share
from evals.scorers.checkers import Checker
from evals.scorers.nuggets import NuggetJudge
from evals.scorers.score import Score

MATCHER: Final = "nugget matcher"
_YARDSTICK, _PASSED = "yardstick: ", "accepted by: "


def yardstick_measure(checker: str) -> str:
    """Return the name under which a checker's verdicts on labelled statements are logged."""
    return _YARDSTICK + checker


def passed_measure(checker: str) -> str:
    """Return the name under which a checker's verdicts on the packet's own statements are logged."""
    return _PASSED + checker


def checker_of(measure: str) -> str | None:
    """Return the checker whose verdicts stand under this name; None for any other measure."""
    return measure.removeprefix(_YARDSTICK) if measure.startswith(_YARDSTICK) else None


def score_yardstick(case: LabelledCase, answer: Case, checkers: Sequence[Checker], matcher: NuggetJudge) -> list[Score]:
    """Score every checker on the labelled statements of the case."""
    labels = case.labels
    stated = [("true", nugget) for nugget in labels.nuggets or ()] + [("false", trap) for trap in labels.traps or ()]
    scores = []
    for checker in checkers:
        verdicts = [(truth, checker.accepts(answer, s.text, s.turns)) for truth, s in stated]
        scores.append(_score(checker.name, [(truth, said) for truth, said in verdicts if said is not None]))
    vital = [(truth, s) for truth, s in stated if truth == "false" or s.importance == "vital"]
    reference = labels.reference_summary
    judged = [(truth, matcher.states(reference, s.text)) for truth, s in vital] if reference else []
    return [*scores, _score(MATCHER, judged)]


def score_statements(answer: Case, checkers: Sequence[Checker]) -> list[Score]:
    """Score the summary's own statements by every checker."""
    return [_passed(checker, answer) for checker in checkers]


def _score(checker: str, verdicts: Sequence[tuple[str, bool]]) -> Score:
    if not verdicts:
        return Score(measure=yardstick_measure(checker), unscored="no labelled statement that it can judge")
    pairs = tuple(Pair(truth=truth, guess="accepted" if said else "rejected") for truth, said in verdicts)
    return Score(measure=yardstick_measure(checker), records=pairs)


def _passed(checker: Checker, answer: Case) -> Score:
    said = [checker.accepts(answer, line.text, line.turns) for line in answer.summary.lines if line.turns]
    judged = [each for each in said if each is not None]
    if not judged:
        return Score(measure=passed_measure(checker.name), unscored="no statement that it can judge")
    return Score(measure=passed_measure(checker.name), records=(Share(part=sum(judged), whole=len(judged)),))
