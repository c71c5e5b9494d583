"""What each stage finds. Every statement about the conversation carries the turns that prove it."""

from enum import StrEnum

from pydantic import Field

from assist.domain.frozen import Frozen

Turns = tuple[int, ...]


class IntentGuess(Frozen):
    """A label that may fit, with its probability."""

    label: str
    confidence: float = Field(ge=0.0, le=1.0)


class Intent(IntentGuess):
    """What the customer mainly wants from the human now; label `unknown` where none fits well enough."""

    label: str = "unknown"
    name: str = "Unknown"
    confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    turns: Turns = ()
    alternatives: tuple[IntentGuess, ...] = ()


class VerificationStatus(StrEnum):
    """What is proven about who the customer is."""

    VERIFIED = "verified"  # a check meant to prove identity passed
    IDENTIFIED = "identified"  # an account or booking was found; nothing proved identity
    FAILED = "failed"  # a check was tried and, in the end, did not pass
    NOT_ATTEMPTED = "not_attempted"  # also: answers collected, but no check has run


class AttemptOutcome(StrEnum):
    """How one attempt at verification ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    PENDING = "pending"


class VerificationAttempt(Frozen):
    """One check, by the name of its method in the domain configuration."""

    method: str
    outcome: AttemptOutcome
    turns: Turns


class Verification(Frozen):
    """What the customer has proved to the bot."""

    status: VerificationStatus = VerificationStatus.NOT_ATTEMPTED
    turns: Turns = ()
    attempts: tuple[VerificationAttempt, ...] = ()


class StepOutcome(StrEnum):
    """How a step ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    BLOCKED = "blocked"  # a rule forbids it
    PENDING = "pending"
    UNKNOWN = "unknown"


class StepBy(StrEnum):
    """Who did a step."""

    BOT = "bot"
    CUSTOMER = "customer"
    AGENT = "agent"


class Step(Frozen):
    """Something already done or tried to solve the case."""

    action: str
    by: StepBy
    outcome: StepOutcome
    turns: Turns


class SentimentLabel(StrEnum):
    """The customer's mood at the end."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Trend(StrEnum):
    """Where the mood is going."""

    IMPROVING = "improving"
    STEADY = "steady"
    WORSENING = "worsening"


class TurnSentiment(Frozen):
    """The mood of one customer turn, from -1 (worst) to 1 (best)."""

    turn: int
    score: float = Field(ge=-1.0, le=1.0)


class Sentiment(Frozen):
    """The customer's mood: at the end, on the way, and the turns that show it."""

    label: SentimentLabel = SentimentLabel.NEUTRAL
    score: float = Field(default=0.0, ge=-1.0, le=1.0)
    frustrated: bool = False
    trend: Trend = Trend.STEADY
    turns: Turns = ()
    by_turn: tuple[TurnSentiment, ...] = ()


class Fact(Frozen):
    """A value the human will need, exactly as it stands in the transcript."""

    name: str
    value: str
    turns: Turns


class Promise(Frozen):
    """Something the bot said would be done for the customer."""

    text: str
    turns: Turns


class SectionAnswer(Frozen):
    """What the conversation says to a question that the organisation's own configuration asks."""

    name: str
    title: str = ""
    value: str
    turns: Turns


class Section(StrEnum):
    """The parts of a summary, in reading order."""

    WANTS = "wants"
    IDENTITY = "identity"
    TRIED = "tried"
    BLOCKED = "blocked"
    OPEN = "open"


class SummaryLine(Frozen):
    """One statement of the summary with its proof."""

    section: Section
    text: str
    turns: Turns


class Summary(Frozen):
    """A headline, the text to read aloud, and the same text line by line with its proof."""

    headline: str = ""
    text: str = ""
    lines: tuple[SummaryLine, ...] = ()


class EscalationReason(StrEnum):
    """Why a human is needed: a closed list."""

    CUSTOMER_REQUEST = "customer_request"
    NO_PROGRESS = "no_progress"
    NOT_UNDERSTOOD = "not_understood"
    VERIFICATION_FAILED = "verification_failed"
    POLICY_LIMIT = "policy_limit"
    OUT_OF_SCOPE = "out_of_scope"
    HIGH_RISK = "high_risk"
    NEGATIVE_SENTIMENT = "negative_sentiment"
    TECHNICAL_ERROR = "technical_error"
    KNOWLEDGE_GAP = "knowledge_gap"
    MISSING_INFORMATION = "missing_information"
    NONE = "none"


class DecidedBy(StrEnum):
    """Who decided that a human takes over."""

    CUSTOMER = "customer"
    RULE = "rule"
    BOT = "bot"
    MODEL = "model"
    ERROR = "error"


class Trigger(Frozen):
    """A rule that fired, on which turns, and why, in one readable sentence."""

    rule: str
    turns: Turns
    detail: str


class Escalation(Frozen):
    """Why this goes to a human: the root cause first; `warnings` are rules that are near to firing.

    `risk` is how likely a hand-over within the customer's next two turns is, from 0 to 1.
    """

    reason: EscalationReason = EscalationReason.NONE
    secondary: tuple[EscalationReason, ...] = ()
    decided_by: DecidedBy = DecidedBy.RULE
    triggers: tuple[Trigger, ...] = ()
    warnings: tuple[Trigger, ...] = ()
    risk: float = 0.0
