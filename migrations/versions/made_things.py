"""What a form has made, so that it makes it once.

Revision: made_things, after fair_series, 2026-11-25.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "made_things"
down_revision = "fair_series"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "made_thing",
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "token", name=op.f("pk_made_thing")),
    )
    op.create_index("ix_made_thing_made_at", "made_thing", ["made_at"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_made_thing_made_at", table_name="made_thing")
    op.drop_table("made_thing")
