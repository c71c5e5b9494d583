"""Language models as judges: asked under redaction, in both orders, and not scored where they fail."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from assist.domain.findings import Section, Summary, SummaryLine
from assist.domain.transcript import Consent
from evals.judges import CRITERIA, ModelChecker, score_preference
from evals.judges.asking import FOLDER
from evals.metrics import Share
from evals.scorers import Said
from prompts import locked, released
from tests.unit.evals.answers import a_case, an_answer
from tests.unit.evals.judges import RuleJudge

STATED = [Said("The parcel is lost.", (1,)), Said("The parcel arrived.", (1,)), Said("It rained.", (1,))]
SUMMARY = Summary(text="ours is this", lines=(SummaryLine(section=Section.TRIED, text="ours is this", turns=(0,)),))
LABELLED = a_case(reference_summary="written by hand")


def verdicts(user: str) -> dict[str, Any]:
    """Support what is lost, reject what arrived, and be unsure of the rest; the last word on a number counts."""
    lines = re.findall(r"^(\d+)\. (.*)$", user, re.MULTILINE)
    words = {"lost": "supported", "arrived": "not_supported"}
    said = [next((word for sign, word in words.items() if sign in text), "cannot_tell") for _, text in lines]
    return {"verdicts": [{"number": int(n), "verdict": word} for (n, _), word in zip(lines, said, strict=True)]}


def scored(judge: RuleJudge) -> dict[str, tuple[Any, ...] | str]:
    """Return records by measure, or why there are none."""
    found = score_preference(LABELLED, an_answer(summary=SUMMARY), judge)
    return {score.measure: score.unscored or score.records for score in found}


def test_a_case_is_one_question_and_unsure_is_no_verdict() -> None:
    """All statements go together; where the judge cannot tell, nothing is scored."""
    judge = RuleJudge(verdicts)
    assert ModelChecker(judge).verdicts(an_answer(), STATED) == [True, False, None]
    assert len(judge.asked) == 1


def test_a_judge_that_is_down_says_nothing() -> None:
    """No verdict is neither right nor wrong."""
    assert ModelChecker(RuleJudge(lambda _: None)).verdicts(an_answer(), STATED) == [None, None, None]


def test_a_judge_that_forgets_a_statement_leaves_it_open() -> None:
    """Only what it named has a verdict; numbers that were never asked are ignored."""
    rule = RuleJudge(
        lambda _: {"verdicts": [{"number": 2, "verdict": "supported"}, {"number": 9, "verdict": "supported"}]}
    )
    assert ModelChecker(rule).verdicts(an_answer(), STATED) == [None, True, None]


def test_personal_data_is_hidden_from_the_judge() -> None:
    """The address of the conversation stands neither in the transcript shown nor in a statement."""
    judge = RuleJudge(verdicts)
    ModelChecker(judge).verdicts(an_answer(), [Said("Write to ada@example.com.", (0,))])
    assert "ada@example.com" not in judge.asked[0].user
    assert judge.asked[0].user.count("[EMAIL_1]") == 2


def test_a_customer_who_did_not_agree_is_not_shown() -> None:
    """Without consent no judge is asked."""
    judge = RuleJudge(verdicts)
    answer = an_answer()
    head = answer.transcript.transcript.model_copy(update={"consent": Consent(model=False)})
    hidden = answer.having(transcript=answer.transcript.model_copy(update={"transcript": head}))
    assert ModelChecker(judge).verdicts(hidden, STATED) == [None, None, None]
    assert judge.asked == []


def chosen(**choices: str) -> dict[str, str]:
    """Return a preference, `equal` where nothing is said."""
    return dict.fromkeys(CRITERIA, "equal") | choices


def prefers_ours(user: str) -> Mapping[str, str]:
    """Prefer what begins with "ours", wherever it stands."""
    first = user.index("ours is this") < user.index("written by hand")
    return chosen(complete="first" if first else "second")


def test_a_preference_that_survives_the_swap_counts() -> None:
    """By hand: ours wins one criterion, three are ties: (1 + 3 / 2) of 4, all four agreed."""
    found = scored(RuleJudge(prefers_ours))
    assert found["judge_preference"] == (Share(part=2.5, whole=4),)
    assert found["judge_agreement"] == (Share(part=4, whole=4),)


def test_a_judge_that_favours_the_first_place_is_found_out() -> None:
    """Whatever stands first wins: no agreement, no preference, and the bias has a number."""
    found = scored(RuleJudge(lambda _: chosen(**dict.fromkeys(CRITERIA, "first"))))
    assert found["judge_agreement"] == (Share(part=0, whole=4),)
    assert found["judge_first_place"] == (Share(part=4, whole=4),)
    assert "contradicts itself" in str(found["judge_preference"])


def test_no_model_is_not_scored() -> None:
    """A judge that is down leaves no number."""
    found = scored(RuleJudge(lambda _: None))
    assert all("did not answer" in str(why) for why in found.values())


@pytest.mark.parametrize("name", ["statements/1", "preference/1"])
def test_a_judges_prompt_is_released_and_does_not_change(name: str) -> None:
    """What judged an older log must be what judges now, or have a number of its own."""
    assert released(FOLDER)[name] == locked(FOLDER)[name]
