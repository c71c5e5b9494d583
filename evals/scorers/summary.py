"""Does the summary state what matters, is every statement proven, and does it read well?"""

from collections.abc import Sequence

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Amount, Share
from evals.scorers.checkers import Checker
from evals.scorers.fidelity import score_fidelity
from evals.scorers.likeness import score_likeness
from evals.scorers.nuggets import NuggetJudge
from evals.scorers.readability import LONGEST, score_readability
from evals.scorers.rouge import score_rouge
from evals.scorers.score import Mistake, Score, Scorer, unscored
from evals.scorers.support import unsupported
from evals.scorers.words import WordVectors
from evals.scorers.yardstick import score_checkers

__all__ = ["LONGEST", "summary_scorer"]

_ON_A_LINE = 0.53  # of a nugget that one line must hold to be useful


def summary_scorer(judge: NuggetJudge, vectors: WordVectors | None = None, checkers: Sequence[Checker] = ()) -> Scorer:
    """Return a scorer of nuggets stated (vital, all), precision, unsupported statements, likeness, fidelity and length.

    `vectors` and `checkers` may be left out where likeness and the checkers are not wanted.
    """

    def score(case: LabelledCase, answer: Case) -> list[Score]:
        summary = answer.summary
        scores = [_support(case, answer), *score_readability(summary.text), *score_rouge(case, summary.text)]
        scores += score_fidelity(summary.text, answer.turns)
        scores += score_likeness(case, summary.text, vectors) if vectors else []
        scores += score_checkers(case, answer, checkers, judge) if checkers else []
        if case.labels.nuggets is None:
            return [*scores, *unscored("vital_nuggets", "all_nuggets", "nugget_precision")]
        return [*scores, *_nuggets(case, f"{summary.headline} {summary.text}", judge), _precision(case, answer, judge)]

    return score


def _support(case: LabelledCase, answer: Case) -> Score:
    bad = [
        (line, why)
        for line in answer.summary.lines
        if (why := unsupported(line, answer.turns, case.labels.verification))
    ]
    return Score(
        measure="unsupported_statements",
        records=(Amount(value=len(bad)),),
        mistakes=tuple(
            Mistake(kind=f"summary: unsupported, {line.section.value}", detail=f"{line.text!r}: {why}", weight=20)
            for line, why in bad
        ),
    )


def _nuggets(case: LabelledCase, text: str, judge: NuggetJudge) -> list[Score]:
    judged = [(nugget, judge.states(text, nugget.text)) for nugget in case.labels.nuggets or ()]
    vital = [(nugget, stated) for nugget, stated in judged if nugget.importance == "vital"]
    missed = tuple(
        Mistake(kind="summary: a vital fact is not stated", detail=nugget.text, weight=2.0)
        for nugget, stated in vital
        if not stated
    )
    if not vital:
        return unscored("vital_nuggets", "all_nuggets", why="no nugget is labelled vital")
    return [
        Score(
            measure="vital_nuggets",
            records=(Share(part=sum(stated for _, stated in vital), whole=len(vital)),),
            mistakes=missed,
        ),
        Score(
            measure="all_nuggets",
            records=(Share(part=sum(stated for _, stated in judged), whole=len(judged)),),
        ),
    ]


def _precision(case: LabelledCase, answer: Case, judge: NuggetJudge) -> Score:
    """The share of lines that carry a nugget: what stands there and helps nobody costs reading time."""
    lines, nuggets = answer.summary.lines, case.labels.nuggets or ()
    if not lines:
        return Score(measure="nugget_precision", unscored="the summary is empty")
    useful = sum(_carries(line.text, [nugget.text for nugget in nuggets], judge) for line in lines)
    return Score(measure="nugget_precision", records=(Share(part=useful, whole=len(lines)),))


def _carries(line: str, nuggets: Sequence[str], judge: NuggetJudge) -> bool:
    """Either way round: a line may say half of a long nugget, or a nugget stand in a long line."""
    return any(judge.support(line, n) >= _ON_A_LINE or judge.support(n, line) >= _ON_A_LINE for n in nuggets)
