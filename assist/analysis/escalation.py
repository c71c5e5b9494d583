"""Why this goes to a human: the domain's rules, evaluated on a case, and the reasons put in order, the root cause first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from assist.analysis.case import Case
from assist.analysis.escalating import History, measure, rules_of, since
from assist.analysis.escalating.combining import reaches, threshold
from assist.analysis.human_request import HumanRequests
from assist.analysis.steps.bot_moves import TRANSFER, BotMoves
from assist.analysis.triggers import Reading, Scene, Scenes
from assist.analysis.triggers.customer import CERTAIN
from assist.domain.business import EscalationRule, Measured
from assist.domain.findings import DecidedBy, Escalation, EscalationReason, Trigger
from knowledge import Embedder

_ROOT_ORDER: Final = (
    EscalationReason.VERIFICATION_FAILED,
    EscalationReason.TECHNICAL_ERROR,
    EscalationReason.HIGH_RISK,
    EscalationReason.POLICY_LIMIT,
    EscalationReason.MISSING_INFORMATION,
    EscalationReason.OUT_OF_SCOPE,
    EscalationReason.KNOWLEDGE_GAP,
    EscalationReason.NOT_UNDERSTOOD,
    EscalationReason.NO_PROGRESS,
    EscalationReason.CUSTOMER_REQUEST,
    EscalationReason.NEGATIVE_SENTIMENT,
)
_SYMPTOMS: Final = frozenset({EscalationReason.NOT_UNDERSTOOD, EscalationReason.NO_PROGRESS})
"""Where a cause is known, these follow from it, and stand behind the wish for a human."""
_NO_CAUSE: Final = frozenset({EscalationReason.CUSTOMER_REQUEST, EscalationReason.NEGATIVE_SENTIMENT})
"""What customers feel and wish has a cause of its own, where the bot says one."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of a case: which fired, which are near enough to warn, and the scene they read."""

    fired: tuple[tuple[EscalationRule, Reading], ...]
    warned: tuple[tuple[EscalationRule, Reading], ...]
    scene: Scene

    @property
    def warnings(self) -> tuple[Trigger, ...]:
        """The rules that are near to firing, as triggers."""
        return tuple(_trigger(rule, reading) for rule, reading in self.warned)


class EscalationStage:
    """Fills `escalation`; the same pure evaluation serves a finished transcript and each turn of a live one."""

    name = "escalation"

    def __init__(self, scenes: Scenes) -> None:
        self._scenes = scenes

    @classmethod
    def taught(
        cls, embedder: Embedder, *, moves: BotMoves | None = None, requests: HumanRequests | None = None
    ) -> Self:
        """Return the stage taught by the shipped examples; hand in readers that other stages have already."""
        return cls(Scenes.taught(embedder, moves=moves, requests=requests))

    def by_rules(self, case: Case) -> Escalation:
        """Return the triggers that fired and the reasons in order; reason `none` where no rule fired."""
        judgement = self.judge(case)
        risk = measure(judgement.scene, Measured(when="handover_risk")).level
        return escalation_of(judgement).model_copy(update={"risk": round(risk, 3)})

    def judge(self, case: Case, rules: Sequence[EscalationRule] | None = None) -> Judgement:
        """Return what the rules say: those handed in, else those of the domain and the tenant.

        What a human has dealt with counts no more, and a rule that fired lately is quiet.
        """
        scene = since(self._scenes.of(case), case.handled)
        history = History(case.handled, case.fired)
        fired, warned = [], []
        for rule in rules if rules is not None else rules_of(case.domain, case.tenant):
            reading = measure(scene, rule)
            if history.is_quiet(rule, now=len(case.turns) - 1) or not any(
                turn > case.handled for turn in reading.turns
            ):
                continue
            if reaches(rule, reading, threshold(rule)):
                fired.append((rule, reading))
            elif rule.warn_at is not None and reaches(rule, reading, rule.warn_at):
                warned.append((rule, reading))
        return Judgement(tuple(fired), tuple(warned), scene)


def escalation_of(judgement: Judgement) -> Escalation:
    """Return the escalation that a judgement amounts to."""
    reasons = _reasons(judgement)
    if not reasons:
        return Escalation(warnings=judgement.warnings)
    return Escalation(
        reason=reasons[0],
        secondary=tuple(reasons[1:]),
        decided_by=_decided_by(judgement, reasons[0]),
        triggers=tuple(_trigger(rule, reading) for rule, reading in judgement.fired),
        warnings=judgement.warnings,
    )


def _trigger(rule: EscalationRule, reading: Reading) -> Trigger:
    return Trigger(rule=rule.name, turns=reading.turns, detail=reading.detail)


def _reasons(judgement: Judgement) -> list[EscalationReason]:
    strong = {rule.reason for rule, _ in judgement.fired if rule.when != "bot_handoff"}
    weak = {rule.reason for rule, _ in judgement.fired if rule.when == "bot_handoff"}
    caused = bool(strong - _NO_CAUSE - _SYMPTOMS)
    ordered = sorted(strong, key=lambda reason: (caused and reason in _SYMPTOMS, _ROOT_ORDER.index(reason)))
    # A hand-over says that the bot gave up, not why: it counts where nothing else tells.
    if not strong - _NO_CAUSE:
        ordered = [*sorted(weak, key=_ROOT_ORDER.index), *ordered]
    first = _first(judgement, set(ordered))
    return ordered if first is None else [first, *(reason for reason in ordered if reason is not first)]


def _first(judgement: Judgement, reasons: set[EscalationReason]) -> EscalationReason | None:
    """The reason that goes before the root causes: a danger told in so many words, then a demand for a human out of the blue."""
    for rule, reading in judgement.fired:
        if rule.when == "high_risk_topic" and reading.level >= CERTAIN:
            return rule.reason
    scene = judgement.scene
    demanded = [request for request in scene.requests if not request.prompted]
    if EscalationReason.CUSTOMER_REQUEST in reasons and demanded and not scene.failing_before(demanded[0].turn):
        return EscalationReason.CUSTOMER_REQUEST
    return None


def _decided_by(judgement: Judgement, primary: EscalationReason) -> DecidedBy:
    scene = judgement.scene
    if any(not request.prompted for request in scene.requests):
        return DecidedBy.CUSTOMER
    if any(rule.when == "bot_handoff" for rule, _ in judgement.fired) or any(
        found & TRANSFER for index, found in scene.moves.items() if index == max(scene.moves)
    ):
        return DecidedBy.BOT
    return DecidedBy.ERROR if primary is EscalationReason.TECHNICAL_ERROR else DecidedBy.RULE
