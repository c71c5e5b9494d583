"""Steps about who the customer is: checks that ran, and details that were asked for and given, or not."""

from collections.abc import Sequence

from assist.analysis.identity.checks import Check, IdentityRecord
from assist.analysis.identity.details import SECRETS, Detail
from assist.analysis.identity.questions import Exchange
from assist.analysis.steps.wording import listed, sentence
from assist.analysis.tools.results import ResultKind, ToolResult
from assist.domain.business import Proof
from assist.domain.findings import AttemptOutcome, Step, StepBy, StepOutcome, VerificationStatus

_OUTCOMES = {
    AttemptOutcome.SUCCEEDED: StepOutcome.SUCCEEDED,
    AttemptOutcome.FAILED: StepOutcome.FAILED,
    AttemptOutcome.PENDING: StepOutcome.PENDING,
}


def check_steps(record: IdentityRecord) -> list[Step]:
    """Return a step for every check of identity, and for every account found by word of mouth."""
    return [_checked(check) for check in record.checks if check.proves is Proof.IDENTITY or check.tool is None]


def told_by_checks(record: IdentityRecord, results: Sequence[ToolResult]) -> frozenset[int]:
    """Return the tool turns that only check identity, so that the check's step tells all of them.

    A call that was given a secret and did something besides, such as a balance look-up, is told on its own as well.
    """
    kinds = {result.turn: result.kind for result in results}
    return frozenset(
        check.tool
        for check in record.checks
        if check.tool is not None
        and check.proves is Proof.IDENTITY
        and (kinds[check.tool] is ResultKind.UNPROVEN or not SECRETS & set(check.details))
    )


def collected_steps(record: IdentityRecord, *, status: VerificationStatus, by_person: bool) -> list[Step]:
    """Return what was collected without a check: one step for what was given, one for each try that brought nothing."""
    told = {turn for check in record.checks for turn in check.turns}
    loose = [e for e in record.exchanges if e.answers and not set(e.answers) & told]
    if not by_person:
        loose = [e for e in loose if e.credentials]
    verified = status is VerificationStatus.VERIFIED
    in_vain = [] if verified else [e for e in loose if (e.credentials & e.withheld) or not e.given]
    given = [e for e in loose if e.given and e not in in_vain]
    steps = [_not_given(group) for group in _asked_again(in_vain)]
    if frozenset().union(*(e.given for e in given)) - {Detail.NAME}:  # a name alone is good manners
        outcome = StepOutcome.SUCCEEDED if by_person else StepOutcome.PENDING
        details = frozenset().union(*(e.given & e.asked or e.given for e in given))
        steps.append(_step(f"collected {_named(details)}", outcome, given))
    return steps


def _asked_again(in_vain: Sequence[Exchange]) -> list[list[Exchange]]:
    """Questions for the same detail, one after the other, told as one."""
    groups: list[list[Exchange]] = []
    for exchange in in_vain:
        if groups and groups[-1][-1].asked == exchange.asked:
            groups[-1].append(exchange)
        else:
            groups.append([exchange])
    return groups


def _not_given(group: Sequence[Exchange]) -> Step:
    missing = group[-1].withheld & group[-1].asked or group[-1].asked
    return _step(f"asked for {_named(missing)}, not given", StepOutcome.FAILED, group)


def _checked(check: Check) -> Step:
    by = f" by {_named(frozenset(check.details))}" if check.details else ""
    if check.proves is Proof.ACCOUNT:
        action = (
            f"found the account{by}" if check.outcome is AttemptOutcome.SUCCEEDED else f"tried to find the account{by}"
        )
    else:
        action = f"authenticated{by}" if check.outcome is AttemptOutcome.SUCCEEDED else f"tried to authenticate{by}"
    return Step(action=sentence(action, limit=12), by=StepBy.BOT, outcome=_OUTCOMES[check.outcome], turns=check.turns)


def _step(action: str, outcome: StepOutcome, told: Sequence[Exchange]) -> Step:
    turns = tuple(sorted({turn for exchange in told for turn in exchange.turns}))
    return Step(action=sentence(action, limit=16), by=StepBy.BOT, outcome=outcome, turns=turns)


def _named(details: frozenset[Detail]) -> str:
    return listed([detail.value for detail in Detail if detail in details]) or "details"
