"""One line of business (a "domain"), as its `domain.yaml` states it. Everything has a working default."""

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from assist.domain.action import Mode
from assist.domain.findings import EscalationReason
from assist.domain.frozen import Strict


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as exc:
        message = f"{pattern!r} is not a regular expression: {exc}"
        raise ValueError(message) from exc
    return pattern


Label = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=80)]
Pattern = Annotated[str, AfterValidator(_compiles)]
Words = tuple[str, ...]


class TakenRisk(StrEnum):
    """A risk that a bot may be built to take in by itself; danger to life and customers in need always go to a human."""

    FRAUD = "fraud"
    SECURITY = "security"
    LEGAL = "legal"


class IntentDefinition(Strict):
    """A thing customers want; `utterances` teach the classifier, `needs` names facts the human will need.

    `wants` completes the sentence "The customer wants to …" in the composed summary. `bot_takes` names the risks that the bot
    itself is there to take in for this intent, such as reports of fraud: that the customer speaks of these is then no
    reason to escalate as long as the bot gets on.
    """

    label: Label
    name: str
    description: str = ""
    wants: str = ""
    utterances: Words = ()
    needs: tuple[Label, ...] = ()
    high_risk: bool = False
    bot_takes: tuple[TakenRisk, ...] = ()


class Proof(StrEnum):
    """What a passed check shows."""

    IDENTITY = "identity"  # the customer is who they say: `verified`
    ACCOUNT = "account"  # an account or booking exists: `identified`


class VerificationMethod(Strict):
    """A way to check the customer: what is asked, which tool runs the check, what the bot says of the result.

    `tools` are names or globs (`find_user_*`); `asks` are fact names; phrases match anywhere, without case.
    """

    name: Label
    title: str = ""
    asks: tuple[Label, ...] = ()
    ask_phrases: Words = ()
    tools: Words = ()
    proves: Proof = Proof.ACCOUNT
    passed_phrases: Words = ()
    failed_phrases: Words = ()


class FactDefinition(Strict):
    """A value to pick up: by `pattern` in text (group 1 if it has one), by `keys` in tool arguments and results."""

    name: Label
    title: str = ""
    pattern: Pattern | None = None
    keys: Words = ()
    hints: Words = ()  # words that stand near it in speech, such as "booking code"


class StepKind(StrEnum):
    """What sort of step a tool call is."""

    LOOKUP = "lookup"
    CHECK = "check"
    CHANGE = "change"
    OFFER = "offer"


class StepDefinition(Strict):
    """How to word a tool call as a step; `action` may name facts and arguments in braces: "Looked up order {order_id}"."""

    tools: Words
    action: str
    kind: StepKind = StepKind.LOOKUP


class Measured(Strict):
    """What a rule looks at: a condition by its name in `when`, or several of them together under `any`, `all` or `score`.

    The level of `any` and `all` is how many parts hold, that of `score` the sum of their weights.
    """

    when: str = ""
    any: tuple["RulePart", ...] = ()
    all: tuple["RulePart", ...] = ()
    score: tuple["RulePart", ...] = ()
    threshold: float | None = None
    words: Words = ()

    @property
    def parts(self) -> tuple["RulePart", ...]:
        """What is combined; nothing where a single condition is named."""
        return self.any or self.all or self.score

    @property
    def conditions(self) -> tuple["Measured", ...]:
        """The single conditions in it, however deep they stand."""
        return tuple(each for part in self.parts for each in part.conditions) if self.parts else (self,)


class RulePart(Measured):
    """One part of a combined rule; `weight` is what it adds to a score."""

    weight: float = Field(default=1.0, gt=0)


class EscalationRule(Measured):
    """When to escalate. After it fired, a rule stays quiet for `cool_down` turns; at `warn_at` it warns before it fires."""

    name: Label
    reason: EscalationReason
    warn_at: float | None = None
    cool_down: int = Field(default=0, ge=0, le=1_000)


class TenantPolicy(Strict):
    """What differs for one tenant: rules that replace those of the same name or come new, and the names of rules left out."""

    escalation: tuple[EscalationRule, ...] = ()
    without: tuple[Label, ...] = ()


class PlaybookAction(Strict):
    """One step of a playbook. `requires`: `verified`, `identified`, `fact:NAME`, `done:ACTION_ID` or `not_done:ACTION_ID`.

    `done_by` are tool names or globs that show it was already done; `reply` is a ready text for the customer in the domain's
    language, `replies` has it in others, by their code (`de`). `guidance` says how the step is done, as an article would: what
    to ask for, which options there are, what answer of a back end it follows. It is not shown; the point at which a conversation
    stands is found by it.
    """

    id: Label
    title: str
    rationale: str = ""
    requires: Words = ()
    done_by: Words = ()
    high_risk: bool = False
    guidance: str = ""
    reply: str = ""
    replies: dict[str, str] = Field(default_factory=dict)


class Playbook(Strict):
    """The ordered actions for an intent; `article` names the article they come from."""

    intent: Label
    article: str | None = None
    actions: tuple[PlaybookAction, ...] = Field(min_length=1)


class DecisionRight(Strict):
    """How far the service may go with an action for an intent; `*` stands for any."""

    intent: str = "*"
    action: str = "*"
    mode: Mode
    max_amount: float | None = Field(default=None, ge=0)
    requires: Words = ()


class SectionDefinition(Strict):
    """A question of the organisation's own that a language model answers; only `values` may be answered where they are given."""

    name: Label
    title: str = ""
    instruction: str
    values: Words = ()


class Domain(Strict):
    """A line of business: its intents, checks, facts, steps, rules, playbooks and rights.

    Where `decision_rights` is absent every action may be advised and none prepared or run; an empty list denies all.
    """

    name: Label
    title: str
    description: str = ""
    language: str = "en"
    currency: str = "USD"
    intents: tuple[IntentDefinition, ...] = ()
    verification: tuple[VerificationMethod, ...] = ()
    facts: tuple[FactDefinition, ...] = ()
    steps: tuple[StepDefinition, ...] = ()
    escalation: tuple[EscalationRule, ...] = ()
    tenants: dict[str, TenantPolicy] = Field(default_factory=dict)
    playbooks: tuple[Playbook, ...] = ()
    decision_rights: tuple[DecisionRight, ...] = (DecisionRight(mode=Mode.ADVISE),)
    sections: tuple[SectionDefinition, ...] = ()

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        labels = [intent.label for intent in self.intents]
        for label in labels:
            if labels.count(label) > 1:
                message = f"intent {label!r} is defined twice"
                raise ValueError(message)
        for named in (*(p.intent for p in self.playbooks), *(r.intent for r in self.decision_rights)):
            if named != "*" and named not in labels:
                message = f"intent {named!r} is used but not defined; defined are {', '.join(labels)}"
                raise ValueError(message)
        return self

    def intent(self, label: str) -> IntentDefinition | None:
        """Return the intent of that label, if there is one."""
        return next((intent for intent in self.intents if intent.label == label), None)

    def playbook(self, label: str) -> Playbook | None:
        """Return the playbook of the intent, if there is one."""
        return next((playbook for playbook in self.playbooks if playbook.intent == label), None)
