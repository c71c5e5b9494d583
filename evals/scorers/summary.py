"""Does the summary state what matters, is every statement proven, and is it short?"""

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.metrics import Amount, Share
from evals.scorers.nuggets import NuggetJudge
from evals.scorers.score import Mistake, Score, Scorer, unscored
from evals.scorers.support import unsupported

LONGEST = 90


def summary_scorer(judge: NuggetJudge) -> Scorer:
    """Return a scorer of nuggets stated (vital, all), unsupported statements and length in words."""

    def score(case: LabelledCase, answer: Case) -> list[Score]:
        summary = answer.summary
        words = len(summary.text.split())
        bad = [
            (line, why) for line in summary.lines if (why := unsupported(line, answer.turns, case.labels.verification))
        ]
        scores = [
            Score(
                measure="unsupported_statements",
                records=(Amount(value=len(bad)),),
                mistakes=tuple(
                    Mistake(
                        kind=f"summary: unsupported, {line.section.value}", detail=f"{line.text!r}: {why}", weight=20
                    )
                    for line, why in bad
                ),
            ),
            Score(
                measure="summary_words",
                records=(Amount(value=words),),
                mistakes=(Mistake(kind="summary: too long", detail=f"{words} words"),) if words > LONGEST else (),
            ),
        ]
        if case.labels.nuggets is None:
            return [*scores, *unscored("vital_nuggets", "all_nuggets")]
        return [*scores, *_nuggets(case, f"{summary.headline} {summary.text}", judge)]

    return score


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
