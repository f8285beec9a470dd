"""pledge and consents.

Revision: given_words, after booth_wishes, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "given_words"
down_revision = "booth_wishes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "given_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("text_version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("purpose != 'pledge' or withdrawn_at is null", name=op.f("ck_given_word_pledge_stands")),
        sa.CheckConstraint(
            "purpose in ('pledge', 'photos', 'buyers', 'next_fairs')", name=op.f("ck_given_word_purpose")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_given_word_application_id")
        ),
        sa.ForeignKeyConstraint(["given_by_id"], ["user.id"], name=op.f("fk_given_word_given_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_word")),
    )
    with op.batch_alter_table("given_word") as batch_op:
        batch_op.create_index(batch_op.f("ix_given_word_application_id"), ["application_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_given_word_given_by_id"), ["given_by_id"], unique=False)
        batch_op.create_index(
            "uq_given_word_live",
            ["application_id", "purpose"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at is null"),
            postgresql_where=sa.text("withdrawn_at is null"),
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("given_word") as batch_op:
        batch_op.drop_index(
            "uq_given_word_live",
            sqlite_where=sa.text("withdrawn_at is null"),
            postgresql_where=sa.text("withdrawn_at is null"),
        )
        batch_op.drop_index(batch_op.f("ix_given_word_given_by_id"))
        batch_op.drop_index(batch_op.f("ix_given_word_application_id"))

    op.drop_table("given_word")
