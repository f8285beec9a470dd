"""colleagues mentioned in notes among organisers.

Revision: note_mentions, after application_looks, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "note_mentions"
down_revision = "application_looks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "note_mention",
        sa.Column("note_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_id"], ["review_note.id"], name=op.f("fk_note_mention_note_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_note_mention_user_id")),
        sa.PrimaryKeyConstraint("note_id", "user_id", name=op.f("pk_note_mention")),
    )
    op.create_index(
        "ix_note_mention_unread",
        "note_mention",
        ["user_id"],
        unique=False,
        sqlite_where=sa.text("read_at is null"),
        postgresql_where=sa.text("read_at is null"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("note_mention")
