"""What cannot be right about a label, whatever the conversation says: a word that is none of its list, a turn that is not there."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from assist.domain.findings import (
    EscalationReason,
    SentimentLabel,
    StepBy,
    StepOutcome,
    Trend,
    VerificationStatus,
)
from evals.cases import LabelledCase

IMPORTANCE: Final = ("vital", "okay")


class Fault(NamedTuple):
    """What is wrong, and where; `place` is a path such as `steps_tried.0.outcome`."""

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


def faults(case: LabelledCase) -> tuple[Fault, ...]:
    """Return every fault of the labels, in their order; none where all can be right."""
    return (*_words(case), *_texts(case), *_turns(case))


def listed(kind: type[StrEnum]) -> tuple[str, ...]:
    """Return the words of a closed list."""
    return tuple(member.value for member in kind)


def _words(case: LabelledCase) -> Iterator[Fault]:
    labels = case.labels
    if labels.verification is not None:
        yield from _word("verification.status", labels.verification.status, listed(VerificationStatus))
    for number, step in enumerate(labels.steps_tried or ()):
        yield from _word(f"steps_tried.{number}.outcome", step.outcome, listed(StepOutcome))
        yield from _word(f"steps_tried.{number}.by", step.by, listed(StepBy))
    if labels.sentiment is not None:
        yield from _word("sentiment.label", labels.sentiment.label, listed(SentimentLabel))
        yield from _word("sentiment.trend", labels.sentiment.trend, listed(Trend))
    if labels.escalation is not None:
        yield from _word("escalation.primary", labels.escalation.primary, listed(EscalationReason))
        for number, reason in enumerate(labels.escalation.secondary):
            yield from _word(f"escalation.secondary.{number}", reason, listed(EscalationReason))
    for number, nugget in enumerate(labels.nuggets or ()):
        yield from _word(f"nuggets.{number}.importance", nugget.importance, IMPORTANCE)


def _word(place: str, word: str | None, known: Sequence[str]) -> Iterator[Fault]:
    if word is not None and word not in known:
        yield Fault(place, f"{word!r} is not on the list; use one of {', '.join(known)}")


def _texts(case: LabelledCase) -> Iterator[Fault]:
    labels = case.labels
    given = (
        *((f"steps_tried.{n}.action", step.action) for n, step in enumerate(labels.steps_tried or ())),
        *((f"facts.{n}.name", fact.name) for n, fact in enumerate(labels.facts or ())),
        *((f"facts.{n}.value", fact.value) for n, fact in enumerate(labels.facts or ())),
        *((f"nuggets.{n}.text", each.text) for n, each in enumerate(labels.nuggets or ())),
        *((f"traps.{n}.text", each.text) for n, each in enumerate(labels.traps or ())),
    )
    for place, text in given:
        if not text.strip():
            yield Fault(place, "it is empty; write it, or take the entry out")


def _turns(case: LabelledCase) -> Iterator[Fault]:
    labels, last = case.labels, len(case.turns) - 1
    cited = (
        *((("verification.turns", labels.verification.turns),) if labels.verification else ()),
        *((f"{name}.{n}.turns", each.turns) for name in _CITING for n, each in enumerate(getattr(labels, name) or ())),
    )
    for place, turns in cited:
        for turn in turns:
            if not 0 <= turn <= last:
                yield Fault(place, f"there is no turn {turn}; the conversation has turns 0 to {last}")


_CITING: Final = ("steps_tried", "facts", "nuggets", "traps")
