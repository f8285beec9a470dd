"""when pages last said something else, where nothing else keeps that.

Revision: page_changes, after name_keys, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "page_changes"
down_revision = "name_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "page_change",
        sa.Column("family", sa.String(length=10), nullable=False),
        sa.Column("thing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("family", "thing_id", name=op.f("pk_page_change")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("page_change")
