"""follow calendars.

Revision: follow_calendars, after fair_texts_and_rules, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "follow_calendars"
down_revision = "fair_texts_and_rules"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "follow_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_calendar")),
        sa.UniqueConstraint("email_key", name=op.f("uq_follow_calendar_email_key")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_follow_calendar_token_hash")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("follow_calendar")
