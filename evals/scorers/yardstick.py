"""How often each automatic checker is right, on labelled true statements (nuggets) and false ones (traps).

Also the matcher of nuggets: the reference summary, written by the one who labelled, should state every vital nugget and no trap.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Pair, Share
from evals.scorers.checkers import Checker, Said
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


def score_checkers(case: LabelledCase, answer: Case, checkers: Sequence[Checker], matcher: NuggetJudge) -> list[Score]:
    """Score every checker on the labelled statements of the case, and the summary's own statements by every checker.

    All go to a checker together and in an order that tells nothing, so that a judge does not know which is which.
    """
    labels = case.labels
    known = [("true", s) for s in labels.nuggets or ()] + [("false", s) for s in labels.traps or ()]
    mixed = [(truth, Said(s.text, s.turns)) for truth, s in known]
    mixed += [("", Said(line.text, line.turns)) for line in answer.summary.lines if line.turns]
    mixed.sort(key=lambda each: hashlib.sha256(each[1].text.encode()).digest())
    scores = []
    for checker in checkers:
        verdicts = checker.verdicts(answer, [said for _, said in mixed])
        told = [(truth, v) for (truth, _), v in zip(mixed, verdicts, strict=True) if v is not None]
        scores += [_measured(checker.name, [each for each in told if each[0]]), _passed(checker.name, told)]
    return [*scores, _matched(case, matcher)]


def _matched(case: LabelledCase, matcher: NuggetJudge) -> Score:
    labels = case.labels
    reference = labels.reference_summary or ""
    vital = [("true", s) for s in labels.nuggets or () if s.importance == "vital"]
    stated = [*vital, *(("false", s) for s in labels.traps or ())] if reference else []
    return _measured(MATCHER, [(truth, matcher.states(reference, s.text)) for truth, s in stated])


def _measured(checker: str, verdicts: Sequence[tuple[str, bool]]) -> Score:
    if not verdicts:
        return Score(measure=yardstick_measure(checker), unscored="no labelled statement that it can judge")
    pairs = tuple(Pair(truth=truth, guess="accepted" if said else "rejected") for truth, said in verdicts)
    return Score(measure=yardstick_measure(checker), records=pairs)


def _passed(checker: str, verdicts: Sequence[tuple[str, bool]]) -> Score:
    own = [said for truth, said in verdicts if not truth]
    if not own:
        return Score(measure=passed_measure(checker), unscored="no statement that it can judge")
    return Score(measure=passed_measure(checker), records=(Share(part=sum(own), whole=len(own)),))
