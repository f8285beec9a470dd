"""comments of organisers on the allocation and on its proposals.

Revision: plan_comments, after note_mentions, 2026-11-27.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "plan_comments"
down_revision = "note_mentions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "plan_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_plan_comment_fair_id")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["allocation_proposal.id"], name=op.f("fk_plan_comment_proposal_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_plan_comment_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_comment")),
    )
    op.create_index(op.f("ix_plan_comment_fair_id"), "plan_comment", ["fair_id"])
    op.create_index(op.f("ix_plan_comment_proposal_id"), "plan_comment", ["proposal_id"])
    op.create_index(op.f("ix_plan_comment_user_id"), "plan_comment", ["user_id"])
    op.create_table(
        "comment_mention",
        sa.Column("comment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["plan_comment.id"], name=op.f("fk_comment_mention_comment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_comment_mention_user_id")),
        sa.PrimaryKeyConstraint("comment_id", "user_id", name=op.f("pk_comment_mention")),
    )
    op.create_index(
        "ix_comment_mention_unread",
        "comment_mention",
        ["user_id"],
        unique=False,
        sqlite_where=sa.text("read_at is null"),
        postgresql_where=sa.text("read_at is null"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("comment_mention")
    op.drop_table("plan_comment")
