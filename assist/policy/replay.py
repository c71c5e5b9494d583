"""A conversation read again turn by turn, as a running one is, under one or several sets of rules."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from assist.analysis.case import Case
from assist.analysis.escalating import handed_back_at, rules_of
from assist.analysis.escalation import Judgement, escalation_of
from assist.domain.business import EscalationRule
from assist.domain.findings import EscalationReason, Trigger
from assist.domain.transcript import Transcript

_NEEDED = frozenset({"intent", "facts", "verification", "steps_tried", "sentiment"})


class Reads(Protocol):
    """What a replay needs of the analysis."""

    def analyse(
        self, transcript: Transcript, *, domain: str | None = None, only: Collection[str] | None = None
    ) -> Case:
        """Return the findings of these stages."""
        ...

    def judge(self, case: Case, rules: Sequence[EscalationRule] | None = None) -> Judgement:
        """Return what the rules say of a case; those of its domain and tenant if absent."""
        ...


@dataclass(frozen=True, slots=True)
class Moment:
    """What the rules say right after a turn."""

    turn: int
    reason: EscalationReason
    triggers: tuple[Trigger, ...]
    warnings: tuple[Trigger, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A conversation under one set of rules, one moment a turn."""

    moments: tuple[Moment, ...]

    @property
    def first(self) -> Moment | None:
        """The moment at which the conversation goes to a human, if it does."""
        return next((moment for moment in self.moments if moment.triggers), None)

    @property
    def began(self) -> tuple[tuple[Moment, Trigger], ...]:
        """Each rule once, at the moment at which it first fired."""
        told: dict[str, tuple[Moment, Trigger]] = {}
        for moment in self.moments:
            for trigger in moment.triggers:
                told.setdefault(trigger.rule, (moment, trigger))
        return tuple(told.values())


def replay(
    reads: Reads,
    transcript: Transcript,
    rule_sets: Sequence[Sequence[EscalationRule] | None],
    *,
    tenant: str = "default",
) -> list[Course]:
    """Return one course for each set of rules; None stands for the rules that hold now. Blocking.

    Each turn is judged by what was said up to then, with cool-downs, and with agents' turns as hand-backs.
    """
    fired: list[dict[str, int]] = [{} for _ in rule_sets]
    moments: list[list[Moment]] = [[] for _ in rule_sets]
    domain = transcript.domain or reads.analyse(transcript, only=()).domain.name
    for turn in range(len(transcript.turns)):
        heard = transcript.model_copy(update={"turns": transcript.turns[: turn + 1]})
        case = reads.analyse(heard, domain=domain, only=_NEEDED)
        handled = handed_back_at(heard.turns)
        for number, rules in enumerate(rule_sets):
            seen = case.having(handled=handled, fired=fired[number], tenant=tenant)
            judgement = reads.judge(seen, rules_of(case.domain, tenant) if rules is None else rules)
            found = escalation_of(judgement)
            moments[number].append(Moment(turn, found.reason, found.triggers, found.warnings))
            fired[number] |= {rule.name: turn for rule, _ in judgement.fired if rule.cool_down}
    return [Course(tuple(each)) for each in moments]
