"""What is noted of packets while watching quality, and the numbers shown of it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    name = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "observations",
        sa.Column("tenant", name, nullable=False),
        sa.Column("handoff_id", name, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("remarks", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "handoff_id", name="pk_observations"),
        sa.ForeignKeyConstraint(
            ["tenant", "handoff_id"],
            ["handoffs.tenant", "handoffs.id"],
            name="fk_observations_handoff",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_observations_made_at", "observations", ["tenant", "made_at"])
    op.create_table(
        "quality_gauges",
        sa.Column("tenant", name, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", name, nullable=False),
        sa.Column("labels", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "number", name="pk_quality_gauges"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("quality_gauges")
    op.drop_table("observations")
