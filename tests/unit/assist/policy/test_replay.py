"""Conversations read again under other rules."""

from collections.abc import Collection, Sequence

import pytest

from assist.analysis.case import Case
from assist.analysis.escalation import EscalationStage, Judgement
from assist.cli.policy_tables import as_markdown
from assist.domain.business import EscalationRule
from assist.domain.transcript import Role, Transcript, Turn
from assist.policy import Change, compared, explained, replay
from tests.builders import bot, customer
from tests.unit.assist.analysis.cases import a_case, read_through, scenes

REFUSED = (customer("I want a refund."), bot("Sorry, the fare is non-refundable."), customer("Give me a human!"))
DEMAND = {"when": "asks_for_human", "reason": "customer_request"}
REFUSAL = {"when": "policy_refusal", "reason": "policy_limit"}


class ByWords:
    """Reads conversations by their words alone; counts how often."""

    def __init__(self) -> None:
        self.read = 0
        self._stage = EscalationStage(scenes())

    def analyse(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Case:
        """Return the case of a transcript."""
        del domain, only
        self.read += 1
        return read_through(a_case(*transcript.turns))

    def judge(self, case: Case, rules: Sequence[EscalationRule] | None = None) -> Judgement:
        """Return what the rules say."""
        return self._stage.judge(case, rules)


def a_rule(name: str, **more: object) -> EscalationRule:
    """Return a rule."""
    return EscalationRule.model_validate({"name": name, **more})


def under(rules: list[EscalationRule], *turns: Turn) -> list[tuple[int, str]]:
    """Return the turns at which rules fire, with their names."""
    (course,) = replay(ByWords(), Transcript(turns=turns), [rules])
    return [(moment.turn, trigger.rule) for moment in course.moments for trigger in moment.triggers]


def test_each_turn_is_judged_by_what_was_said_up_to_then() -> None:
    """The refusal fires from its turn on, the demand from its own."""
    rules = [a_rule("refused", **REFUSAL), a_rule("demand", **DEMAND)]
    assert under(rules, *REFUSED) == [(1, "refused"), (2, "refused"), (2, "demand")]


def test_a_cool_down_holds_within_a_replay() -> None:
    """Fired at turn 1, quiet for two turns, it fires again at turn 4."""
    rules = [a_rule("refused", cool_down=2, **REFUSAL)]
    assert [turn for turn, _ in under(rules, *REFUSED, customer("Hello?"), customer("Hello??"))] == [1, 4]


def test_an_agents_turn_is_a_hand_back() -> None:
    """What the agent has dealt with does not fire again."""
    agent = Turn(role=Role.AGENT, text="I refunded it.")
    assert [t for t, _ in under([a_rule("demand", **DEMAND)], *REFUSED, agent, customer("Thanks. Bye."))] == [2]


def test_both_sets_of_rules_share_one_reading() -> None:
    """A prefix is read once, however many rules judge it."""
    reads = ByWords()
    replay(reads, Transcript(turns=REFUSED, domain="plain"), [None, [a_rule("demand", **DEMAND)]])
    assert reads.read == len(REFUSED)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        pytest.param([REFUSAL], [REFUSAL], Change.SAME, id="the same rules"),
        pytest.param([REFUSAL], [DEMAND], Change.LATER, id="later"),
        pytest.param([DEMAND], [REFUSAL], Change.EARLIER, id="earlier"),
        pytest.param([], [DEMAND], Change.NEW, id="newly"),
        pytest.param([DEMAND], [], Change.GONE, id="no longer"),
        pytest.param([DEMAND], [{**DEMAND, "name": "other"}], Change.OTHER_RULES, id="for another rule"),
    ],
)
def test_the_verdict_says_how_the_moment_moves(
    before: list[dict[str, object]], after: list[dict[str, object]], change: Change
) -> None:
    """Earlier, later, newly, no longer, or for other rules."""
    sets = [
        [EscalationRule.model_validate({"name": rule["when"], **rule}) for rule in rules] for rules in (before, after)
    ]
    verdict = compared("c", *replay(ByWords(), Transcript(turns=REFUSED), sets))
    assert verdict.change is change
    assert bool(verdict.turns) is (change is not Change.SAME)


def test_each_rule_is_told_once_with_the_first_suggestion_of_its_moment() -> None:
    """The refusal begins at its turn, the demand at its own; where nothing is suggested, nothing is said."""
    beginnings = explained(ByWords(), Transcript(turns=REFUSED, domain="plain"))
    assert [(each.turn, each.trigger.rule) for each in beginnings] == [(1, "policy_refusal"), (2, "asks_for_human")]
    assert {each.suggestion for each in beginnings} == {None}
    shown = as_markdown("c", beginnings)
    assert "| 2 | `asks_for_human` |" in shown
    assert as_markdown("c", []) == "### c\n\nNo rule fired.\n"
