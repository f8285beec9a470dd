"""told programmes.

Revision: told_programmes, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "told_programmes"
down_revision = "application_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("told_news", sa.Column("programme_items", sa.Integer(), nullable=True))
    op.add_column("told_news", sa.Column("programme_moves", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("told_news") as table:
        table.drop_column("programme_moves")
        table.drop_column("programme_items")
