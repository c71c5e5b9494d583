"""A language model that prefers one of two summaries by a rubric: the packet's, or the one written by hand.

Judges favour a position (Zheng et al. 2023, "Judging LLM-as-a-Judge", section 4): each pair is shown twice, with places swapped, and
a preference counts only where both answers agree. How often they agree is a score of its own: low agreement means that the
preferences are noise.
"""

from collections.abc import Mapping
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from assist.analysis.case import Case
from evals.cases import LabelledCase
from evals.judges.asking import Ask, Judge, Unanswered, listed
from evals.metrics import Share
from evals.scorers import Score, unscored

CRITERIA: Final = ("complete", "faithful", "brief", "usable")
MEASURES: Final = ("judge_preference", "judge_agreement", "judge_first_place")
_SWAPPED: Final[Mapping[str, str]] = {"first": "second", "second": "first", "equal": "equal"}

Choice = Literal["first", "second", "equal"]


class Preference(BaseModel):
    """Which summary is better by each criterion."""

    model_config = ConfigDict(frozen=True)

    complete: Choice
    faithful: Choice
    brief: Choice
    usable: Choice
    reason: str = ""


def score_preference(case: LabelledCase, answer: Case, ask: Ask) -> list[Score]:
    """Score how often the packet's summary is preferred to the reference (a tie is half), and how often the judge agrees with itself."""
    reference = case.labels.reference_summary
    if not reference or not answer.summary.text:
        return unscored(*MEASURES, why="there are no two summaries to compare")
    judge = Judge(ask, "preference")
    try:
        ours_first = _asked(judge, answer, answer.summary.text, reference)
        ours_second = _asked(judge, answer, reference, answer.summary.text)
    except Unanswered as exc:
        return unscored(*MEASURES, why=f"the judge did not answer: {exc}")
    agreed = [ours_first[name] for name in CRITERIA if ours_first[name] == _SWAPPED[ours_second[name]]]
    same_place = sum(ours_first[name] == ours_second[name] != "equal" for name in CRITERIA)
    scores = [
        Score(measure="judge_agreement", records=(Share(part=len(agreed), whole=len(CRITERIA)),)),
        Score(measure="judge_first_place", records=(Share(part=same_place, whole=len(CRITERIA)),)),
    ]
    if not agreed:
        return [*scores, *unscored("judge_preference", why="the judge contradicts itself when places are swapped")]
    won = sum({"first": 1.0, "equal": 0.5}.get(choice, 0.0) for choice in agreed)
    return [*scores, Score(measure="judge_preference", records=(Share(part=won, whole=len(agreed)),))]


def _asked(judge: Judge, case: Case, first: str, second: str) -> dict[str, str]:
    answer = judge.asked(case, Preference, first=listed([first]), second=listed([second]))
    return {name: str(getattr(answer, name)) for name in CRITERIA}
