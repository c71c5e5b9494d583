"""The checks of who the customer is, as a small state machine over the dialogue.

A check begins with a question for details, runs in a tool call, and ends with what the call or the bot says.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assist.analysis.case import Case
from assist.analysis.identity.answers import accepted, folded_speech
from assist.analysis.identity.details import SECRETS, Detail, argument_details
from assist.analysis.identity.questions import Exchange, exchanges, sentences
from assist.analysis.identity.tool_calls import configured_method, proof_of
from assist.analysis.learning.remembered import once_per_case
from assist.analysis.speech.phrases import phrase_book
from assist.analysis.tools.results import ResultKind, ToolResult, tool_results
from assist.domain.business import Proof, VerificationMethod
from assist.domain.findings import AttemptOutcome
from assist.domain.transcript import Role

_ORDER = list(Detail)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it proves, how it ended, by which method and details, on which turns; `tool` is the call's turn."""

    proves: Proof
    outcome: AttemptOutcome
    method: str
    turns: tuple[int, ...]
    details: tuple[Detail, ...] = ()
    tool: int | None = None

    @property
    def failed(self) -> bool:
        """Whether it did not pass."""
        return self.outcome is AttemptOutcome.FAILED


@dataclass(frozen=True, slots=True)
class IdentityRecord:
    """Everything the dialogue shows of who the customer is: questions with answers, and checks, in order."""

    exchanges: tuple[Exchange, ...]
    checks: tuple[Check, ...]


@once_per_case
def identity_record(case: Case) -> IdentityRecord:
    """Return the questions and checks of a case; pure and quick."""
    machine = _Machine(case, exchanges(case))
    results = {result.turn: result for result in tool_results(case)}
    for index, turn in enumerate(case.turns):
        if turn.role is Role.TOOL:
            machine.called(results[index])
        elif turn.role in {Role.BOT, Role.AGENT}:
            machine.said(index, turn.text)
        elif turn.role is Role.CUSTOMER:
            machine.last_word = index
    return IdentityRecord(tuple(machine.exchanges), tuple(machine.checks))


