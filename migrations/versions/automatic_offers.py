"""whether the jobs offer what falls free at a fair.

Revision: automatic_offers, after known_numbers, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "automatic_offers"
down_revision = "known_numbers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "automatic_offers",
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_automatic_offers_fair_id")),
        sa.PrimaryKeyConstraint("fair_id", name=op.f("pk_automatic_offers")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("automatic_offers")
