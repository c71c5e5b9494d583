"""What is known: an article, the chunks it is searched by, and a hit."""

import hashlib
from datetime import date, datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny


class Audience(StrEnum):
    """Who may be shown an article."""

    AGENT = "agent"
    BOT = "bot"
    BOTH = "both"


class Status(StrEnum):
    """Where an article is in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Article(BaseModel):
    """A knowledge article; `body` is Markdown. `version` counts up with each change of content."""

    model_config = ConfigDict(frozen=True)

    article_id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]*$", max_length=200)
    version: int = Field(default=1, ge=1)
    title: str = Field(min_length=1, max_length=500)
    body: str = Field(min_length=1)
    domain: str | None = None
    url: str | None = None
    tags: tuple[str, ...] = ()
    audience: Audience = Audience.BOTH
    language: str = "en"
    status: Status = Status.PUBLISHED
    valid_from: date | None = None
    valid_until: date | None = None
    review_by: date | None = None
    author: str | None = None
    updated_at: datetime | None = None

    @property
    def content_hash(self) -> str:
        """A SHA-256 over all that a change of which makes a new version."""
        kept = self.model_dump_json(exclude={"version", "updated_at", "author"})
        return hashlib.sha256(kept.encode()).hexdigest()

    @property
    def flaw(self) -> str | None:
        """What keeps the article from being stored, with what to do; None where nothing does."""
        if not self.body.strip():
            return "has no text; write its body as Markdown"
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            return f"is valid from {self.valid_from} until {self.valid_until}, which is earlier; exchange the dates"
        return None


class Wanted(BaseModel):
    """Which articles are wanted; None leaves a thing open. `text` is looked for in id, title, tags and body."""

    model_config = ConfigDict(frozen=True)

    domain: str | None = None
    status: Status | None = None
    language: str | None = None
    text: str | None = None

    def fits(self, article: Article) -> bool:
        """Is the article as wanted, but for its domain?"""
        if self.status is not None and article.status is not self.status:
            return False
        if self.language and article.language.partition("-")[0].lower() != self.language.partition("-")[0].lower():
            return False
        sought = (self.text or "").casefold().split()
        words = "\n".join((article.article_id, article.title, *article.tags, article.body)).casefold() if sought else ""
        return all(word in words for word in sought)


class Unreadable(BaseModel):
    """Something that gave no article: where, why, and what to do."""

    model_config = ConfigDict(frozen=True)

    place: str
    reason: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}" + (f" ({self.hint})" if self.hint else "")


class Chunk(BaseModel):
    """A passage of an article; `start` and `end` are character offsets into its body."""

    model_config = ConfigDict(frozen=True)

    article_id: str
    version: int
    ordinal: int
    heading: str = ""
    text: str
    start: int
    end: int

    @property
    def passage_id(self) -> str:
        """The stable id of the passage: article and place."""
        return f"{self.article_id}#{self.ordinal}"


class Hit(BaseModel):
    """An article that answers, with its best passage and a calibrated score from 0 to 1."""

    model_config = ConfigDict(frozen=True)

    article_id: str
    version: int
    title: str
    url: str | None = None
    passage: str
    score: float


class Why(BaseModel):
    """Why a passage came up: the parts that its place in the order is made of.

    `similarity` is the cosine of the meanings, `words` what each term of the question adds to the BM25 score of the
    passage, the most first. `from_use` and `from_playbook` are advances from 0 to 1, of which `advance` is what counted,
    in similarity.
    """

    model_config = ConfigDict(frozen=True)

    similarity: float
    words: dict[str, float]
    from_use: float = 0.0
    from_playbook: float = 0.0
    advance: float = 0.0


class ExplainedHit(Hit):
    """A hit, and why it came up."""

    why: Why


class SearchResult(BaseModel):
    """Hits, best first; `nothing_relevant` says that none of them is good enough to answer from."""

    model_config = ConfigDict(frozen=True)

    hits: tuple[SerializeAsAny[Hit], ...] = ()
    nothing_relevant: bool = False
