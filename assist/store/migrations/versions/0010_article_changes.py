"""Changes of articles that the vectors have yet to follow."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    name = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "article_changes",
        sa.Column("tenant", name, nullable=False),
        sa.Column("article_id", name, nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "article_id", name="pk_article_changes"),
    )
    op.create_index("ix_article_changes_at", "article_changes", ["at"])


def downgrade() -> None:
    """Remove it."""
    op.drop_table("article_changes")
