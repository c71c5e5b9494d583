"""What the customer has proved to the bot. When in doubt the lower status: a false `verified` is the worst error."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from assist.analysis.case import Case
from assist.analysis.identity.checks import Check, IdentityRecord, identity_record
from assist.analysis.identity.details import Detail
from assist.analysis.identity.questions import Exchange
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.tools.results import tool_results
from assist.domain.business import Proof
from assist.domain.findings import (
    AttemptOutcome,
    Verification,
    VerificationAttempt,
    VerificationStatus,
)
from assist.domain.transcript import Role

_LOCATORS: Final = frozenset({Detail.USERNAME, Detail.EMAIL, Detail.PHONE, Detail.ACCOUNT, Detail.ORDER})
_FULL_NAME: Final = re.compile(
    r"^\W*(?:(?:my (?:full )?name is|i am|i'm|it'?s|this is)\s+)?[^\W\d_]{2,}[ -][^\W\d_]{2,}", re.IGNORECASE
)
_UNANSWERED_CREDENTIALS: Final = 2
"""So many different credentials asked for and not given are a failed check, even where nobody says so."""


class VerificationStage:
    """Fills `verification` by the state machine of `identity_checks`."""

    name = "verification"

    def by_rules(self, case: Case) -> Verification:
        """Return the status with its proof and every attempt."""
        return verification_of(case, identity_record(case))


def verification_of(case: Case, record: IdentityRecord) -> Verification:
    """Return what a record of questions and checks amounts to."""
    attempts = tuple(
        VerificationAttempt(method=check.method, outcome=check.outcome, turns=check.turns)
        for check in _attempts(record.checks)
    )
    status, turns = _status(case, record)
    return Verification(status=status, turns=turns, attempts=attempts)


def _attempts(checks: Sequence[Check]) -> Iterator[Check]:
    """The checks that tried to learn who the customer is: once somebody is found, looking up their order is no such try."""
    found = False
    for check in checks:
        if check.proves is Proof.IDENTITY or not found:
            yield check
        found |= check.outcome is AttemptOutcome.SUCCEEDED


def _status(case: Case, record: IdentityRecord) -> tuple[VerificationStatus, tuple[int, ...]]:
    identity = [check for check in record.checks if check.proves is Proof.IDENTITY]
    account = [check for check in record.checks if check.proves is Proof.ACCOUNT]
    found = [check for check in account if check.outcome is AttemptOutcome.SUCCEEDED]
    if identity and identity[-1].outcome is not AttemptOutcome.PENDING:
        if identity[-1].outcome is AttemptOutcome.SUCCEEDED:
            return VerificationStatus.VERIFIED, _turns(identity[-1:])
        return VerificationStatus.FAILED, _turns(identity)
    if found:
        return VerificationStatus.IDENTIFIED, _turns(found[:2])
    # A mistyped order number is no failed check of who they are.
    if any(set(check.details) != {Detail.ORDER} for check in account):
        return VerificationStatus.FAILED, _turns(account)
    return _without_checks(case, record)


def _without_checks(case: Case, record: IdentityRecord) -> tuple[VerificationStatus, tuple[int, ...]]:
    """What questions and answers alone show: no back end and no word of the bot tells how a check ended."""
    withheld: set[Detail] = set()
    given: set[Detail] = set()
    for exchange in record.exchanges:
        withheld = (withheld | (exchange.credentials & exchange.withheld)) - exchange.given
        given |= exchange.given
    asked = tuple(sorted({turn for exchange in record.exchanges for turn in exchange.turns}))
    if len(withheld) >= _UNANSWERED_CREDENTIALS:
        return VerificationStatus.FAILED, asked
    if found := _found_by_word(case):
        return VerificationStatus.IDENTIFIED, tuple(sorted({*found, *_answers(record.exchanges)}))
    if given and typed_by_a_person(case) and _located(case, record.exchanges):
        return VerificationStatus.IDENTIFIED, _answers(record.exchanges)
    return VerificationStatus.NOT_ATTEMPTED, asked


def _answers(exchanges: Sequence[Exchange]) -> tuple[int, ...]:
    return tuple(sorted({turn for exchange in exchanges if exchange.given for turn in exchange.answers}))


def _found_by_word(case: Case) -> tuple[int, ...]:
    """The turns in which the bot says that it found them; where its calls are shown, one has to stand behind the word."""
    found = phrase_book("identity_signs")["found"]
    results = tool_results(case)
    told: list[int] = []
    said = -1
    for index, turn in enumerate(case.turns):
        if turn.role is Role.CUSTOMER:
            said = index
        elif turn.role in {Role.BOT, Role.AGENT} and found.search(turn.text):
            before = [result for result in results if said < result.turn < index]
            if not results or (before and not before[-1].failed):
                told += [result.turn for result in before] + [index]
    return tuple(told)


def _located(case: Case, exchanges: Sequence[Exchange]) -> bool:
    """Whether what was given is enough to open an account: an id, an order, or a full name."""
    if any(exchange.given & _LOCATORS for exchange in exchanges):
        return True
    return any(
        _FULL_NAME.search(case.turns[index].text)
        for exchange in exchanges
        if Detail.NAME in exchange.given
        for index in exchange.answers
    )


def typed_by_a_person(case: Case) -> bool:
    """Whether the helping side writes like a person at a keyboard, who opens the account out of sight of the transcript.

    Such a chat has no tool turns, sends several messages in a row, or does not begin its messages with a capital.
    """
    if any(turn.role is Role.TOOL for turn in case.turns):
        return False
    if any(turn.role is Role.AGENT for turn in case.turns):
        return True
    spoken = [turn for turn in case.turns if turn.role in {Role.CUSTOMER, Role.BOT}]
    in_a_row = any(first.role is second.role is Role.BOT for first, second in pairwise(spoken))
    helper = [turn.text.strip() for turn in spoken if turn.role is Role.BOT and turn.text.strip()]
    uncapitalised = sum(text[0].islower() for text in helper) * 2 > len(helper)
    return in_a_row or uncapitalised


def _turns(checks: Sequence[Check]) -> tuple[int, ...]:
    return tuple(sorted({turn for check in checks for turn in check.turns}))
