"""stand entries.

Revision: 3b7c, after booth_types, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3b7c"
down_revision = "booth_types"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "stand_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("facts_hash", sa.String(length=64), nullable=False),
        sa.Column("uid", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("is_dropped", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_modified", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("schedule_hash", sa.String(length=64), nullable=False),
        sa.Column("fragment_vi", sa.Text(), nullable=False),
        sa.Column("fragment_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_stand_entry_application_id")
        ),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"], name=op.f("fk_stand_entry_producer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_entry")),
        sa.UniqueConstraint("application_id", name=op.f("uq_stand_entry_application_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_stand_entry_uid")),
    )
    with op.batch_alter_table("stand_entry") as batch_op:
        batch_op.create_index(
            "ix_stand_entry_producer_last_day", ["producer_id", "is_dropped", "last_day"], unique=False
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("stand_entry") as batch_op:
        batch_op.drop_index("ix_stand_entry_producer_last_day")

    op.drop_table("stand_entry")