class _Machine:
    """Goes through the turns once and notes the checks."""

    def __init__(self, case: Case, asked: Sequence[Exchange]) -> None:
        self.case = case
        self.exchanges = asked
        self.checks: list[Check] = []
        self.last_word: int | None = None
        self._used: set[int] = set()

    def called(self, result: ToolResult) -> None:
        """Note what a call checks."""
        answered = [e for e in self._answered(result.turn) if e.ask not in self._used]
        again = bool(self.checks) and self.checks[-1].failed and self.checks[-1].proves is Proof.IDENTITY
        last = answered[-1] if answered else None
        proves = None if result.kind is ResultKind.SILENT else proof_of(self.case, result, last, again=again)
        if proves is None:
            return
        passed = accepted(result) if proves is Proof.IDENTITY else not result.failed
        outcome = AttemptOutcome.SUCCEEDED if passed else AttemptOutcome.FAILED
        if result.pending and proves is Proof.IDENTITY:
            outcome = AttemptOutcome.PENDING
        self._used.update(exchange.ask for exchange in answered)
        details = _ordered(argument_details(result.arguments) or (last.given if last else frozenset()))
        method = configured_method(self.case.domain.verification, result.name)
        proof = {turn for exchange in answered for turn in exchange.answers} or self._spoken_values(result)
        self.checks.append(
            Check(
                proves=proves,
                outcome=outcome,
                method=method.name if method else _method_name(details, proves),
                turns=tuple(sorted({*proof, result.turn})),
                details=details,
                tool=result.turn,
            )
        )

    def said(self, index: int, text: str) -> None:
        """Note a check that ends with the bot's word, unless the word repeats what a call has shown."""
        heard = _verdict(self.case.domain.verification, text) or self._answered_in_short(index, text)
        last = self.checks[-1] if self.checks else None
        if heard is None:
            return
        # A bot that says "verified" right after a call that failed is not believed.
        if last and last.tool is not None and last.failed and not heard.failed:
            return
        check = self._check(heard, index)
        if last and last.tool is not None and last.outcome is check.outcome and not self._asked_since(last.tool, index):
            if check.proves is Proof.IDENTITY or last.proves is Proof.ACCOUNT:
                self.checks[-1] = replace(last, proves=check.proves, turns=tuple(sorted({*last.turns, index})))
            return
        found_before = any(check.tool is not None and not check.failed for check in self.checks)
        if heard.proves is Proof.IDENTITY or heard.failed or not found_before:
            self.checks.append(check)

    def _answered_in_short(self, index: int, text: str) -> "_Verdict | None":
        """What "that doesn't match either" and "that is right" say: of the check that the customer has just answered."""
        last = self.checks[-1] if self.checks else None
        ask = next(iter(self._answered(index)[-1:]), None)
        again = last is not None and last.failed
        said = self.last_word
        if (
            said is None
            or (last and said <= max(last.turns))
            or (not again and (ask is None or said not in ask.answers))
        ):
            return None
        signs = phrase_book("identity_signs")
        parts = [part for part in sentences(text) if "?" not in part]
        wanted = ask is not None and (ask.for_proof or bool(ask.asked & (SECRETS | {Detail.BIRTH_DATE})))
        if any(signs["unmatched"].search(part) for part in parts):
            asked = ask.asked - {Detail.ORDER} if ask else frozenset()
            proves = last.proves if again and last else Proof.IDENTITY if wanted else Proof.ACCOUNT
            return _Verdict(proves, failed=True) if again or asked else None
        told = any(signs["matched"].search(part) and not signs["not_yet"].search(part) for part in parts)
        if not told or not wanted or ask is None or not ask.given or not self._undisputed(said, index):
            return None
        return _Verdict(Proof.IDENTITY, failed=False)

    def _undisputed(self, said: int, index: int) -> bool:
        """Whether no call since the customer's answer failed or left it open."""
        between = [result for result in tool_results(self.case) if said < result.turn < index]
        return all(accepted(result) for result in between)

    def _check(self, heard: "_Verdict", index: int) -> Check:
        last = self._answered(index)[-1:]
        details = _ordered(frozenset(detail for exchange in last for detail in exchange.given or exchange.asked))
        again = bool(self.checks) and self.checks[-1].failed
        answers = {self.last_word} if again else {turn for exchange in last for turn in exchange.answers}
        return Check(
            proves=heard.proves,
            outcome=AttemptOutcome.FAILED if heard.failed else AttemptOutcome.SUCCEEDED,
            method=heard.method or _method_name(details, heard.proves),
            turns=(*sorted(turn for turn in answers if turn is not None), index),
            details=details,
        )

    def _answered(self, index: int) -> list[Exchange]:
        return [exchange for exchange in self.exchanges if exchange.ask < index and exchange.answers]

    def _asked_since(self, tool: int, index: int) -> bool:
        return any(tool < exchange.ask for exchange in self._answered(index))

    def _spoken_values(self, result: ToolResult) -> set[int]:
        """The customer's turns that hold a value the call was given."""
        values = [folded_speech(value) for value in result.arguments.values() if len(value) > 2]  # noqa: PLR2004 -- not "1"
        return {
            index
            for index, turn in enumerate(self.case.turns[: result.turn])
            if turn.role is Role.CUSTOMER and any(value in folded_speech(turn.text) for value in values if value)
        }


@dataclass(frozen=True, slots=True)
class _Verdict:
    proves: Proof
    failed: bool
    method: str | None = None


def _verdict(methods: Sequence[VerificationMethod], text: str) -> _Verdict | None:
    """What the bot says of a check: in the domain's own words first, then in those that everybody uses."""
    signs = phrase_book("identity_signs")
    parts = sentences(text)
    settled = [part for part in parts if "?" not in part and not signs["not_yet"].search(part)]
    for method in methods:
        if _contains(parts, method.failed_phrases):
            return _Verdict(method.proves, failed=True, method=method.name)
        if _contains(settled, method.passed_phrases):
            return _Verdict(method.proves, failed=False, method=method.name)
    if any(signs["failed"].search(part) for part in parts):
        return _Verdict(Proof.IDENTITY, failed=True)
    if any(signs["passed"].search(part) for part in settled):
        return _Verdict(Proof.IDENTITY, failed=False)
    return None


def _contains(parts: Sequence[str], phrases: Sequence[str]) -> bool:
    folded = " ".join(parts).lower()
    return any(phrase.lower() in folded for phrase in phrases)


def _ordered(details: frozenset[Detail]) -> tuple[Detail, ...]:
    return tuple(sorted(details, key=_ORDER.index))


def _method_name(details: tuple[Detail, ...], proves: Proof) -> str:
    named = "_and_".join(re.sub(r"\W+", "_", detail.value.lower()) for detail in details)
    return named or ("identity_check" if proves is Proof.IDENTITY else "account_lookup")
