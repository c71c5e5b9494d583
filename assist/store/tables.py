"""The tables. Every row belongs to a tenant, every key begins with it, and every time is in UTC."""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from assist.store.text import storable


class UtcTime(TypeDecorator[datetime]):
    """A moment: given with any zone, kept and given back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC; SQLite keeps no zone, so it goes without one there."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"the time {value!r} has no zone; give one, such as UTC"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - fixed by SQLAlchemy
        """Return the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Name(TypeDecorator[str]):
    """A short text that rows are found and ordered by.

    It follows the rule of `assist.store.text`, and is ordered by code point in both databases: PostgreSQL would order
    by the language it was set up with, and pages would then differ from one server to the next.
    """

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> String:
        """Return the type of this database."""
        return String(collation="C") if dialect.name == "postgresql" else String()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - fixed by SQLAlchemy
        """Return the text as both databases can keep it."""
        return None if value is None else storable(value)


metadata = MetaData()


def _key(name: str) -> Column[str]:
    return Column(name, Name, primary_key=True, nullable=False)


def _belongs_to_handoff() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant", "handoff_id"], ["handoffs.tenant", "handoffs.id"], ondelete="CASCADE")


handoffs = Table(
    "handoffs",
    metadata,
    _key("tenant"),
    _key("id"),  # rises with time
    Column("conversation_id", Name, nullable=False),
    Column("revision", Integer, nullable=False),  # the newest one
    Column("created_at", UtcTime, nullable=False),
    Index("ix_handoffs_conversation_id", "tenant", "conversation_id", "id"),
)

revisions = Table(
    "revisions",
    metadata,
    _key("tenant"),
    _key("handoff_id"),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),  # the packet's JSON, sent as it stands
    _belongs_to_handoff(),
)

transcripts = Table(
    "transcripts",
    metadata,
    _key("tenant"),
    _key("handoff_id"),
    Column("body", Text, nullable=False),
    _belongs_to_handoff(),
)

repeats = Table(
    "repeats",  # requests that may come again
    metadata,
    _key("tenant"),
    _key("key_hash"),  # of the Idempotency-Key, which may be of any length
    Column("digest", String, nullable=False),
    Column("handoff_id", Name, nullable=False),
    _belongs_to_handoff(),
)

remarks = Table(
    "remarks",
    metadata,
    _key("tenant"),
    _key("handoff_id"),
    Column("number", Integer, primary_key=True, autoincrement=False),  # counts up within the packet
    Column("id", Name, nullable=False),
    Column("kind", Name, nullable=False),
    Column("by", Name, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("body", Text, nullable=False),
    Column("digest", String, nullable=False),  # of all that makes a remark the same
    UniqueConstraint("tenant", "handoff_id", "digest", name="uq_remarks_digest"),
    _belongs_to_handoff(),
)

conversations = Table(
    "conversations",
    metadata,
    _key("tenant"),
    _key("id"),
    Column("turns", Integer, nullable=False),  # how many there are
    Column("head", Text, nullable=False),  # the masked transcript but for its turns
    Column("redactions", Text, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    _key("tenant"),
    _key("conversation_id"),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 0
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(
        ["tenant", "conversation_id"], ["conversations.tenant", "conversations.id"], ondelete="CASCADE"
    ),
)

fired_rules = Table(
    "fired_rules",
    metadata,
    _key("tenant"),
    _key("conversation_id"),
    _key("rule"),
    Column("turn", Integer, nullable=False),  # the newest one at which it fired
    ForeignKeyConstraint(
        ["tenant", "conversation_id"], ["conversations.tenant", "conversations.id"], ondelete="CASCADE"
    ),
)

api_keys = Table(
    "api_keys",
    metadata,
    _key("tenant"),
    _key("id"),
    Column("digest", String, nullable=False),
    Column("role", String, nullable=False),
    Column("name", Name, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("revoked_at", UtcTime),
    # By the digest a caller's tenant is found: it alone stands without one.
    UniqueConstraint("digest", name="uq_api_keys_digest"),
)

articles = Table(
    "articles",
    metadata,
    _key("tenant"),
    _key("id"),
    Column("version", Integer, nullable=False),  # the newest one
    Column("domain", Name),
    Column("content_hash", String, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index("ix_articles_domain", "tenant", "domain", "id"),
)

article_versions = Table(
    "article_versions",
    metadata,
    _key("tenant"),
    _key("article_id"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(["tenant", "article_id"], ["articles.tenant", "articles.id"], ondelete="CASCADE"),
)

article_changes = Table(
    "article_changes",  # that the vectors have yet to follow
    metadata,
    _key("tenant"),
    _key("article_id"),  # of one that may be gone
    Column("mark", String, nullable=False),  # new at every change
    Column("at", UtcTime, nullable=False),
    Index("ix_article_changes_at", "at"),
)

model_usage = Table(
    "model_usage",
    metadata,
    _key("tenant"),
    Column("day", Date, primary_key=True),
    Column("tokens", BigInteger, nullable=False),
    Column("micros", BigInteger, nullable=False),  # millionths of a US dollar: whole numbers add up exactly
)

observations = Table(
    "observations",  # what was noted of packets while watching quality
    metadata,
    _key("tenant"),
    _key("handoff_id"),
    Column("made_at", UtcTime, nullable=False),  # the packet
    Column("revision", Integer, nullable=False),
    Column("remarks", Integer, nullable=False),  # how many were there
    Column("checked", Integer, nullable=False),  # 1 where the packet was sampled
    Column("body", Text, nullable=False),
    Index("ix_observations_made_at", "tenant", "made_at"),
    _belongs_to_handoff(),
)

quality_gauges = Table(
    "quality_gauges",
    metadata,
    _key("tenant"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Name, nullable=False),
    Column("labels", Text, nullable=False),
    Column("value", Double, nullable=False),
)
