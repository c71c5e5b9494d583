"""Faults planted on purpose: each takes a good packet's findings and spoils one thing, as a bad change would."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from assist.analysis.case import Case
from assist.domain.findings import (
    Escalation,
    Intent,
    Promise,
    Section,
    StepOutcome,
    Summary,
    SummaryLine,
    Verification,
    VerificationStatus,
)

Fault = Callable[[Case], Case]
CARD = "4111 1111 1111 1111"
_AMOUNT = re.compile(r"\d\d+(?:[.,]\d+)?")
_NEGATION = re.compile(r" (?:not|never)\b|n't\b|\bcannot\b")


def swapped_amount(case: Case) -> Case:
    """Swap the first two digits of a number in each line of the summary."""

    def swapped(match: re.Match[str]) -> str:
        found = match.group()
        return found[1] + found[0] + found[2:] if found[0] != found[1] else f"9{found[1:]}"

    return _relined(case, lambda text: _AMOUNT.sub(swapped, text, count=1))


def dropped_negation(case: Case) -> Case:
    """Turn "was not verified" into "was verified", and the like."""
    return _relined(case, lambda text: _NEGATION.sub("", text).replace("refused", "agreed").replace("failed", "worked"))


def forged_citation(case: Case) -> Case:
    """Cite a turn that is not there."""
    first, *others = case.summary.lines
    return _with_lines(case, [first.model_copy(update={"turns": (999,)}), *others])


def wrong_citation(case: Case) -> Case:
    """Cite the greeting for everything."""
    return _with_lines(case, [line.model_copy(update={"turns": (0,)}) for line in case.summary.lines])


def false_verified(case: Case) -> Case:
    """Call everybody verified."""
    return case.having(verification=Verification(status=VerificationStatus.VERIFIED, turns=(0,)))


def leaked_card(case: Case) -> Case:
    """Show a card number in the summary."""
    return _with_lines(case, [*case.summary.lines, _line(f"The customer pays with card {CARD}.", 0)])


def invented_promise(case: Case) -> Case:
    """Tell of a promise that nobody made."""
    promise = Promise(text="We will refund the whole price and send a voucher for dinner by Friday", turns=(1,))
    return case.having(promises=(*case.promises, promise))


def missed_escalation(case: Case) -> Case:
    """Say that nobody needs to take over."""
    return case.having(escalation=Escalation())


def wrong_intent(case: Case) -> Case:
    """Take another wish for the customer's."""
    other = next(intent for intent in case.domain.intents if intent.label != case.intent.label)
    return case.having(intent=Intent(label=other.label, name=other.name, confidence=0.9))


def lost_summary(case: Case) -> Case:
    """Lose the summary."""
    return case.having(summary=Summary())


def swapped_name(case: Case) -> Case:
    """Call the customer by another's name."""
    return _with_lines(case, [*case.summary.lines, _line("The customer gave the name Zebulon Quimby.", 0)])


def swapped_outcome(case: Case) -> Case:
    """Report steps that failed as done."""
    steps = [step.model_copy(update={"outcome": StepOutcome.PENDING}) for step in case.steps_tried]
    return case.having(steps_tried=tuple(steps))


def broken_stage(case: Case) -> Case:
    """Break."""
    message = f"a stage broke on {len(case.turns)} turns"
    raise RuntimeError(message)


def _line(text: str, *turns: int) -> SummaryLine:
    return SummaryLine(section=Section.TRIED, text=text, turns=turns)


def _relined(case: Case, change: Callable[[str], str]) -> Case:
    return _with_lines(case, [line.model_copy(update={"text": change(line.text)}) for line in case.summary.lines])


def _with_lines(case: Case, lines: Sequence[SummaryLine]) -> Case:
    text = " ".join(line.text for line in lines)
    found: dict[str, Any] = {"lines": tuple(lines), "text": text}
    return case.having(summary=case.summary.model_copy(update=found))
