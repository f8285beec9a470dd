"""private calendars.

Revision: private_calendars, after plan_background, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "private_calendars"
down_revision = "plan_background"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "private_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_private_calendar_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_calendar")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_private_calendar_token_hash")),
        sa.UniqueConstraint("user_id", name=op.f("uq_private_calendar_user_id")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("private_calendar")
