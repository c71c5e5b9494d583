"""What the human could do next, and what a rule says of it."""

from enum import StrEnum

from pydantic import Field

from assist.domain.frozen import Frozen


class Mode(StrEnum):
    """How far the service may go with an action; rights rise from top to bottom."""

    OBSERVE = "observe"  # recorded, not suggested
    ADVISE = "advise"  # suggested; the human does it
    APPROVE = "approve"  # prepared; the human approves it
    AUTO = "auto"  # may run by itself


class Citation(Frozen):
    """Where a suggestion comes from: an article (with its version), a turn, or an earlier handoff."""

    article_id: str | None = None
    version: int | None = None
    turn: int | None = None
    handoff_id: str | None = None


class SuggestedAction(Frozen):
    """A next-best action; where `allowed` is false, `blocked_by` names the rule and what would lift it.

    `tied_with` names suggestions that are as likely: between these the order says nothing. `reply_language` is another than the
    customer's where the playbook has no text in theirs.
    """

    id: str
    title: str
    rationale: str
    confidence: float = Field(ge=0.0, le=1.0)
    tied_with: tuple[str, ...] = ()
    allowed: bool
    blocked_by: str | None = None
    mode: Mode = Mode.ADVISE
    cites: tuple[Citation, ...] = ()
    reply: str | None = None  # a text ready to send to the customer, in `reply_language`
    reply_language: str | None = None
