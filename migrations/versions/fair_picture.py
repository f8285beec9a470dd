"""fair picture.

Revision: fair_picture, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "fair_picture"
down_revision = "fair_month"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "fair_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("alt_vi", sa.String(length=200), nullable=False),
        sa.Column("alt_en", sa.String(length=200), nullable=False),
        sa.Column("credit", sa.String(length=120), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("alt_vi != ''", name=op.f("ck_fair_picture_told_in_words")),
        sa.CheckConstraint("credit != ''", name=op.f("ck_fair_picture_credited")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_fair_picture_fair_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_fair_picture_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fair_picture")),
        sa.UniqueConstraint("file_id", name=op.f("uq_fair_picture_file_id")),
    )
    op.create_index(op.f("ix_fair_picture_fair_id"), "fair_picture", ["fair_id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_fair_picture_fair_id"), "fair_picture")
    op.drop_table("fair_picture")
