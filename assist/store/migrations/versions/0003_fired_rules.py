"""Which escalation rules fired in a running conversation, so that they can stay quiet for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    name = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "fired_rules",
        sa.Column("tenant", name, nullable=False),
        sa.Column("conversation_id", name, nullable=False),
        sa.Column("rule", name, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "conversation_id", "rule", name="pk_fired_rules"),
        sa.ForeignKeyConstraint(
            ["tenant", "conversation_id"],
            ["conversations.tenant", "conversations.id"],
            name="fk_fired_rules_conversation",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("fired_rules")
