"""The first tables: packets, conversations, keys, articles."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TIME = sa.DateTime(timezone=True)
_TABLES = (
    "handoffs",
    "revisions",
    "transcripts",
    "repeats",
    "remarks",
    "conversations",
    "turns",
    "api_keys",
    "articles",
    "article_versions",
)


def upgrade() -> None:
    """Make the tables."""
    _handoffs()
    _conversations()
    _keys()
    _articles()


def downgrade() -> None:
    """Remove them, those first that refer to others."""
    for name in reversed(_TABLES):
        op.drop_table(name)


def _name(column: str, *, nullable: bool = False) -> sa.Column[str]:
    # Ordered by code point, whatever language the server was set up with.
    kind = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    return sa.Column(column, kind, nullable=nullable)


def _text(column: str) -> sa.Column[str]:
    return sa.Column(column, sa.Text(), nullable=False)


def _hash(column: str) -> sa.Column[str]:
    return sa.Column(column, sa.String(), nullable=False)


def _number(column: str) -> sa.Column[int]:
    return sa.Column(column, sa.Integer(), nullable=False, autoincrement=False)


def _part_of(table: str, parent: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant", column], [f"{parent}.tenant", f"{parent}.id"], name=f"fk_{table}_{parent}", ondelete="CASCADE"
    )


def _handoffs() -> None:
    op.create_table(
        "handoffs",
        _name("tenant"),
        _name("id"),
        _name("conversation_id"),
        _number("revision"),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_handoffs"),
    )
    op.create_index("ix_handoffs_conversation_id", "handoffs", ["tenant", "conversation_id", "id"])
    op.create_table(
        "revisions",
        _name("tenant"),
        _name("handoff_id"),
        _number("revision"),
        _text("body"),
        sa.PrimaryKeyConstraint("tenant", "handoff_id", "revision", name="pk_revisions"),
        _part_of("revisions", "handoffs", "handoff_id"),
    )
    op.create_table(
        "transcripts",
        _name("tenant"),
        _name("handoff_id"),
        _text("body"),
        sa.PrimaryKeyConstraint("tenant", "handoff_id", name="pk_transcripts"),
        _part_of("transcripts", "handoffs", "handoff_id"),
    )
    op.create_table(
        "repeats",
        _name("tenant"),
        _name("key_hash"),
        _hash("digest"),
        _name("handoff_id"),
        sa.PrimaryKeyConstraint("tenant", "key_hash", name="pk_repeats"),
        _part_of("repeats", "handoffs", "handoff_id"),
    )
    op.create_table(
        "remarks",
        _name("tenant"),
        _name("handoff_id"),
        _number("number"),
        _name("id"),
        _name("kind"),
        _name("by"),
        sa.Column("at", _TIME, nullable=False),
        _text("body"),
        _hash("digest"),
        sa.PrimaryKeyConstraint("tenant", "handoff_id", "number", name="pk_remarks"),
        sa.UniqueConstraint("tenant", "handoff_id", "digest", name="uq_remarks_digest"),
        _part_of("remarks", "handoffs", "handoff_id"),
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
        _name("tenant"),
        _name("id"),
        _number("turns"),
        _text("head"),
        _text("redactions"),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_conversations"),
    )
    op.create_table(
        "turns",
        _name("tenant"),
        _name("conversation_id"),
        _number("number"),
        _text("body"),
        sa.PrimaryKeyConstraint("tenant", "conversation_id", "number", name="pk_turns"),
        _part_of("turns", "conversations", "conversation_id"),
    )


def _keys() -> None:
    op.create_table(
        "api_keys",
        _name("tenant"),
        _name("id"),
        _hash("digest"),
        sa.Column("role", sa.String(), nullable=False),
        _name("name"),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("revoked_at", _TIME),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_api_keys"),
        sa.UniqueConstraint("digest", name="uq_api_keys_digest"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        _name("tenant"),
        _name("id"),
        _number("version"),
        _name("domain", nullable=True),
        _hash("content_hash"),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_articles"),
    )
    op.create_index("ix_articles_domain", "articles", ["tenant", "domain", "id"])
    op.create_table(
        "article_versions",
        _name("tenant"),
        _name("article_id"),
        _number("version"),
        _text("body"),
        sa.PrimaryKeyConstraint("tenant", "article_id", "version", name="pk_article_versions"),
        _part_of("article_versions", "articles", "article_id"),
    )
