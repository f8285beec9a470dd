"""Published figures beyond 32 bits: revenue in đồng.

Revision: large_figures, after follow_calendars, 2026-11-26.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "large_figures"
down_revision = "follow_calendars"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("fair_figure", schema=None) as batch_op:
        batch_op.alter_column("amount", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=True)


def downgrade() -> None:
    """Undo."""
    with op.batch_alter_table("fair_figure", schema=None) as batch_op:
        batch_op.alter_column("amount", existing_type=sa.BigInteger(), type_=sa.Integer(), existing_nullable=True)
