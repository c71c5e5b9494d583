"""The shapes of the smaller calls; the packet and the transcript are the domain's own values."""

from datetime import date, datetime
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assist.domain.findings import EscalationReason, Trigger
from assist.domain.packet import HandoffPacket
from assist.domain.transcript import Channel, Consent, Customer, Transcript, Turn
from knowledge import Article, Audience, ExplainedHit, Hit, IndexReport, Status, Unreadable, orders


class TurnsIn(BaseModel):
    """Turns that were just said; the head fields may come with the first ones."""

    model_config = ConfigDict(extra="allow")

    turns: tuple[Turn, ...] = Field(min_length=1)
    channel: Channel | None = None
    language: str | None = Field(default=None, max_length=35)
    domain: str | None = Field(default=None, max_length=100)
    customer: Customer | None = None
    consent: Consent | None = None

    def transcript(self, conversation_id: str) -> Transcript:
        """Return the addition; only head fields that were sent are set, so that the others keep what they had."""
        return Transcript(
            conversation_id=conversation_id, **{name: getattr(self, name) for name in self.model_fields_set}
        )


class LiveOut(BaseModel):
    """Whether the conversation should go to a human now, and why; `warn` says that a rule is near to firing.

    `risk` is how likely a hand-over within the customer's next two turns is, from 0 to 1.
    """

    turns_total: int
    escalate: bool
    warn: bool
    reason: EscalationReason
    triggers: tuple[Trigger, ...]
    warnings: tuple[Trigger, ...]
    risk: float


class HandoffPage(BaseModel):
    """A page of packets, newest first; `next_cursor` is null on the last page."""

    items: list[HandoffPacket]
    next_cursor: str | None


class AcceptIn(BaseModel):
    """An agent takes the handoff."""

    model_config = ConfigDict(extra="allow")

    agent: str | None = Field(default=None, max_length=200)
    note: str | None = Field(default=None, max_length=4000)


class FeedbackIn(BaseModel):
    """What an agent says of one statement or action of the packet."""

    model_config = ConfigDict(extra="allow")

    field: str = Field(min_length=1, max_length=200, examples=["summary.lines[2]", "actions[offer_refund]"])
    verdict: Literal["right", "wrong", "edited", "accepted", "dismissed"]
    value: Any = None
    note: str | None = Field(default=None, max_length=4000)


class OutcomeIn(BaseModel):
    """How the case ended."""

    model_config = ConfigDict(extra="allow")

    resolved: bool | None = None
    code: str | None = Field(default=None, max_length=100)
    note: str | None = Field(default=None, max_length=4000)


class RemarkOut(BaseModel):
    """A remark as stored."""

    id: str
    handoff_id: str
    kind: str
    at: datetime
    body: dict[str, Any]


class ArticleIn(BaseModel):
    """An article as a knowledge manager writes it; only `title` and `body` (Markdown) are required."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=500)
    body: str = Field(min_length=1, max_length=500_000)
    domain: str | None = Field(default=None, max_length=100)
    url: str | None = Field(default=None, max_length=2000)
    tags: tuple[str, ...] = ()
    audience: Audience = Audience.BOTH
    language: str = "en"
    status: Status = Status.PUBLISHED
    valid_from: date | None = None
    valid_until: date | None = None
    review_by: date | None = None


class ArticleStored(Article):
    """An article as stored; `warnings` say what somebody should look at, such as text that speaks to a model."""

    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, article: Article) -> Self:
        """Return the article with what there is to warn of."""
        return cls(**dict(article), warnings=tuple(map(str, orders(article.body))))


class ArticlePage(BaseModel):
    """A page of articles, by id; `next_cursor` is null on the last page."""

    items: list[Article]
    next_cursor: str | None


class VersionOut(BaseModel):
    """A version of an article, without its text; `author` is who wrote it, a key's id or a name, `author_name` the key's name."""

    version: int
    title: str
    status: Status
    author: str | None
    author_name: str | None = None
    updated_at: datetime | None
    valid_from: date | None
    valid_until: date | None
    review_by: date | None


class BatchIn(BaseModel):
    """Articles as `ArticleIn`, each with its `article_id`."""

    model_config = ConfigDict(extra="forbid")

    articles: tuple[dict[str, Any], ...] = Field(min_length=1, max_length=1000)


class BatchItem(BaseModel):
    """What became of one article; `reason` says why one failed."""

    article_id: str
    version: int | None = None
    outcome: Literal["added", "changed", "unchanged", "failed"]
    reason: str | None = None
    warnings: tuple[str, ...] = ()


class BatchOut(BaseModel):
    """What became of each article of a batch."""

    results: list[BatchItem]


class LoadOut(BaseModel):
    """What a file's articles changed, by id; `failed` says where and why, `warnings` what to look at in those stored."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    failed: tuple[Unreadable, ...]
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, report: IndexReport, *, beside: str) -> Self:
        """Return the report as it is sent; places are told without the folder that the file lay in for the time."""
        failed = tuple(each.model_copy(update={"place": each.place.replace(beside, "")}) for each in report.failed)
        return cls(
            added=report.added,
            changed=report.changed,
            unchanged=report.unchanged,
            failed=failed,
            warnings=report.warnings,
        )


class SearchIn(BaseModel):
    """A question, or a transcript to search for."""

    model_config = ConfigDict(extra="forbid")

    query: str | None = Field(default=None, min_length=1, max_length=4000)
    transcript: Transcript | None = None
    domain: str | None = None
    limit: int = Field(default=5, ge=1, le=50)
    audience: Audience = Audience.AGENT
    intent: str | None = Field(default=None, max_length=100, description="what agents accepted for it comes up sooner")
    explain: bool = Field(default=False, description="say of each hit why it came up; with `query` alone")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.query is None) == (self.transcript is None):
            message = "send either `query` or `transcript`"
            raise ValueError(message)
        if self.transcript is not None and (self.explain or self.intent):
            message = "`explain` and `intent` go with `query`; of a transcript the intent is found"
            raise ValueError(message)
        return self


class SearchOut(BaseModel):
    """Hits, best first; `nothing_relevant` says that none is good enough to answer from. Asked to explain, each has a `why`."""

    hits: tuple[ExplainedHit | Hit, ...]
    nothing_relevant: bool
