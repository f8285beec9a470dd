"""application messages.

Revision: application_messages, after unit_warnings, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "application_messages"
down_revision = "unit_warnings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "application_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("body <> ''", name=op.f("ck_application_message_says_something")),
        sa.CheckConstraint("side in ('producer', 'organiser')", name=op.f("ck_application_message_side")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["booth_application.id"], name=op.f("fk_application_message_application_id")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name=op.f("fk_application_message_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_message")),
    )
    with op.batch_alter_table("application_message") as batch_op:
        batch_op.create_index(batch_op.f("ix_application_message_author_id"), ["author_id"], unique=False)
        batch_op.create_index("ix_application_message_application_id_id", ["application_id", "id"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("application_message")
