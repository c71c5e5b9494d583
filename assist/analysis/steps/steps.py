"""What has already been done or tried, in order, so that the human does not do it again."""

from assist.analysis.case import Case
from assist.analysis.identity.checks import identity_record
from assist.analysis.identity.verification import typed_by_a_person, verification_of
from assist.analysis.steps.bot_moves import BotMoves
from assist.analysis.steps.dialogue_steps import dialogue_steps
from assist.analysis.steps.identity_steps import check_steps, collected_steps, told_by_checks
from assist.analysis.steps.tool_steps import tool_steps
from assist.analysis.tools.results import tool_results
from assist.domain.findings import Step
from assist.domain.transcript import Role


class StepsStage:
    """Fills `steps_tried` from tool calls first, then from the checks of identity, then from the bot's words."""

    name = "steps_tried"

    def __init__(self, moves: BotMoves) -> None:
        self._moves = moves

    def by_rules(self, case: Case) -> tuple[Step, ...]:
        """Return the steps in the order of their first turn."""
        results = tool_results(case)
        moves = self._moves.of(case)
        record = identity_record(case)
        status = verification_of(case, record).status
        found = [
            *check_steps(case, record),
            *collected_steps(record, status=status, by_person=typed_by_a_person(case)),
            *tool_steps(case, moves, told_by_checks(case, record, results)),
            *dialogue_steps(case, moves, {result.turn: result for result in results}),
        ]
        return tuple(sorted(found, key=lambda step: _happened(case, step)))


def _happened(case: Case, step: Step) -> tuple[int, int]:
    """When a step took place: at its first turn that is not the customer's, since a wish is older than what it leads to."""
    acts = [turn for turn in step.turns if case.turns[turn].role is not Role.CUSTOMER]
    return min(acts or step.turns), max(step.turns)
