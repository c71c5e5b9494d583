"""The yardstick measured: how often each checker is right, and what follows for the scores that it makes."""

from collections.abc import Sequence

import pytest

from assist.analysis.case import Case
from assist.domain.findings import Summary
from evals.cases import LabelledCase
from evals.gathered import Gathered
from evals.log import CaseEntry, Row
from evals.reliability import corrected, yardstick
from evals.scorers import NuggetJudge, Said, passed_measure
from evals.scorers.checkers import ExactChecker, NameChecker, NumberChecker
from evals.scorers.yardstick import score_checkers
from tests.unit.evals.answers import a_case, an_answer
from tests.unit.evals.scorers.test_summary import PairedWords, a_line

SUMMARY = Summary(text="x", lines=(a_line("mine is true", 0), a_line("mine is also true", 0)))


class Opinion:
    """A checker that accepts what holds a word."""

    def __init__(self, word: str) -> None:
        self.name = f"opinion on {word}"
        self._word = word
        self.seen: list[str] = []

    def verdicts(self, case: Case, statements: Sequence[Said]) -> list[bool | None]:
        """Accept what holds the word."""
        self.seen = [said.text for said in statements]
        return [self._word in said.text for said in statements]


def a_labelled(case_id: str) -> LabelledCase:
    """Return a case with three true and two false statements, one of which says so of itself wrongly."""
    nuggets = [{"text": f"{n} is true", "importance": "vital", "turns": [0]} for n in ("one", "two")]
    nuggets.append({"text": "three holds", "turns": [0]})
    traps = [{"text": "four is false", "turns": [0]}, {"text": "five is true, it claims", "turns": [0]}]
    return a_case(case_id=case_id, nuggets=nuggets, traps=traps, reference_summary="one and two")


def gathered(checker: Opinion, *languages: str) -> Gathered:
    """Return the records of a case a language."""
    found = Gathered()
    for number, language in enumerate(languages):
        case = a_labelled(str(number))
        scores = score_checkers(case, an_answer(summary=SUMMARY), [checker], NuggetJudge(PairedWords()))
        entry = CaseEntry(
            task="t", case_id=case.case_id, group=case.case_id, slices={"language": language}, scores=tuple(scores)
        )
        found.add(entry)
    return found


def test_a_checker_is_measured_on_true_and_false_statements() -> None:
    """By hand: it accepts 2 of 3 true statements and 1 of 2 false ones: (2/3 + 1/2) / 2 = 7/12."""
    entry, *_ = yardstick(["t"], gathered(Opinion("true"), *["en"] * 4))
    assert (entry.checker, entry.true, entry.false) == ("opinion on true", 12, 8)
    assert entry.true_accepted == pytest.approx(2 / 3)
    assert entry.false_rejected == pytest.approx(1 / 2)
    assert entry.balanced == pytest.approx(7 / 12)
    assert entry.standing == "used"


def test_a_checker_at_chance_or_worse_is_not_used() -> None:
    """By hand: it accepts none of three true and one of two false statements: (0 + 1/2) / 2 is below a half."""
    entry, *_ = yardstick(["t"], gathered(Opinion("claims"), *["en"] * 4))
    assert entry.balanced == pytest.approx((0 + 1 / 2) / 2)
    assert entry.standing == "not used"


def test_slices_are_measured_where_there_are_enough_statements() -> None:
    """Two languages, one of them with too few false statements to say anything."""
    entries = list(yardstick(["t"], gathered(Opinion("true"), "en", "en", "en", "de")))
    assert [entry.part for entry in entries if entry.checker == "opinion on true"] == [None, "language: en"]


def test_the_packets_own_statements_are_judged_among_the_labelled_ones() -> None:
    """The checker sees seven statements in an order that tells nothing of where they come from."""
    checker = Opinion("true")
    gathered(checker, "en")
    assert len(checker.seen) == 7
    assert sorted(checker.seen) != checker.seen


def a_row(value: float, part: str | None = None) -> Row:
    """Return a line that the checker made."""
    return Row(
        task="t",
        data="d",
        field="summary",
        name="accepted",
        form="share",
        score=passed_measure("opinion on true"),
        part=part,
        value=value,
        n=4,
    )


def test_the_checkers_error_is_taken_out_of_its_score() -> None:
    """By hand: accepted .6, sensitivity 2/3, specificity 1/2: (.6 + .5 - 1) / (2/3 + 1/2 - 1) = .6."""
    checkers = list(yardstick(["t"], gathered(Opinion("true"), *["en"] * 4)))
    (row,) = corrected([a_row(0.6)], checkers)
    assert row.corrected == pytest.approx(0.6)
    assert row.value == 0.6


def test_a_score_of_a_checker_that_is_not_used_has_no_value() -> None:
    """The line says why, and meets no aim."""
    checkers = [
        each.model_copy(update={"standing": "not used", "balanced": 0.4, "part": "language: en"})
        for each in yardstick(["t"], gathered(Opinion("true"), *["en"] * 4))
    ]
    (row,) = corrected([a_row(0.6, "language: en")], checkers)
    assert row.value is None
    assert "no better than chance" in str(row.why)


@pytest.mark.parametrize(
    ("checker", "text", "verdict"),
    [
        pytest.param(ExactChecker(), "They paid $1,286 for W77.", True, id="values in the turn"),
        pytest.param(ExactChecker(), "They paid $1,268 for W77.", False, id="a swapped amount"),
        pytest.param(ExactChecker(), "The parcel is lost.", None, id="no value to check"),
        pytest.param(NumberChecker(), "They paid $9,999.", False, id="a number never said"),
        pytest.param(NumberChecker(), "The parcel is lost.", None, id="no number"),
        pytest.param(NameChecker(), "They spoke to Quimby.", False, id="a name never heard"),
        pytest.param(NameChecker(), "They spoke to Ada.", True, id="a name that was heard"),
        pytest.param(NameChecker(), "The parcel is lost.", None, id="no name"),
    ],
)
def test_a_checker_judges_what_it_can_and_says_where_it_cannot(
    checker: ExactChecker | NumberChecker | NameChecker, text: str, *, verdict: bool | None
) -> None:
    """No value is no verdict, which is neither right nor wrong."""
    assert checker.verdicts(an_answer(), [Said(text, (0,))]) == [verdict]
