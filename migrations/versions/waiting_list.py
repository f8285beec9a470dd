"""waiting list: which offers came from it, and how often a unit was reminded.

Revision: waiting_list, after proposals, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "waiting_list"
down_revision = "proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("booth_application") as table:
        table.add_column(sa.Column("reminded_days", sa.Integer(), nullable=True))
        table.add_column(sa.Column("offered_from_list_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("booth_application") as table:
        table.drop_column("offered_from_list_at")
        table.drop_column("reminded_days")
