"""Small situations for the tests of actions."""

from dataclasses import dataclass, field

from assist.domain.action import Mode
from assist.domain.business import (
    DecisionRight,
    Domain,
    FactDefinition,
    IntentDefinition,
    Playbook,
    PlaybookAction,
    Proof,
    VerificationMethod,
)
from assist.domain.findings import (
    Fact,
    Intent,
    IntentGuess,
    Step,
    StepBy,
    StepOutcome,
    Verification,
    VerificationStatus,
)
from assist.domain.packet import KnowledgeHit
from assist.domain.transcript import RedactedTranscript, Role, ToolCall, Transcript, Turn
from knowledge import Vectors
from knowledge.embedders.hashing import HashingEmbedder

LOOK_UP = PlaybookAction(id="look_up_order", title="Look up the order", done_by=("get_order*",))
REFUND = PlaybookAction(
    id="refund_order",
    title="Refund the order",
    requires=("verified",),
    done_by=("refund_order",),
    reply="Done: {order_id}.",
)
INFORM = PlaybookAction(
    id="explain_timing",
    title="Explain when the refund arrives",
    reply="A refund of order {order_id} takes five working days.",
)
REPORT = PlaybookAction(id="report_fraud", title="Report the fraud", high_risk=True)


@dataclass(frozen=True)
class FixedSituation:
    """A situation whose every part can be named."""

    domain: Domain
    transcript: RedactedTranscript
    language: str = "en"
    intent: Intent = field(default_factory=Intent)
    facts: tuple[Fact, ...] = ()
    verification: Verification = field(default_factory=Verification)
    steps_tried: tuple[Step, ...] = ()
    knowledge: tuple[KnowledgeHit, ...] = ()
    nothing_relevant: bool = False
    tenant: str = "default"

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns of the transcript."""
        return self.transcript.turns

    @property
    def vectors(self) -> Vectors:
        """Directions by the words of each turn."""
        return HashingEmbedder().embed([turn.text for turn in self.turns])


def a_shop(*, rights: tuple[DecisionRight, ...] = (DecisionRight(mode=Mode.APPROVE),)) -> Domain:
    """Return a shop with a refund playbook and a fraud playbook."""
    return Domain(
        name="shop",
        title="Shop",
        intents=(
            IntentDefinition(label="refund", name="Refund"),
            IntentDefinition(label="fraud", name="Fraud", high_risk=True),
        ),
        verification=(
            VerificationMethod(name="pin", asks=("pin",), tools=("check_pin",), proves=Proof.IDENTITY),
            VerificationMethod(name="email", asks=("email", "postcode"), tools=("find_user_*",)),
        ),
        facts=(FactDefinition(name="pin", title="PIN"),),
        playbooks=(
            Playbook(intent="refund", article="refunds", actions=(LOOK_UP, REFUND, INFORM)),
            Playbook(intent="fraud", actions=(REPORT,)),
        ),
        decision_rights=rights,
    )


def a_situation(
    *turns: Turn,
    intent: str = "refund",
    confidence: float = 0.9,
    alternatives: tuple[IntentGuess, ...] = (),
    status: VerificationStatus = VerificationStatus.NOT_ATTEMPTED,
    facts: dict[str, str] | None = None,
    steps: tuple[Step, ...] = (),
    domain: Domain | None = None,
    knowledge: tuple[KnowledgeHit, ...] = (),
    language: str = "en",
    nothing_relevant: bool = False,
) -> FixedSituation:
    """Return a situation in the shop: a refund is wanted, and nothing is known or done."""
    said = (Turn(role=Role.CUSTOMER, text="I want my money back"), *turns)
    return FixedSituation(
        domain=domain or a_shop(),
        transcript=RedactedTranscript(transcript=Transcript(turns=said)),
        language=language,
        intent=Intent(label=intent, confidence=confidence, turns=(0,), alternatives=alternatives),
        facts=tuple(Fact(name=name, value=value, turns=(0,)) for name, value in (facts or {}).items()),
        verification=Verification(status=status),
        steps_tried=steps,
        knowledge=knowledge,
        nothing_relevant=nothing_relevant,
    )


def a_call(name: str, *, ok: bool | None = True) -> Turn:
    """Return a tool turn."""
    return Turn(role=Role.TOOL, text="{}", tool=ToolCall(name=name, ok=ok))


def a_step(action: str, outcome: StepOutcome, *turns: int) -> Step:
    """Return a step of the bot."""
    return Step(action=action, by=StepBy.BOT, outcome=outcome, turns=turns)


def a_hit(passage: str, *, article_id: str = "refunds", score: float = 0.8) -> KnowledgeHit:
    """Return a retrieved article."""
    return KnowledgeHit(article_id=article_id, version=3, title="Refunds", passage=passage, score=score)
