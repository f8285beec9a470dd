"""what a person did on the board by hand, so that it can be taken back.

Revision: hand_moves, after automatic_offers, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "hand_moves"
down_revision = "automatic_offers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "hand_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_hand_move_fair_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_move")),
    )
    with op.batch_alter_table("hand_move") as batch_op:
        batch_op.create_index("ix_hand_move_fair_id_made_by", ["fair_id", "made_by"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table("hand_move")
