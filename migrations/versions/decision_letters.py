"""a fair's own words for letters of decisions; letters held back or discarded.

Revision: decision_letters, after review_spread, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "decision_letters"
down_revision = "review_spread"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "decision_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fair_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind in ('accepted', 'waitlisted', 'rejected')", name=op.f("ck_decision_text_kind")),
        sa.CheckConstraint("language in ('vi', 'en')", name=op.f("ck_decision_text_language")),
        sa.CheckConstraint("subject <> '' and body <> ''", name=op.f("ck_decision_text_says_something")),
        sa.ForeignKeyConstraint(["fair_id"], ["fair.id"], name=op.f("fk_decision_text_fair_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_text")),
        sa.UniqueConstraint("fair_id", "kind", "language", name=op.f("uq_decision_text_fair_id_kind_language")),
    )
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("discarded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_outbox_letter_held_at"), ["held_at"], unique=False)
        batch_op.create_check_constraint(
            op.f("ck_outbox_letter_sent_or_discarded"), "sent_at is null or discarded_at is null"
        )


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("outbox_letter") as batch_op:
        batch_op.drop_constraint(op.f("ck_outbox_letter_sent_or_discarded"), type_="check")
        batch_op.drop_index(batch_op.f("ix_outbox_letter_held_at"))
        batch_op.drop_column("discarded_at")
        batch_op.drop_column("held_at")
    op.drop_table("decision_text")
