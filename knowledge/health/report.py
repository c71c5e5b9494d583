"""What the report on articles says: one frozen value per finding, ready to be sent as JSON."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from knowledge.orders import Order


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Reference(_Value):
    """The version of an article that a finding is about."""

    article_id: str
    version: int
    title: str


class Example(_Value):
    """A turn of a handoff, masked as it is stored; `turn` is its 0-based index."""

    handoff_id: str
    turn: int
    text: str


class Gap(_Value):
    """Something that customers needed and no article answers: so many handoffs, and how the customers said it.

    `title` is made of their own words. `intents` counts the handoffs by what the bot took them for.
    """

    title: str
    size: int
    intents: dict[str, int]
    examples: tuple[Example, ...]


class Age(StrEnum):
    """Why an article needs somebody to look at it."""

    REVIEW = "review"  # its review date has passed
    EXPIRED = "expired"  # its validity has ended, and nobody finds it any more
    UNUSED = "unused"  # agents were shown it often and never took it


class Stale(_Value):
    """An article that may be out of date; the counts are of the handoffs that were read."""

    article: Reference
    kinds: tuple[Age, ...]
    reasons: tuple[str, ...]
    shown: int = 0
    accepted: int = 0
    dismissed: int = 0


class Duplicate(_Value):
    """Two articles that say nearly the same; `shared` is the share of the shorter one's text that the other has too."""

    one: Reference
    other: Reference
    similarity: float
    shared: float


class Differing(StrEnum):
    """In what two sentences differ."""

    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DURATION = "duration"
    DATE = "date"
    NUMBER = "number"
    PERMISSION = "permission"  # one allows or affirms what the other denies


class Statement(_Value):
    """A sentence, and the article it stands in."""

    article: Reference
    text: str


class Conflict(_Value):
    """Two sentences of different articles that may contradict each other; `likeness` says how alike they are otherwise."""

    kind: Differing
    one: Statement
    other: Statement
    likeness: float


class Serving(_Value):
    """An article that comes up for an intent, with its search score; `is_named` where the intent's playbook names it."""

    article: Reference
    score: float
    is_named: bool = False


class Coverage(_Value):
    """An intent, the articles that serve it, and how its handoffs fared.

    `absent` is an article that the intent's playbook names and nobody can find. `answered` counts the handoffs that came with an article good enough to answer from.
    """

    domain: str
    intent: str
    name: str
    articles: tuple[Serving, ...] = ()
    absent: str | None = None
    handoffs: int = 0
    answered: int = 0
    accepted: int = 0


class Suspicion(_Value):
    """An article with such passages."""

    article: Reference
    orders: tuple[Order, ...]


class HealthReport(_Value):
    """How the articles of a tenant, or of one domain of it, stand.

    `articles` counts them by status. `notes` say what bounds were reached, `seconds` how long each part took.
    """

    made_at: datetime
    domain: str | None
    articles: dict[str, int]
    handoffs: int
    gaps: tuple[Gap, ...] = ()
    stale: tuple[Stale, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = {}
