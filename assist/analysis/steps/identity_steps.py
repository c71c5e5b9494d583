"""Steps about who the customer is: checks that ran, and details that were asked for and given, or not."""

from collections.abc import Sequence

from assist.analysis.case import Case
from assist.analysis.identity.checks import Check, IdentityRecord
from assist.analysis.identity.details import SECRETS, Detail
from assist.analysis.identity.questions import Exchange
from assist.analysis.identity.tool_calls import only_checks, sends_code
from assist.analysis.steps.customer_replies import bot_after
from assist.analysis.steps.wording import listed, sentence
from assist.analysis.tools.results import ResultKind, ToolResult, tool_results
from assist.domain.business import Proof
from assist.domain.findings import AttemptOutcome, Step, StepBy, StepOutcome, VerificationStatus
from assist.domain.transcript import Role

_OUTCOMES = {
    AttemptOutcome.SUCCEEDED: StepOutcome.SUCCEEDED,
    AttemptOutcome.FAILED: StepOutcome.FAILED,
    AttemptOutcome.PENDING: StepOutcome.PENDING,
}


def check_steps(case: Case, record: IdentityRecord) -> list[Step]:
    """Return a step for every check of identity, and for every account found by word of mouth.

    A word of the bot that only repeats what a call before it has shown makes no step of its own.
    """
    results = tool_results(case)
    told = [check for check in record.checks if check.tool is not None or not _after_call(case, check, results)]
    return [_checked(case, check, results) for check in told if check.proves is Proof.IDENTITY or check.tool is None]


def told_by_checks(case: Case, record: IdentityRecord, results: Sequence[ToolResult]) -> frozenset[int]:
    """Return the tool turns that only check identity, so that the check's step tells all of them.

    A call that was given a secret and did something besides, such as a balance look-up, is told on its own as well.
    """
    by_turn = {result.turn: result for result in results}
    checks = [check for check in record.checks if check.tool is not None and check.proves is Proof.IDENTITY]
    told = {
        check.tool
        for check in checks
        if check.tool is not None
        and (
            by_turn[check.tool].kind is ResultKind.UNPROVEN
            or not SECRETS & set(check.details)
            or only_checks(case, by_turn[check.tool])
        )
    }
    later = [max(check.turns) for check in record.checks if check.proves is Proof.IDENTITY]
    sent = {result.turn for result in results if sends_code(result) and any(result.turn < turn for turn in later)}
    return frozenset(told | sent)


def _after_call(case: Case, check: Check, results: Sequence[ToolResult]) -> bool:
    """Whether a call stands between the customer's answer and the bot's word on it."""
    said = max((turn for turn in check.turns if case.turns[turn].role is Role.CUSTOMER), default=-1)
    return any(said < result.turn < check.turns[-1] and not sends_code(result) for result in results)


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


def _checked(case: Case, check: Check, results: Sequence[ToolResult]) -> Step:
    ran = next((result for result in results if result.turn == check.tool), None)
    by_code = ran is not None and bool({"code", "otp", "passcode"} & set(ran.topic)) and check.proves is Proof.IDENTITY
    details = frozenset({Detail.CODE}) if by_code else frozenset(check.details)
    by = f" by {_named(details)}" if details else ""
    if check.proves is Proof.ACCOUNT:
        action = (
            f"found the account{by}" if check.outcome is AttemptOutcome.SUCCEEDED else f"tried to find the account{by}"
        )
    else:
        action = f"authenticated{by}" if check.outcome is AttemptOutcome.SUCCEEDED else f"tried to authenticate{by}"
    return Step(
        action=sentence(action, limit=12),
        by=StepBy.BOT,
        outcome=_OUTCOMES[check.outcome],
        turns=tuple(sorted({*check.turns, *_around(case, check, results)})),
    )


def _around(case: Case, check: Check, results: Sequence[ToolResult]) -> set[int]:
    """The bot's word on a check that ran in a call, and the sending of the code that it checks."""
    found: set[int] = set()
    if check.tool is not None and (answer := bot_after(case, check.tool)) is not None:
        found.add(answer)
    if sent := [
        r.turn for r in results if sends_code(r) and r.turn < max(check.turns) and check.proves is Proof.IDENTITY
    ]:
        found.add(sent[-1])
    return found


def _step(action: str, outcome: StepOutcome, told: Sequence[Exchange]) -> Step:
    turns = tuple(sorted({turn for exchange in told for turn in exchange.turns}))
    return Step(action=sentence(action, limit=16), by=StepBy.BOT, outcome=outcome, turns=turns)


def _named(details: frozenset[Detail]) -> str:
    return listed([detail.value for detail in Detail if detail in details]) or "details"
